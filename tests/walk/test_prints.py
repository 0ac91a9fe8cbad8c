"""Every paper that has an address is laid out to pages once; the rest of the walk leaves the layout out."""

import pytest

from apps.core.pdf import PDF_TYPE
from tests.walk.conftest import signed_in_as
from tests.walk.pages import PAGES
from tests.walk.test_addresses import address_of
from tests.walk.test_hostile import reader_of

pytestmark = pytest.mark.django_db
PRINTS = [page for page in PAGES if page.name.endswith(("-pdf", "-print", "-printed"))]


@pytest.fixture(scope="module", autouse=True)
def _papers_without_layout() -> None:
    """Here they are laid out."""


@pytest.mark.parametrize("page", PRINTS, ids=lambda page: page.name)
def test_paper(page, world, sessions):
    answer = signed_in_as(sessions, reader_of(page.get)).get(address_of(world, page) + page.query)
    assert answer.status_code == 200
    assert answer["Content-Type"] == PDF_TYPE
    assert b"".join(answer)[:5] == b"%PDF-"
