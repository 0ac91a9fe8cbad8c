"""Lines of planning."""

import datetime

from apps.papers.models import Paper
from apps.planning.models import Amendment, AmendmentLine, Edition, Feed, Holding, Plan, PlanItem, Programme
from tests.constraints.case import Case, D, Table, now, pair
from tests.constraints.core import paper_given
from tests.factories import UserFactory

FIRST, SECOND = D(2026, 11, 2), D(2026, 11, 3)
NOON, ONE = datetime.time(12), datetime.time(13)


def programme_once() -> Case:
    given = {"title": "Развитие образования", "level": "municipal"}
    Programme.objects.create(**given)
    return pair(Programme, given, {}, {"level": "regional"})


def programme_dates() -> Case:
    given = {"title": "Развитие образования", "level": "municipal", "starts_on": SECOND}
    return pair(Programme, given, {"ends_on": FIRST}, {"ends_on": SECOND})


def plan_given() -> dict:
    return {"owner": "imo", "year_kind": "school", "year": 2026, "created_by": UserFactory()}


def plan(**fields) -> Plan:
    return Plan.objects.create(**plan_given() | fields)


def plan_once() -> Case:
    plan()
    return pair(Plan, plan_given(), {}, {"owner": "department"})


def plan_year() -> Case:
    return pair(Plan, plan_given(), {"year": 1989}, {"year": 1990})


def plan_order() -> Case:
    return pair(Plan, plan_given() | {"order_number": "5"}, {}, {"order_date": FIRST})


def item_given() -> dict:
    return {
        "plan": plan(),
        "section": "3.1",
        "title": "Семинар",
        "starts_on": FIRST,
        "ends_on": FIRST,
        "responsible": UserFactory(),
    }


def item_dates() -> Case:
    given = item_given() | {"term_kind": "span", "starts_on": SECOND}
    return pair(PlanItem, given, {"ends_on": FIRST}, {"ends_on": SECOND})


def item_hours() -> Case:
    return pair(PlanItem, item_given() | {"starts_at": NOON}, {"ends_at": NOON}, {"ends_at": ONE})


def item_day() -> Case:
    return pair(PlanItem, item_given(), {"ends_on": SECOND}, {"ends_on": FIRST})


def item_term_day() -> Case:
    """From Monday to Sunday there is one seventh day, and never an eighth."""
    given = item_given() | {"term_kind": "weekly", "ends_on": D(2026, 11, 8)}
    return pair(PlanItem, given, {"term_day": 8}, {"term_day": 7})


def item_subject() -> Case:
    given = item_given() | {"subject_type": "monitoring.campaign"}
    return pair(PlanItem, given, {}, {"subject_id": "1"})


def holding_given() -> dict:
    item = PlanItem.objects.create(**item_given())
    days = {"planned_first": FIRST, "planned_last": FIRST, "starts_on": FIRST, "ends_on": FIRST}
    return {"item": item, **days}


def holding_once() -> Case:
    given = holding_given()
    Holding.objects.create(**given)
    return pair(Holding, given, {}, {"planned_first": SECOND, "planned_last": SECOND})


def holding_dates() -> Case:
    return pair(Holding, holding_given() | {"starts_on": SECOND}, {}, {"ends_on": SECOND})


def holding_done() -> Case:
    return pair(Holding, holding_given() | {"state": "done"}, {}, {"done_on": FIRST})


def holding_moved() -> Case:
    return pair(Holding, holding_given() | {"state": "moved"}, {}, {"reason": "Карантин"})


def amendment_given() -> dict:
    return {"plan": plan(), "number": 1, "reason": "Приказ", "created_by": UserFactory()}


def amendment_number() -> Case:
    given = amendment_given() | {"state": "approved"}
    Amendment.objects.create(**given)
    return pair(Amendment, given, {}, {"number": 2})


def amendment_open() -> Case:
    given = amendment_given()
    Amendment.objects.create(**given)
    return pair(Amendment, given | {"number": 2}, {"state": "on_approval"}, {"state": "dropped"})


def amendment_reason() -> Case:
    return pair(Amendment, amendment_given(), {"reason": ""}, {})


def amendment_lines() -> tuple[Amendment, PlanItem, PlanItem]:
    """An amendment and two items of its plan."""
    given = item_given()
    first, second = (PlanItem.objects.create(**given | {"title": title}) for title in ("Семинар", "Конкурс"))
    amendment = Amendment.objects.create(
        plan=given["plan"], number=1, reason="Приказ", created_by=given["responsible"]
    )
    return amendment, first, second


def line_once() -> Case:
    amendment, first, second = amendment_lines()
    given = {"amendment": amendment, "kind": "remove", "item": first}
    AmendmentLine.objects.create(**given)
    return pair(AmendmentLine, given, {}, {"item": second})


def line_item() -> Case:
    amendment, first, _ = amendment_lines()
    return pair(AmendmentLine, {"amendment": amendment, "kind": "remove"}, {}, {"item": first})


def edition_given(of: Plan | None = None) -> dict:
    return {"plan": of or plan(), "content": {"title": "План"}, "sent_by": UserFactory()}


def decided(state: str, of: Plan | None = None) -> dict:
    return edition_given(of) | {"state": state, "decided_by": UserFactory(), "decided_at": now()}


def approved(of: Plan | None = None, number: int = 1) -> dict:
    paper = Paper.objects.create(**paper_given() | {"ordinal": number, "code": f"AAA{number}"})
    return decided("approved", of) | {"number": number, "paper": paper}


def edition_waiting() -> Case:
    given = edition_given()
    Edition.objects.create(**given)
    sent_back = {"state": "returned", "comment": "Исправьте", "decided_by": given["sent_by"]}
    return pair(Edition, given, {}, sent_back | {"decided_at": now()})


def edition_number() -> Case:
    first = Edition.objects.create(**approved())
    return pair(Edition, approved(first.plan, 2), {"number": 1}, {"number": 2})


def edition_decided() -> Case:
    given = decided("returned") | {"comment": "Исправьте"}
    return pair(Edition, given, {"decided_by": None}, {})


def edition_paper() -> Case:
    return pair(Edition, approved(), {"paper": None}, {})


def edition_comment() -> Case:
    return pair(Edition, decided("returned"), {}, {"comment": "Исправьте"})


def feed_token() -> Case:
    given = {"owner": UserFactory(), "token_hash": "a" * 64}
    Feed.objects.create(**given)
    return pair(Feed, given, {}, {"token_hash": "b" * 64})


LINES: Table = {
    "planning.Feed.token_hash": feed_token,
    "programme_once": programme_once,
    "programme_ends_after_start": programme_dates,
    "plan_once_a_year": plan_once,
    "plan_year_is_sane": plan_year,
    "plan_order_has_number_and_date": plan_order,
    "item_ends_after_start": item_dates,
    "item_hours_in_order": item_hours,
    "item_day_is_one": item_day,
    "item_term_day_fits": item_term_day,
    "item_subject_whole": item_subject,
    "holding_once_a_day": holding_once,
    "holding_ends_after_start": holding_dates,
    "holding_done_with_date": holding_done,
    "holding_moved_with_reason": holding_moved,
    "amendment_number_once": amendment_number,
    "amendment_one_open": amendment_open,
    "amendment_has_reason": amendment_reason,
    "amendment_item_once": line_once,
    "amendment_line_knows_item": line_item,
    "edition_one_waiting": edition_waiting,
    "edition_number_once": edition_number,
    "edition_decided_by_somebody": edition_decided,
    "edition_approved_with_paper": edition_paper,
    "edition_returned_with_comment": edition_comment,
}
