"""Lines of monitoring."""

import datetime
import io

from apps.core.files import store_file
from apps.monitoring.models import (
    Amendment,
    BlankPlace,
    Campaign,
    CellChange,
    DataElement,
    DraftEdit,
    Explanation,
    ForeignBlank,
    Form,
    FormVersion,
    MonitoringReport,
    Part,
    PhoneCall,
    Reminder,
    Response,
    ResponseEdition,
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


def _element() -> dict:
    return {"code": "books", "title": "Книг в фонде", "created_by": UserFactory()}


def element_code() -> Case:
    given = _element()
    DataElement.objects.create(**given)
    return pair(DataElement, given, {"title": "Читателей"}, {"title": "Читателей", "code": "readers"})


def element_title() -> Case:
    given = _element()
    DataElement.objects.create(**given)
    return pair(DataElement, given, {"code": "other"}, {"code": "other", "is_archived": True})


def element_decimals() -> Case:
    return pair(DataElement, _element(), {"decimals": 2}, {"decimals": 2, "type": "decimal"})


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


def draft_edit() -> Case:
    version = FormVersion.objects.create(**version_given())
    given = {
        "version": version,
        "number": 1,
        "command": {"op": "copy"},
        "patches": [{"path": []}],
        "by": UserFactory(),
    }
    DraftEdit.objects.create(**given)
    return pair(DraftEdit, given, {}, {"number": 2})


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


def amendment_given() -> dict:
    return {"response": response(), "created_by": UserFactory()}


def one_open_amendment() -> Case:
    given = amendment_given()
    Amendment.objects.create(**given)
    decided = {"state": "accepted", "sent_at": now(), "decided_at": now()}
    return pair(Amendment, given | {"state": "sent", "sent_at": now()}, {}, decided)


def amendment_sent() -> Case:
    return pair(Amendment, amendment_given() | {"state": "sent"}, {}, {"sent_at": now()})


def amendment_decided() -> Case:
    given = amendment_given() | {"state": "rejected", "sent_at": now()}
    return pair(Amendment, given, {}, {"decided_at": now()})


def edition_given() -> dict:
    of = response()
    return {
        "response": of,
        "campaign": of.campaign,
        "organization": of.organization,
        "valid_from": now(),
    }


def one_current_edition() -> Case:
    given = edition_given()
    ResponseEdition.objects.create(**given)
    return pair(ResponseEdition, given, {}, {"valid_to": now()})


def edition_period() -> Case:
    given = edition_given()
    before = given["valid_from"] - datetime.timedelta(seconds=1)
    return pair(ResponseEdition, given, {"valid_to": before}, {"valid_to": given["valid_from"]})


def part_given() -> dict:
    of = response()
    return {
        "response": of,
        "name": "Цветкова П. С.",
        "sections": ["1"],
        "token_hash": "a" * 64,
        "created_by": UserFactory(),
    }


def part_sections() -> Case:
    return pair(Part, part_given(), {"sections": []}, {"sections": ["1", "2"]})


def part_token() -> Case:
    given = part_given()
    Part.objects.create(**given)
    return pair(Part, given, {}, {"token_hash": "b" * 64})


def call_given() -> dict:
    return {
        "response": response(),
        "told_by": "Лугова М. И.",
        "entered_by": UserFactory(),
        "token_hash": "c" * 64,
    }


def call_token() -> Case:
    given = call_given() | {"sent_at": now()}
    PhoneCall.objects.create(**given)
    return pair(PhoneCall, given, {}, {"token_hash": "d" * 64})


def one_open_call() -> Case:
    given = call_given()
    PhoneCall.objects.create(**given)
    return pair(PhoneCall, given | {"token_hash": "e" * 64}, {}, {"sent_at": now()})


def call_decided() -> Case:
    given = call_given() | {"confirmed_at": now(), "decided_by": "Лугова М. И."}
    return pair(PhoneCall, given, {}, {"sent_at": now()})


def call_objection() -> Case:
    given = call_given() | {"sent_at": now(), "objected_at": now(), "decided_by": "Лугова М. И."}
    return pair(PhoneCall, given, {}, {"objection": "Не 10, а 12."})


LINES: Table = {
    "part_has_sections": part_sections,
    "monitoring.Part.token_hash": part_token,
    "monitoring.PhoneCall.token_hash": call_token,
    "phone_call_one_open": one_open_call,
    "phone_call_decided_once": call_decided,
    "phone_call_objection_in_words": call_objection,
    "response_amendment_one_open": one_open_amendment,
    "response_amendment_sent_with_date": amendment_sent,
    "response_amendment_decided_with_date": amendment_decided,
    "edition_one_current": one_current_edition,
    "edition_ends_after_it_begins": edition_period,
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
    "monitoring.DataElement.code": element_code,
    "element_titles_differ": element_title,
    "element_decimals_of_a_decimal": element_decimals,
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
    "draft_edit_once": draft_edit,
    "submission_number_once": submission_number,
    "submission_key_once": submission_key,
}
