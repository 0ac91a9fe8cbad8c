"""The text of a plan as frozen data: what is sent, approved, printed and compared."""

import datetime
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from apps.core.russian import date_short, initials_after
from apps.planning.enums import TASKS, PlanOwner, ResultKind, Section
from apps.planning.models import Plan, PlanItem

Content = dict[str, Any]
Item = dict[str, Any]
HEADER_LABELS = {
    "theme": "методическая тема",
    "goal": "цель",
    "tasks": "задачи",
    "priorities": "приоритеты",
    "bases": "нормативные основания",
    "order_number": "номер приказа об утверждении",
    "order_date": "дата приказа об утверждении",
}
HEADER = "Титульная часть"
NOTHING = "—"


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        return {"added": "добавлено", "removed": "исключено", "changed": "изменено"}[self.value]


@dataclass(frozen=True)
class Change:
    """One difference: the event (or the title part), which of its columns, what stood there and stands."""

    kind: ChangeKind
    title: str
    field: str
    was: str
    became: str


def content_of(plan: Plan) -> Content:
    """The whole text of the plan as it stands, in the order of print. Three queries."""
    rows = plan.items.in_plan().select_related("responsible", "programme").prefetch_related("co_executors")
    return {"header": header_of(plan), "items": [item_content(one, one.co_executors.all()) for one in rows]}


def header_of(plan: Plan) -> dict[str, Any]:
    return {
        "owner": plan.owner,
        "title": PlanOwner(plan.owner).label,
        "year_kind": plan.year_kind,
        "year": plan.year,
        "year_title": plan.year_title,
        **{name: getattr(plan, name) for name in HEADER_LABELS if name != "order_date"},
        "order_date": _iso(plan.order_date),
    }


def item_content(item: PlanItem, co_executors: Iterable[Any]) -> Item:
    """One event. `co_executors` are given, so that an unsaved event has them too."""
    return {
        "id": item.pk,
        "section": item.section,
        "order": item.order,
        "form": item.form,
        "title": item.title,
        "term": item.term_text,
        "raw_term": {
            "kind": item.term_kind,
            "starts_on": _iso(item.starts_on),
            "ends_on": _iso(item.ends_on),
            "day": item.term_day,
            "starts_at": _clock(item.starts_at),
            "ends_at": _clock(item.ends_at),
        },
        "place": item.place,
        "audience": item.audience,
        "count": item.planned_count,
        "invites_heads": item.invites_heads,
        "responsible": person_content(item.responsible),
        "co_executors": sorted((person_content(one) for one in co_executors), key=_name),
        "partners": item.partners,
        "result": item.result,
        "result_kind": item.result_kind,
        "clause": item.clause,
        "task": item.task,
        "programme": {"id": item.programme_id, "title": item.programme.title} if item.programme else None,
        "note": item.note,
    }


def person_content(person: Any) -> dict[str, Any]:
    name = initials_after(person.last_name, person.first_name, person.middle_name)
    return {"id": person.pk, "name": name, "position": person.position}


def in_order(items: Iterable[Item]) -> list[Item]:
    """Events in the order of print: by section, then as they were put."""
    return sorted(items, key=lambda one: (one["section"], one["order"], one["id"]))


def by_section(content: Content) -> list[tuple[str, str, list[Item]]]:
    """(code, title, events) of each section that has any, in the order of the statute."""
    found = [(code, title, [one for one in content["items"] if one["section"] == code])
             for code, title in Section.choices]  # fmt: skip
    return [(code, title, items) for code, title, items in found if items]


def full_title(item: Item) -> str:
    """«Семинар: Читательская грамотность»."""
    return f"{item['form']}: {item['title']}" if item["form"] else item["title"]


def term_line(item: Item) -> str:
    """«15.10.2026, 10:00–12:00»."""
    start, end = item["raw_term"]["starts_at"], item["raw_term"]["ends_at"]
    hours = f"{start}–{end}" if start and end else start or ""
    return f"{item['term']}, {hours}" if hours else item["term"]


def person_line(person: dict[str, Any]) -> str:
    """«Иванова А. И., методист»."""
    return f"{person['name']}, {person['position']}" if person["position"] else person["name"]


def executors_line(item: Item) -> str:
    """Co-executors and whoever else takes part."""
    names = [person_line(one) for one in item["co_executors"]]
    return "; ".join([*names, *([item["partners"]] if item["partners"] else [])])


def audience_line(item: Item) -> str:
    """«учителя начальных классов, 30 чел.»."""
    count = f"{item['count']}\u00a0чел." if item["count"] is not None else ""
    return ", ".join(part for part in (item["audience"], count) if part)


def result_line(item: Item) -> str:
    """«рекомендации опубликованы (методические рекомендации)»."""
    kind = str(ResultKind(item["result_kind"]).label) if item["result_kind"] else ""
    return f"{item['result']} ({kind})" if item["result"] and kind else item["result"] or kind


