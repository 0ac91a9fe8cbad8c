"""A relation with another accepted form of the same organisation (K14), through the pages."""

import copy

import pytest
from django.utils import timezone

from apps.monitoring.queries import other_forms_values
from tests.factories import CampaignFactory, ResponseFactory, form_version
from tests.monitoring.responses.conftest import READY
from tests.monitoring.responses.definitions import LIBRARY
from tests.monitoring.small import SMALL

pytestmark = pytest.mark.django_db
RELATION = "раздел 1 стр.01 гр.4 = форма small раздел 1 стр.01 гр.3"


@pytest.fixture
def readers(school_a, school_b, methodist):
    """Makes an accepted response to the form «small», of school A unless told."""
    version = form_version(SMALL, methodist)

    def make(count: str, start: str = "2026-09-01", kind: str = "school_year", of=school_a, **more):
        campaign = CampaignFactory(
            version=version, created_by=methodist, title="Читатели", period_start=start, period_kind=kind
        )
        now = timezone.now()
        accepted = {"state": "accepted", "submitted_at": now, "accepted_at": now}
        return ResponseFactory(
            campaign=campaign, organization=of, values={"1/01/3": count}, **{**accepted, **more}
        )

    return make


@pytest.fixture
def asked(school_a, methodist):
    """Makes a draft of school A to a form related with «small», by the severity of the relation."""

    def make(severity: str):
        definition = copy.deepcopy(LIBRARY)
        definition["relations"].append(
            {"code": "k14", "severity": severity, "text": RELATION, "message": "Фонд и читатели"}
        )
        campaign = CampaignFactory(version=form_version(definition, methodist), created_by=methodist)
        return ResponseFactory(campaign=campaign, organization=school_a, state="draft", values=dict(READY))

    return make


def sent(client, response, **more):
    filled = {f"c:{address}": value.replace(".", ",") for address, value in READY.items()}
    answer = client.post(f"/monitoring/responses/{response.pk}/", {**filled, **more, "do": "submit"})
    response.refresh_from_db()
    return answer


TOLD = (
    "Фонд и читатели. Разд. 1, стр. 01, гр. 4: 10, должно быть равно 12 "
    "(форма small раздел 1 стр.01 гр.3), разница −2. "
    "Сверено с другой формой: принятый отчёт «Читатели», 2026/2027 учебный год"
)


def test_a_contradiction_with_an_accepted_report_refuses_the_sending(
    readers, asked, signed_in, responsible_a
):
    readers("12")
    response = asked("error")
    answer = sent(signed_in(responsible_a), response)
    assert (answer.status_code, response.state) == (422, "draft")
    [error] = answer.context["checked"].errors
    assert error.message == TOLD
    assert TOLD in answer.content.decode()


def test_a_warning_asks_for_an_explanation_and_lets_it_through(readers, asked, signed_in, responsible_a):
    readers("12")
    response = asked("warning")
    school = signed_in(responsible_a)
    answer = sent(school, response)
    [warning] = answer.context["checked"].unexplained
    assert (answer.status_code, response.state, warning.message) == (422, "draft", TOLD)
    answer = sent(school, response, **{f"e:{warning.instance}": "Два читателя выбыли"})
    assert (answer.status_code, response.state) == (302, "submitted")
    kept = response.explanations.get()
    assert (kept.relation, kept.message, kept.text) == ("k14", TOLD, "Два читателя выбыли")


def test_a_saved_cell_tells_of_the_other_report_at_once(readers, asked, signed_in, responsible_a):
    readers("12")
    response = asked("error")
    edits = {"edits": [{"address": "1/01/4", "value": "10", "was": ""}], "key": "k1"}
    place = f"/monitoring/responses/{response.pk}/cells/"
    response.values.pop("1/01/4")
    response.save()
    answer = signed_in(responsible_a).post(place, edits, content_type="application/json")
    assert TOLD in [one["message"] for one in answer.json()["violations"]]


@pytest.mark.parametrize("count", ["10", None])
def test_agreement_or_no_accepted_report_sends(readers, asked, signed_in, responsible_a, count):
    if count:
        readers(count)
    response = asked("error")
    assert sent(signed_in(responsible_a), response).status_code == 302
    assert response.state == "submitted"


def test_reports_of_others_sent_but_not_accepted_and_of_later_periods_are_not_read(
    readers, asked, school_b, signed_in, responsible_a
):
    readers("12", of=school_b)
    readers("13", state="submitted", accepted_at=None)
    readers("14", "2027-09-01")
    readers("15", "2026-10-01", "month")
    response = asked("error")
    assert sent(signed_in(responsible_a), response).status_code == 302


def test_the_nearest_period_not_later_is_read(readers, asked):
    response = asked("error")
    readers("7", "2024-09-01")
    readers("8", "2025-09-01")
    readers("9", "2026-10-01", "month")
    small = frozenset({"small"})
    assert other_forms_values(response, small) == {"small": {"1/01/3": "8"}}
    readers("10", "2026-09-01", "school_year")
    readers("11", "2026-09-01", "month")
    assert other_forms_values(response, small) == {"small": {"1/01/3": "10"}}
