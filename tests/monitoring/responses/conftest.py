import pytest

from tests.factories import CampaignFactory, ResponseFactory, form_version
from tests.monitoring.responses.definitions import LIBRARY

READY = {"1/01/4": "10", "1/01/5": "2.5", "1/02/4": "6", "1/03/4": "4"}


@pytest.fixture
def version(methodist):
    return form_version(LIBRARY, methodist)


@pytest.fixture
def campaign(version, methodist):
    return CampaignFactory(version=version, created_by=methodist)


@pytest.fixture
def response(campaign, school_a):
    """Not started, of school A."""
    return ResponseFactory(campaign=campaign, organization=school_a)


@pytest.fixture
def ready(response):
    """A draft that may be sent."""
    response.values, response.state = dict(READY), "draft"
    response.save()
    return response


@pytest.fixture
def url(response) -> str:
    return f"/monitoring/responses/{response.pk}/"
