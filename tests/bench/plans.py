"""A plan of three hundred events: its page and its paper."""

import datetime
import time
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.planning.actions.plans import add_item, create_plan
from apps.planning.models import Plan
from tests.bench.report import Results
from tests.papers.conftest import make_department

EVENTS = 300
BEGINS = datetime.date(2026, 9, 1)


def run(results: Results, by: Any) -> None:
    make_department()
    plan = _plan(by)
    client = Client()
    client.force_login(by)
    client.get(plan.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        started = time.perf_counter()
        client.get(plan.get_absolute_url())
        seconds = time.perf_counter() - started
    results.at_most(f"plan of {EVENTS} events: queries", len(queries), 15, "")
    results.told(f"plan of {EVENTS} events: page", f"{seconds * 1000:.0f} ms")
    started = time.perf_counter()
    answer = client.get(reverse("planning:plan-pdf", args=[plan.pk]))
    seconds = time.perf_counter() - started
    assert answer.status_code == 200
    results.at_most(f"plan of {EVENTS} events: print", seconds, 6.0, "s")


def _plan(by: Any) -> Plan:
    """Each column filled, over the five sections and nine months."""
    plan = create_plan(by=by, owner="imo", year_kind="school", year=BEGINS.year)
    for number in range(EVENTS):
        day = BEGINS + datetime.timedelta(number % 270)
        values = {
            "section": f"3.{number % 5 + 1}",
            "form": "Семинар",
            "title": f"Читательская грамотность: как её учить и проверять, занятие {number + 1}",
            "starts_on": day,
            "ends_on": day,
            "responsible": by,
            "place": "Конференц-зал",
            "audience": "учителя начальных классов",
            "planned_count": 25,
            "result": "Справка о проведении",
        }
        add_item(plan=plan, by=by, values=values)
    return plan
