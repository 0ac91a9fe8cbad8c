"""Plans of the demo: last year's carried out, this year's under way with an amendment, the department's."""

import datetime
from typing import Any

from apps.accounts.models import User
from apps.core.calendar import is_working_day, next_working_day
from apps.monitoring.models import Campaign
from apps.planning.actions.amendments import amend_change, begin_amendment, send_amendment
from apps.planning.actions.copying import copy_plan
from apps.planning.actions.editions import approve, send
from apps.planning.actions.linking import link_item
from apps.planning.actions.marking import add_beside, cancel, complete, move_holding
from apps.planning.actions.plans import add_items, create_plan, mark_seen
from apps.planning.actions.programmes import save_programme
from apps.planning.enums import ProgrammeLevel, TermKind, YearKind
from apps.planning.models import Holding, Plan
from apps.planning.terms import end_of_month
from apps.portal.demo.calendar import DemoCalendar
from apps.portal.demo.chance import chance
from apps.portal.demo.plan_items import DEPARTMENT, IMO

HEADER = {
    "theme": "Методическое сопровождение педагога как условие качества образования",
    "goal": "Создать условия для непрерывного профессионального роста педагогов и руководителей города.",
    "tasks": "Изучать потребности педагогов и организаций.\nПоддерживать молодых педагогов и наставников.\n"
    "Распространять лучшие практики.\nПомогать организациям в информатизации.",
    "priorities": "Функциональная грамотность\nНаставничество\nЦифровая среда",
    "bases": "Положение об информационно-методическом отделе\nМуниципальная программа развития образования",
}
NOT_YET = "Ответственный болел, новый срок согласован с участниками"
WORDS = {"report": "Отчёт", "order": "Приказ", "minutes": "Протокол", "diploma": "Приказ об итогах"}


def load_plans(users: dict[str, User], calendar: DemoCalendar, campaign: Campaign | None) -> int:
    """Three plans through the real actions; `campaign` closes its event by its own report. Their number."""
    methodist, head = users["methodist"], users["head"]
    programme = save_programme(
        by=head, title="Развитие системы образования города", level=ProgrammeLevel.MUNICIPAL
    )
    save_programme(by=head, title="Профессионалитет и наставничество", level=ProgrammeLevel.REGIONAL)
    last = create_plan(
        by=methodist, owner="imo", year_kind=YearKind.SCHOOL, year=calendar.years[1].start, **HEADER
    )
    add_items(plan=last, by=methodist, rows=[_values(row, last, users, programme) for row in IMO])
    _approve(last, methodist, head)
    _carry_out(last, users, calendar.today)
    present = copy_plan(plan=last, by=methodist)
    mark_seen(plan=present, by=methodist, ids=list(present.items.values_list("pk", flat=True)))
    if campaign is not None:
        monitored = present.items.get(clause="3.5.3")
        link_item(
            item=monitored, by=methodist, subject_type="monitoring.campaign", subject_id=str(campaign.pk)
        )
    _approve(present, methodist, head)
    _carry_out(present, users, calendar.today)
    _amend(present, methodist, head)
    _beside(present, methodist, calendar.today)
    _department(users, calendar)
    return Plan.objects.count()


def _values(row: tuple[Any, ...], plan: Plan, users: dict[str, User], programme: Any) -> dict[str, Any]:
    section, form, title, term, place, audience, count, who, result, kind, clause, task = row
    helper = {"methodist": "methodist2", "head": "methodist"}.get(who)
    return {
        **_term(term, plan),
        "section": section,
        "form": form,
        "title": title,
        "place": place,
        "audience": audience,
        "planned_count": count,
        "invites_heads": audience == "руководители организаций" and place != "",
        "responsible": users[who],
        "co_executors": [users[helper]] if helper and chance("helper", title).random() < 0.4 else [],
        "result": result,
        "result_kind": kind,
        "clause": clause,
        "task": task,
        "programme": programme if task in (1, 6) else None,
    }


