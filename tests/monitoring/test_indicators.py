"""The figures of a report's appendix are ticked under their tables."""

import pytest
from django.urls import reverse

from apps.monitoring.definition import compile_form, load
from apps.monitoring.forms import ReportForm
from apps.monitoring.grids import figures_by_table
from apps.monitoring.models import MonitoringReport
from tests.monitoring.small import BOOKS, READERS, SHARE, SMALL


def test_figures_stand_under_their_table_and_questions_without_numbers_are_left_out():
    [(title, figures)] = figures_by_table(compile_form(load(SMALL)))
    assert title == "Показатели: Читатели и книги"
    assert [address for address, _ in figures] == [READERS, BOOKS, SHARE]
    assert figures[0][1].startswith("Всего — Читателей")


@pytest.fixture
def page(collecting, three, methodist, signed_in):
    return signed_in(methodist), reverse("monitoring:campaign-report", args=[collecting.pk])


def test_ticked_ones_are_counted_and_kept(page, collecting):
    client, address = page
    assert "Выбрано 0 из 12" in client.get(address).content.decode()
    typed = {"introduction": "", "conclusion": "", "indicators": [READERS, BOOKS], "revision": "0"}
    assert client.post(address, typed).status_code == 302
    assert MonitoringReport.objects.get(campaign=collecting).indicators == [READERS, BOOKS]
    told = client.get(address).content.decode()
    assert "Выбрано 2 из 12" in told
    assert f'name="indicators" value="{BOOKS}" id="indicator-1-2" checked' in told
    assert "<details data-group open>" in told


def test_refused_choice_is_told_and_what_was_ticked_stays(page):
    client, address = page
    typed = {"introduction": "Текст", "conclusion": "", "indicators": [READERS, "9/9/9"], "revision": "0"}
    answer = client.post(address, typed)
    told = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="indicator-1-1" checked' in told
    assert "Текст" in told
    assert answer.context["form"].errors["indicators"]


def test_more_than_twelve_are_refused():
    groups = [("Таблица", [(str(number), f"Показатель {number}") for number in range(13)])]
    form = ReportForm({"indicators": [str(one) for one in range(13)], "revision": 0}, indicators=groups)
    assert form.errors == {"indicators": ["Выбрано 13, а в приложение входит не больше 12."]}
