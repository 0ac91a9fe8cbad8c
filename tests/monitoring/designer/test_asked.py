"""A warning of what other forms ask already."""

import copy

import pytest

from apps.monitoring.actions.forms import copy_version
from apps.monitoring.asked import asked_already
from apps.monitoring.models import Form
from tests.factories import form_version
from tests.monitoring.responses.definitions import LIBRARY
from tests.monitoring.small import SMALL

pytestmark = pytest.mark.django_db


def renamed(*titles: str) -> dict:
    document = copy.deepcopy(SMALL)
    table = document["sections"][0]["items"][0]
    table["rows"] = [{"code": f"0{number}", "title": title} for number, title in enumerate(titles, 1)]
    return document


@pytest.fixture
def library(methodist):
    """It asks «Есть ли беспроводная сеть» and «Комментарий», rows «печатные» and «Электронные издания»."""
    document = copy.deepcopy(LIBRARY)
    row = document["sections"][0]["items"][0]["rows"][0]
    del row["kind"]
    row["title"] = "Электронные издания"
    return form_version(document, methodist)


@pytest.fixture
def draft(methodist):
    version = form_version(renamed("электронные  издания", "Читальный зал", "печатные"), methodist)
    return copy_version(version=version, by=methodist)


def test_the_same_words_are_found_whatever_their_case(library, draft):
    assert [(one.title, one.elsewhere) for one in asked_already(draft)] == [
        ("электронные  издания", ("Библиотечный фонд, разд. 1, стр. 01",)),
        ("Что нужно", ("Библиотечный фонд, вопрос topics",)),
    ]


def test_own_versions_and_forms_out_of_use_are_passed_over(library, draft):
    Form.objects.filter(pk=library.form_id).update(is_archived=True)
    assert asked_already(draft) == []


def test_the_designer_tells_it(library, draft, signed_in, methodist):
    page = signed_in(methodist).get(f"/monitoring/forms/{draft.form_id}/edit/").content.decode()
    assert "Уже спрашивается в других формах: 2\u00a0показателя" in page


def test_a_faulty_draft_is_looked_at_too(library, draft):
    draft.definition = {"sections": [{"items": [{"type": "question", "title": "Есть ли беспроводная сеть"}]}]}
    assert [one.elsewhere for one in asked_already(draft)] == [("Библиотечный фонд, вопрос wifi",)]