# The columns of an event in the order in which a change of them is told.
FIELDS: tuple[tuple[str, Callable[[Item], str]], ...] = (
    ("раздел", lambda one: str(Section(one["section"]).label)),
    ("форма", lambda one: one["form"]),
    ("мероприятие, тема", lambda one: one["title"]),
    ("срок", term_line),
    ("место", lambda one: one["place"]),
    ("категория участников", lambda one: one["audience"]),
    ("участников по плану", lambda one: "" if one["count"] is None else str(one["count"])),
    ("приглашены руководители организаций", lambda one: "да" if one["invites_heads"] else "нет"),
    ("ответственный", lambda one: person_line(one["responsible"])),
    ("соисполнители", lambda one: "; ".join(person_line(person) for person in one["co_executors"])),
    ("другие исполнители", lambda one: one["partners"]),
    ("ожидаемый результат", lambda one: one["result"]),
    ("вид документа", lambda one: str(ResultKind(one["result_kind"]).label) if one["result_kind"] else ""),
    ("пункт Положения", lambda one: one["clause"]),
    ("задача (пункт 2.2)", lambda one: dict(TASKS)[one["task"]] if one["task"] else ""),
    ("программа", lambda one: one["programme"]["title"] if one["programme"] else ""),
    ("примечание", lambda one: one["note"]),
)


def differences(was: Content, became: Content) -> list[Change]:
    """What has changed between two texts of a plan, in the order of print; what is gone stands last."""
    return [*_header_changes(was["header"], became["header"]), *_item_changes(was["items"], became["items"])]


def same_text(one: Content, other: Content) -> bool:
    """Whether both say the same; a person's new name or post is not another text."""
    return one["header"] == other["header"] and _bare(one) == _bare(other)


def _bare(content: Content) -> list[Item]:
    return [
        {
            **item,
            "responsible": item["responsible"]["id"],
            "co_executors": sorted(one["id"] for one in item["co_executors"]),
            "programme": item["programme"] and item["programme"]["id"],
        }
        for item in content["items"]
    ]


def _header_changes(was: dict[str, Any], became: dict[str, Any]) -> Iterator[Change]:
    for name, label in HEADER_LABELS.items():
        before, after = _header_text(was, name), _header_text(became, name)
        if before != after:
            yield Change(ChangeKind.CHANGED, HEADER, label, before or NOTHING, after or NOTHING)


def _header_text(header: dict[str, Any], name: str) -> str:
    value = header[name] or ""
    return date_short(datetime.date.fromisoformat(value)) if name == "order_date" and value else value


def _item_changes(was: list[Item], became: list[Item]) -> Iterator[Change]:
    before, after = {one["id"]: one for one in was}, {one["id"]: one for one in became}
    moved = _moved(before, after)
    old_places, places = _places(was), _places(became)
    for one in became:
        if one["id"] not in before:
            yield Change(ChangeKind.ADDED, full_title(one), "", NOTHING, _summary(one))
            continue
        old = before[one["id"]]
        for label, text in FIELDS:
            if text(old) != text(one):
                yield Change(
                    ChangeKind.CHANGED, full_title(old), label, text(old) or NOTHING, text(one) or NOTHING
                )
        if one["id"] in moved:
            at = old_places[one["id"]], places[one["id"]]
            yield Change(ChangeKind.CHANGED, full_title(old), "порядок", *at)
    for old in was:
        if old["id"] not in after:
            yield Change(ChangeKind.REMOVED, full_title(old), "", _summary(old), NOTHING)


def _summary(item: Item) -> str:
    """What an added or removed event is known by."""
    return f"{term_line(item)}; {person_line(item['responsible'])}"


def _places(items: list[Item]) -> dict[Any, str]:
    """Event → «№ 3 в разделе»."""
    seen: dict[str, int] = {}
    places = {}
    for one in items:
        seen[one["section"]] = seen.get(one["section"], 0) + 1
        places[one["id"]] = f"№\u00a0{seen[one['section']]} в разделе"
    return places


def _moved(before: dict[Any, Item], after: dict[Any, Item]) -> set[Any]:
    """The fewest events that, taken elsewhere within their section, explain the new order."""
    moved: set[Any] = set()
    for section in Section.values:
        old = [pk for pk, one in before.items() if one["section"] == section]
        ranks = {pk: rank for rank, pk in enumerate(old)}
        common = [pk for pk, one in after.items() if one["section"] == section and pk in ranks]
        kept = _longest_rising([ranks[pk] for pk in common])
        moved |= {pk for pk in common if ranks[pk] not in kept}
    return moved


def _longest_rising(numbers: list[int]) -> set[int]:
    """The numbers of a longest rising subsequence (all different)."""
    tails: list[int] = []
    previous: dict[int, int | None] = {}
    for one in numbers:
        at = bisect_left(tails, one)
        previous[one] = tails[at - 1] if at else None
        tails[at : at + 1] = [one]
    kept: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        kept.add(last)
        last = previous[last]
    return kept


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _clock(time: datetime.time | None) -> str | None:
    return f"{time:%H:%M}" if time else None


def _name(person: dict[str, Any]) -> tuple[str, int]:
    return person["name"], person["id"]
