"""Lines of monitoring."""

import io

from apps.core.files import store_file
from apps.monitoring.models import (
    BlankPlace,
    Campaign,
    CellChange,
    Explanation,
    ForeignBlank,
    Form,
    FormVersion,
    MonitoringReport,
    Reminder,
    Response,
    SavedAnalysis,
    Submission,
    SummaryRollup,
)
from apps.papers.models import Paper
from tests.constraints.case import Case, Table, now, pair
from tests.constraints.core import paper_given
from tests.factories import CampaignFactory, OrganizationFactory, ResponseFactory, UserFactory

EMPTY = {"title": "Пусто"}


def form(code: str = "small") -> Form:
    return Form.objects.create(code=code, title="Форма", created_by=UserFactory())


def version_given(of: Form | None = None) -> dict:
    return {"form": of or form(), "number": 1, "definition": EMPTY, "created_by": UserFactory()}


def published(**given) -> FormVersion:
    return FormVersion.objects.create(**given, state="published", published_at=now())


def campaign(**fields) -> Campaign:
    version = published(**version_given(form(f"code-{Form.objects.count()}")))
    return CampaignFactory(version=version, created_by=UserFactory(), **fields)


def response(**fields) -> Response:
    return ResponseFactory(campaign=campaign(), organization=OrganizationFactory(), **fields)


def form_code() -> Case:
    by = form().created_by
    return pair(Form, {"title": "Форма", "created_by": by}, {"code": "small"}, {"code": "other"})


def version_once() -> Case:
    given = version_given()
    published(**given)
    return pair(FormVersion, given, {}, {"number": 2})


def one_draft() -> Case:
    given = version_given()
    FormVersion.objects.create(**given)
    return pair(FormVersion, given | {"number": 2}, {}, {"state": "published", "published_at": now()})


def published_with_date() -> Case:
    return pair(FormVersion, version_given() | {"state": "published"}, {}, {"published_at": now()})


def campaign_given() -> dict:
    first = campaign()
    names = ("version", "title", "period_kind", "period_start", "due_at", "created_by")
    return {name: getattr(first, name) for name in names}


def campaign_started() -> Case:
    return pair(Campaign, campaign_given() | {"state": "running"}, {}, {"started_at": now()})


def campaign_grace() -> Case:
    """A month of 31 days is 744 hours."""
    return pair(Campaign, campaign_given(), {"grace_hours": 745}, {"grace_hours": 744})


def campaign_previous() -> Case:
    wrong, right = campaign(), campaign()
    wrong.previous, right.previous = wrong, campaign()
    return Case(wrong, right)


def reminder() -> Case:
    given = {"campaign": campaign(), "day": 3}
    Reminder.objects.create(**given)
    return pair(Reminder, given, {}, {"day": None})


def rollup() -> Case:
    given = {"campaign": campaign(), "with_submitted": True, "revision": 1, "document": EMPTY}
    SummaryRollup.objects.create(**given)
    return pair(SummaryRollup, given, {}, {"with_submitted": False})


def report_campaign() -> Case:
    given = {"campaign": campaign(), "edited_by": UserFactory()}
    MonitoringReport.objects.create(**given)
    return pair(MonitoringReport, given, {}, {"campaign": campaign()})


def analysis_title() -> Case:
    given = {"campaign": campaign(), "title": "Фонд", "wish": EMPTY, "created_by": UserFactory()}
    SavedAnalysis.objects.create(**given)
    return pair(SavedAnalysis, given, {}, {"title": "Выдача"})


def blank_given() -> dict:
    of, by = form("blank"), UserFactory()
    file = store_file(file=io.BytesIO(b"1"), name="Б.xlsx", content_type="x", by=by)
    return {"form": of, "title": "ФОНД", "file": file, "created_by": by}


def blank_title() -> Case:
    given = blank_given()
    ForeignBlank.objects.create(**given)
    return pair(ForeignBlank, given, {}, {"title": "ФОНД 2026"})


