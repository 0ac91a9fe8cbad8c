"""The copy to the next year: dates by weekday and working calendar, everything to be looked at."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from apps.accounts.models import RoleGrant
from apps.core.access import Conflict, Refused
from apps.core.models import WorkdayException
from apps.planning.actions.copying import copy_plan
from apps.planning.actions.editions import send
from apps.planning.actions.plans import mark_seen
from tests.planning.factories import make_item, make_plan

pytestmark = pytest.mark.django_db
D = datetime.date


def put(plan, by, title, kind, first, last=None, **values):
    return make_item(plan, by, title=title, term_kind=kind, starts_on=first, ends_on=last or first, **values)


def test_dates_keep_weekdays_and_avoid_days_off(department, methodist, methodist2):
    plan = make_plan(methodist, 0, theme="Тема года")
    put(plan, methodist, "Среда", "day", D(2025 + 1, 10, 14), place="Зал", co_executors=[methodist2])
    put(plan, methodist, "Перед праздником", "day", D(2026, 11, 5))
    put(plan, methodist, "Закрытый день", "day", D(2026, 12, 9))
    put(plan, methodist, "Неделя", "span", D(2026, 10, 19), D(2026, 10, 23))
    put(plan, methodist, "Февраль", "month", D(2027, 2, 1), D(2027, 2, 28))
    put(plan, methodist, "Весь год", "year", D(2026, 9, 1), D(2027, 8, 31))
    put(plan, methodist, "Ежемесячно", "monthly", D(2026, 9, 1), D(2027, 8, 31), term_day=25)
    WorkdayException.objects.create(date=D(2027, 12, 8), is_working=False, note="день города")

    made = copy_plan(plan=plan, by=methodist)

    terms = {one.title: (one.starts_on, one.ends_on) for one in made.items.all()}
    assert terms == {
        "Среда": (D(2027, 10, 13), D(2027, 10, 13)),
        # 364 days on is 04.11.2027, a holiday; Friday 05.11 is a day off by transfer, Monday works.
        "Перед праздником": (D(2027, 11, 8), D(2027, 11, 8)),
        "Закрытый день": (D(2027, 12, 9), D(2027, 12, 9)),
        "Неделя": (D(2027, 10, 18), D(2027, 10, 22)),
        "Февраль": (D(2028, 2, 1), D(2028, 2, 29)),
        "Весь год": (D(2027, 9, 1), D(2028, 8, 31)),
        "Ежемесячно": (D(2027, 9, 1), D(2028, 8, 31)),
    }
    copied = made.items.get(title="Среда")
    assert (copied.place, copied.is_unseen, list(copied.co_executors.all())) == ("Зал", True, [methodist2])
    assert (made.theme, made.copied_from, made.state, made.year) == ("Тема года", plan, "draft", 2027)
    assert made.items.get(title="Ежемесячно").holdings.count() == 12


def test_unseen_events_keep_the_copy_from_being_sent(plan, methodist):
    made = copy_plan(plan=plan, by=methodist)

    with pytest.raises(Conflict, match="не просмотрены: «Мероприятие 1», «Мероприятие 2»"):
        send(plan=made, by=methodist)
    mark_seen(plan=made, by=methodist, ids=list(made.items.values_list("pk", flat=True)))

    assert send(plan=made, by=methodist).state == "waiting"


def test_events_of_somebody_who_left_pass_to_whoever_copies(plan, methodist, methodist2):
    make_item(plan, methodist, title="Ушедшего", responsible=methodist2)
    RoleGrant.objects.filter(user=methodist2).update(ends_on=D(2026, 1, 1))

    made = copy_plan(plan=plan, by=methodist)

    assert made.items.get(title="Ушедшего").responsible == methodist


def test_what_is_not_copied(plan, department, methodist, assistant):
    empty = make_plan(methodist, 0, year=2030)
    with pytest.raises(Conflict, match="нет мероприятий"):
        copy_plan(plan=empty, by=methodist)
    with pytest.raises(Refused):
        copy_plan(plan=plan, by=assistant)
    copy_plan(plan=plan, by=methodist)
    with pytest.raises(ValidationError, match="План на этот год уже есть"):
        copy_plan(plan=plan, by=methodist)


def test_the_page_copies_and_marks_all_as_seen(plan, methodist, signed_in):
    client = signed_in(methodist)

    answer = client.post(f"/plans/{plan.pk}/copy/")
    made = plan.copies.get()

    assert answer["Location"] == made.get_absolute_url()
    assert "не просмотрено" in client.get(answer["Location"]).content.decode()
    client.post(f"/plans/{made.pk}/seen/", {"item": made.items.first().pk})
    assert made.items.filter(is_unseen=True).count() == 1
    client.post(f"/plans/{made.pk}/seen/")
    assert not made.items.filter(is_unseen=True).exists()
