"""Clients that come with a key."""

import pytest
from django.test import Client

from apps.api.actions import make_key
from tests.monitoring.conftest import collecting, small, three

__all__ = ["collecting", "small", "three"]


@pytest.fixture
def by_key():
    """`by_key(user, role="…")`: a client with a new key of the user; `client.key` is its row."""

    def client_of(user, **scope) -> Client:
        key, token = make_key(by=user, name="Проверка", days=30, **scope)
        client = Client(headers={"Authorization": f"Bearer {token}"})
        client.key, client.token = key, token
        return client

    return client_of