def place_given() -> dict:
    blank = ForeignBlank.objects.create(**blank_given())
    return {"blank": blank, "address": "1/01/4", "sheet": "Лист1", "place": "E12"}


def blank_address() -> Case:
    given = place_given()
    BlankPlace.objects.create(**given)
    return pair(BlankPlace, given | {"place": "E13"}, {}, {"address": "1/02/4"})


def blank_place() -> Case:
    given = place_given()
    BlankPlace.objects.create(**given)
    return pair(BlankPlace, given | {"address": "1/02/4"}, {}, {"sheet": "Лист2"})


def place_is_a_cell() -> Case:
    return pair(BlankPlace, place_given(), {"place": "12E"}, {"place": "AB12"})


def report_paper() -> Case:
    given = {"edited_by": UserFactory(), "paper": Paper.objects.create(**paper_given())}
    MonitoringReport.objects.create(**given, campaign=campaign())
    return pair(MonitoringReport, given | {"campaign": campaign()}, {}, {"paper": None})


def report_approved() -> Case:
    given = {"campaign": campaign(), "edited_by": UserFactory(), "state": "approved", "figures": EMPTY}
    return pair(MonitoringReport, given, {}, {"paper": Paper.objects.create(**paper_given())})


def response_once() -> Case:
    first = response()
    given = {"campaign": first.campaign, "organization": first.organization}
    return pair(Response, given, {}, {"organization": OrganizationFactory()})


def response_sent() -> Case:
    given = {"campaign": campaign(), "organization": OrganizationFactory(), "state": "submitted"}
    return pair(Response, given, {}, {"submitted_at": now()})


def response_accepted() -> Case:
    given = {"campaign": campaign(), "organization": OrganizationFactory(), "state": "accepted"}
    return pair(Response, given | {"submitted_at": now()}, {}, {"accepted_at": now()})


def cell_change() -> Case:
    given = {"response": response(), "address": "1/01/4", "key": "k1", "by": UserFactory()}
    CellChange.objects.create(**given)
    return pair(CellChange, given, {}, {"key": ""})


def explanation() -> Case:
    given = {"response": response(), "relation": "r", "instance": "r:1", "text": "Так", "by": UserFactory()}
    Explanation.objects.create(**given)
    return pair(Explanation, given, {}, {"instance": "r:2"})


def submission_given() -> dict:
    return {"response": response(), "number": 1, "values": {"1/01/4": "1"}, "by": UserFactory(), "key": "k1"}


def submission_number() -> Case:
    given = submission_given()
    Submission.objects.create(**given)
    return pair(Submission, given | {"key": ""}, {}, {"number": 2})


def submission_key() -> Case:
    given = submission_given()
    Submission.objects.create(**given)
    return pair(Submission, given | {"number": 2}, {}, {"key": "k2"})


LINES: Table = {
    "monitoring.Form.code": form_code,
    "form_version_once": version_once,
    "form_has_one_draft": one_draft,
    "form_version_published_with_date": published_with_date,
    "campaign_started_with_date": campaign_started,
    "campaign_grace_is_sane": campaign_grace,
    "campaign_not_own_previous": campaign_previous,
    "reminder_once_a_day": reminder,
    "rollup_once": rollup,
    "analysis_titles_differ": analysis_title,
    "foreign_blank_titles_differ": blank_title,
    "blank_address_once": blank_address,
    "blank_place_once": blank_place,
    "blank_place_is_a_cell": place_is_a_cell,
    "monitoring.MonitoringReport.campaign": report_campaign,
    "monitoring.MonitoringReport.paper": report_paper,
    "report_approved_with_paper": report_approved,
    "response_once": response_once,
    "response_sent_with_date": response_sent,
    "response_accepted_with_date": response_accepted,
    "cell_change_once_a_request": cell_change,
    "explanation_once": explanation,
    "submission_number_once": submission_number,
    "submission_key_once": submission_key,
}
