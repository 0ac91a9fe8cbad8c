"""The two pages of a refusal, drawn for each user: the rest of the walk asks for their status alone."""

import pytest

from tests.walk.conftest import signed_in_as
from tests.walk.pages import USERS

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _refusals_without_words() -> None:
    """Here they have them."""


@pytest.mark.parametrize("word", USERS)
def test_what_is_not_there(word, sessions):
    answer = signed_in_as(sessions, word).get("/organizations/999999/")
    assert answer.status_code == 404
    assert "Страница не найдена" in answer.content.decode()


@pytest.mark.parametrize("word", ["own", "other", "nobody", "juror", "assistant", "methodist", "director"])
def test_what_the_role_may_not(word, sessions):
    answer = signed_in_as(sessions, word).get("/journal/")
    assert answer.status_code == 403
    assert "Нет доступа" in answer.content.decode()
