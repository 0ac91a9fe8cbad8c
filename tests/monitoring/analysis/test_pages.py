"""The page, what is kept of it, and its way into the report."""

import io
from urllib.parse import parse_qs

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from apps.core.access import Conflict, Refused
from apps.core.roles import Role
from apps.monitoring.actions import analyses as acts
from apps.monitoring.actions import reports
from apps.monitoring.analysis.spec import Kind, Wish
from apps.monitoring.models import MonitoringReport, SavedAnalysis
from apps.monitoring.reporting.compose import compose
from apps.monitoring.reporting.figures import figures_of
from apps.organizations.models import Department
from apps.papers.actions import reissue
from apps.papers.reports.blocks import Heading
from tests.factories import user_with
from tests.monitoring.analysis.test_figures import wished
from tests.monitoring.small import BOOKS, READERS
from tests.papers.conftest import make_department


def url(campaign) -> str:
    return reverse("monitoring:campaign-analysis", args=[campaign.pk])


@pytest.fixture
def kept(collecting, three, methodist):
    return acts.save_analysis(campaign=collecting, title="Читатели", wish=wished(READERS), by=methodist)


def test_the_page_before_a_question(collecting, three, assistant, signed_in):
    page = signed_in(assistant).get(url(collecting))
    assert page.status_code == 200
    assert page.context["analysis"] is None


def test_a_question_in_the_address(collecting, three, assistant, signed_in):
    page = signed_in(assistant).get(url(collecting), {"indicators": [READERS, BOOKS], "by": "level"})
    text = page.content.decode()
    assert "Основное общее" in text
    assert "Организация с несколькими уровнями образования учтена на каждом из них." in text
    assert "Сохранить под названием" not in text  # the assistant reads


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"indicators": READERS, "kind": "ranking", f"weight:{READERS}": "много"}, "число от 0,001 до 1"),
        ({"indicators": "9/9/9"}, "9/9/9"),
        ({"indicators": READERS, "rounds": "99"}, "99"),
    ],
)
def test_a_wrong_question_is_told_and_kept(collecting, three, methodist, signed_in, asked, told):
    page = signed_in(methodist).get(url(collecting), asked)
    assert page.status_code == 422
    assert told in page.content.decode()


def test_the_same_as_a_workbook(collecting, three, methodist, signed_in):
    answer = signed_in(methodist).get(url(collecting), {"indicators": READERS, "format": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[-1] == ["Всего", 3, 400]


def test_kept_under_a_name_and_opened_again(collecting, three, methodist, signed_in):
    client = signed_in(methodist)
    body = {"title": "  Читатели   города ", "indicators": READERS, "by": "size", "weight:x": "1"}
    client.post(reverse("monitoring:analysis-save", args=[collecting.pk]), body)
    kept = SavedAnalysis.objects.get()
    assert (kept.title, kept.created_by) == ("Читатели города", methodist)
    page = client.get(url(collecting))
    address, _, query = page.context["kept"][0][1].partition("?")
    assert (address, parse_qs(query)) == (
        url(collecting),
        {"kind": ["pivot"], "by": ["size"], "measure": ["total"], "indicators": [READERS]},
    )


def test_the_same_name_takes_the_new_question(kept, collecting, methodist):
    acts.save_analysis(campaign=collecting, title="Читатели", wish=wished(BOOKS), by=methodist)
    assert [one.wish["indicators"] for one in SavedAnalysis.objects.all()] == [[BOOKS]]


@pytest.mark.parametrize(
    ("title", "wish", "told"),
    [(" ", wished(READERS), "название"), ("я" * 201, wished(READERS), "длиннее"), ("Имя", Wish(), "хотя бы")],
)
def test_what_is_not_kept(collecting, methodist, title, wish, told):
    with pytest.raises(Conflict, match=told):
        acts.save_analysis(campaign=collecting, title=title, wish=wish, by=methodist)


def test_who_may_not(kept, collecting, three, assistant, director):
    responsible = user_with(Role.REPRESENTATIVE, three["A"].organization, username="responsible")
    for user in (assistant, director, responsible):
        for act in (
            lambda by: acts.save_analysis(campaign=collecting, title="Имя", wish=wished(READERS), by=by),
            lambda by: acts.put_in_report(analysis=kept, is_in=True, by=by),
            lambda by: acts.delete_analysis(analysis=kept, by=by),
        ):
            with pytest.raises(Refused):
                act(user)
    assert list(SavedAnalysis.objects.values_list("title", "in_report")) == [("Читатели", False)]


def test_a_page_of_the_report(kept, collecting, methodist, head):
    make_department()
    acts.save_analysis(
        campaign=collecting, title="Рейтинг", wish=wished(READERS, kind=Kind.RANKING), by=methodist
    )
    report = reports.begin_report(campaign=collecting, by=methodist)
    before = report.mark
    acts.put_in_report(analysis=kept, is_in=True, by=methodist)
    report.refresh_from_db()
    assert report.mark != before  # whoever had read it reads it again
    composed = compose(report, figures_of(report), Department.objects.get())
    headings = [one.text for one in composed.blocks if isinstance(one, Heading)]
    assert headings[headings.index("Анализ показателей") + 1] == "Читатели"
    assert "Рейтинг" not in headings

    reports.send_report(report=report, by=methodist)
    report.refresh_from_db()
    paper = reports.approve_report(report=report, seen=report.mark, by=head)
    frozen = MonitoringReport.objects.get().figures["analyses"]
    assert [row["values"] for row in frozen[0]["rows"]] == [[["400"]], [[None]], [["400"]]]
    assert reissue(paper=paper, reason="Опечатка в подписи", by=head).replaces == paper


def test_a_fixed_report_keeps_its_pages(kept, collecting, methodist, head):
    make_department()
    acts.put_in_report(analysis=kept, is_in=True, by=methodist)
    reports.send_report(report=MonitoringReport.objects.get(), by=methodist)
    for act in (
        lambda: acts.put_in_report(analysis=kept, is_in=False, by=methodist),
        lambda: acts.delete_analysis(analysis=SavedAnalysis.objects.get(), by=methodist),
        lambda: acts.save_analysis(campaign=collecting, title="Читатели", wish=wished(BOOKS), by=methodist),
    ):
        with pytest.raises(Conflict, match="не меняются"):
            act()
    assert SavedAnalysis.objects.get().wish["indicators"] == [READERS]


def test_the_buttons(kept, collecting, methodist, signed_in):
    client = signed_in(methodist)
    for name, expected in (("analysis-report", [True]), ("analysis-out", [False]), ("analysis-delete", [])):
        client.post(reverse(f"monitoring:{name}", args=[kept.pk]))
        assert list(SavedAnalysis.objects.values_list("in_report", flat=True)) == expected
