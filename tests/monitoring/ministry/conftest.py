import io

import pytest

from apps.core.exports import XLSX_TYPE
from apps.core.files import store_file
from apps.monitoring.actions.ministry import save_blank
from apps.monitoring.compiled import compiled_for
from apps.monitoring.ministry.proposal import proposed
from apps.monitoring.ministry.workbook import read_sheets
from tests.core.containers import named
from tests.factories import CampaignFactory, ResponseFactory, form_version
from tests.monitoring.ministry.books import blank_of_library
from tests.monitoring.responses.definitions import LIBRARY


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
def book():
    """The ministry's workbook."""
    return named(blank_of_library(), "ФОНД.xlsx")


@pytest.fixture
def stored(book, methodist):
    return store_file(
        file=io.BytesIO(book.getvalue()), name="ФОНД.xlsx", content_type=XLSX_TYPE, by=methodist
    )


@pytest.fixture
def blank(version, stored, book, methodist):
    """Kept with the form, its places as the portal proposes them."""
    places = proposed(compiled_for(version.pk), read_sheets(book))
    return save_blank(form=version.form, title="ФОНД", places=places, file=stored, by=methodist)
