"""Where the demo must not load."""

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.monitoring.models import Campaign
from tests.factories import OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_real_users_keep_the_demo_out():
    UserFactory()
    with pytest.raises(CommandError, match="есть настоящие пользователи"):
        call_command("load_demo")
    assert not Campaign.objects.exists()


def test_real_organisations_keep_the_demo_out():
    OrganizationFactory()
    with pytest.raises(CommandError, match="есть настоящие организации"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_production_keeps_the_demo_out(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="PORTAL_PRODUCTION"):
        call_command("load_demo")