def _term(text: str, plan: Plan) -> dict[str, Any]:
    span = plan.span
    whole = {"starts_on": span.first, "ends_on": span.last}
    word, _, rest = text.partition(" ")
    if word in ("год", "кв", "мес", "нед"):
        kinds = {"год": "year", "кв": "quarterly", "мес": "monthly", "нед": "weekly"}
        return {"term_kind": kinds[word], "term_day": int(rest) if rest else None, **whole}
    if "-" in text:
        first, last = (_day(one, plan) for one in text.split("-"))
        return {"term_kind": TermKind.SPAN, "starts_on": first, "ends_on": max(first, last)}
    if "." not in text:
        first = _day(f"01.{text}", plan, working=False)
        return {"term_kind": TermKind.MONTH, "starts_on": first, "ends_on": end_of_month(first)}
    day = _day(word, plan)
    hours = {}
    if rest:
        start = datetime.time.fromisoformat(rest)
        hours = {"starts_at": start, "ends_at": start.replace(hour=start.hour + 2)}
    return {"term_kind": TermKind.DAY, "starts_on": day, "ends_on": day, **hours}


def _day(text: str, plan: Plan, *, working: bool = True) -> datetime.date:
    day, month = map(int, text.split("."))
    year = plan.span.first.year if month >= plan.span.first.month else plan.span.last.year
    found = datetime.date(year, month, day)
    return next_working_day(found) if working and not is_working_day(found) else found


def _approve(plan: Plan, by: User, approver: User) -> None:
    approve(edition=send(plan=plan, by=by), by=approver)
    plan.refresh_from_db()


def _carry_out(plan: Plan, users: dict[str, User], today: datetime.date) -> None:
    """Most of what is over is done; some was moved, some cancelled, and of the newest some is overdue."""
    rows = Holding.objects.filter(item__plan=plan, ends_on__lt=today).select_related("item__responsible")
    for at, one in enumerate(rows.filter(item__subject_type="").order_by("ends_on", "pk")):
        luck = chance("done", plan.year - today.year, one.item.title, at).random()
        by = one.item.responsible
        is_new = one.ends_on > today - datetime.timedelta(20)
        if luck < 0.03 and not is_new:
            cancel(
                holding=one, by=by, reason="Мероприятие объединено с другим по решению методического совета"
            )
        elif luck < (0.75 if is_new else 0.985):
            _complete(one, by, luck)
    for one in _ahead(plan, today):
        by = one.item.responsible
        moved = min(next_working_day(one.ends_on + datetime.timedelta(6)), plan.span.last)
        move_holding(holding=one, by=by, starts_on=moved, ends_on=None, reason=NOT_YET)


def _ahead(plan: Plan, today: datetime.date) -> list[Holding]:
    """Two single days of the coming weeks."""
    rows = Holding.objects.filter(item__plan=plan, item__term_kind=TermKind.DAY, starts_on__gt=today)
    return list(rows.select_related("item__responsible").order_by("starts_on", "pk")[:2])


def _complete(holding: Holding, by: User, luck: float) -> None:
    item = holding.item
    count = None if item.planned_count is None else max(1, round(item.planned_count * (0.85 + luck / 4)))
    word = WORDS.get(item.result_kind, "Справка")
    document = f"{word} от {holding.ends_on:%d.%m.%Y}" if item.result_kind not in ("other", "letter") else ""
    complete(holding=holding, by=by, done_on=holding.ends_on, actual_count=count, document=document)


def _amend(plan: Plan, methodist: User, head: User) -> None:
    """One approved amendment: another place for the readings."""
    amendment = begin_amendment(
        plan=plan, by=methodist, reason="Во Дворце творчества начинается ремонт (письмо от учреждения)"
    )
    readings = plan.items.in_plan().get(title="Педагогические чтения")
    amend_change(amendment=amendment, by=methodist, item=readings, values={"place": "Гимназия № 24"})
    approve(edition=send_amendment(amendment=amendment, by=methodist), by=head)


def _beside(plan: Plan, methodist: User, today: datetime.date) -> None:
    day = max(plan.span.first, today - datetime.timedelta(5))
    values = {
        "section": "3.4",
        "form": "Консультация",
        "title": "Помощь школе в подготовке к проверке",
        "place": "СОШ № 15",
        "audience": "заместители директора",
        "responsible": methodist,
        "clause": "3.4.3",
    }
    add_beside(plan=plan, by=methodist, values=values, done_on=day, actual_count=4, document="")


def _department(users: dict[str, User], calendar: DemoCalendar) -> None:
    """The department's plan of the calendar year, approved by its head."""
    plan = create_plan(
        by=users["head"],
        owner="department",
        year_kind=YearKind.CALENDAR,
        year=calendar.today.year,
        goal="Обеспечить доступность и качество образования в городе.",
    )
    rows = [_values(row, plan, users, None) for row in DEPARTMENT]
    add_items(plan=plan, by=users["head"], rows=rows)
    _approve(plan, users["head"], users["director"])
    _carry_out(plan, users, calendar.today)
