"""Rounds over the same organisations, worked out by hand.

Before: A 80 readers, B 300, Г 1000. Now: A 100, B 300, the kindergarten none. In both: A and B.
"""

from decimal import Decimal

import pytest
from django.urls import reverse

from apps.monitoring.actions import reports as acts
from apps.monitoring.enums import CampaignState
from apps.monitoring.models import Campaign, MonitoringReport
from apps.monitoring.reporting.compose import compose
from apps.monitoring.reporting.figures import figures_of
from apps.monitoring.summaries.panel import panel_of
from apps.organizations.models import Department
from apps.papers.reports.blocks import DataTable, Paragraph
from tests.factories import user_with
from tests.monitoring.small import BOOKS, READERS, SHARE, accepted, campaign_of, organization
from tests.papers.conftest import make_department


@pytest.fixture
def two_rounds(three, small, collecting, methodist):
    past = campaign_of(small, methodist, title="Прошлый", period_start="2025-09-01")
    for name, readers, books in (("A", "80", "40"), ("B", "300", "20")):
        place = three[name].organization
        accepted(
            past, place, user_with("representative", place), {"1/01/3": readers, "1/01/4": books}, methodist
        )
    accepted(past, *organization("Школа Г", "school", ["basic"], 50), {"1/01/3": "1000"}, methodist)
    collecting.previous = past
    collecting.save()
    return collecting


def test_figures_over_the_same_organizations(two_rounds):
    panel = panel_of(two_rounds)
    assert panel.organizations == 2
    assert panel.summary.values == {READERS: Decimal(400), BOOKS: Decimal("81.0"), SHARE: Decimal("20.3")}
    assert [one.campaign.title for one in panel.rounds] == ["Прошлый"]
    # 60 × 100 / 380 = 15,79
    assert panel.rounds[0].values == {READERS: Decimal(380), BOOKS: Decimal("60.0"), SHARE: Decimal("15.8")}


def test_group_is_that_of_the_present_round(two_rounds, three):
    """A school that was a kindergarten then is compared with itself."""
    two_rounds.previous.responses.filter(organization=three["B"].organization).update(kind="kindergarten")
    panel = panel_of(two_rounds, key="kind:school")
    assert (panel.organizations, panel.rounds[0].values[READERS]) == (2, Decimal(380))
    assert panel_of(two_rounds, key="kind:kindergarten") is None


def test_nothing_to_compare_with(collecting, three):
    assert panel_of(collecting) is None


def test_all_the_rounds_are_over_those_in_every_one(two_rounds, small, three, methodist):
    oldest = campaign_of(small, methodist, title="Давний", period_start="2024-09-01")
    place = three["A"].organization
    accepted(oldest, place, user_with("representative", place), {"1/01/3": "7"}, methodist)
    Campaign.objects.filter(pk=two_rounds.previous_id).update(previous=oldest)
    panel = panel_of(Campaign.objects.get(pk=two_rounds.pk), limit=2)
    assert panel.organizations == 1
    assert panel.summary.values[READERS] == 100
    assert [one.values[READERS] for one in panel.rounds] == [Decimal(80), Decimal(7)]


def test_only_accepted_rounds_of_the_past_count(two_rounds, three):
    two_rounds.previous.responses.filter(organization=three["A"].organization).update(state="submitted")
    assert panel_of(two_rounds).organizations == 1


def test_cost_does_not_grow_with_organizations(two_rounds, small, methodist, django_assert_num_queries):
    panel_of(two_rounds)
    with django_assert_num_queries(2):  # this round's documents and the last one's
        panel_of(two_rounds)


def test_switch_of_the_page(two_rounds, signed_in, methodist):
    page = reverse("monitoring:campaign-summary", args=[two_rounds.pk])
    client = signed_in(methodist)

    plain = client.get(f"{page}?show=change")
    assert plain.context["in_both"] == 2
    assert cell_of(plain) == "-980"
    switched = client.get(page + plain.context["same_url"])
    assert cell_of(switched) == "+20"
    told = switched.content.decode()
    assert "Все числа ниже — по 2\u00a0организациям" in told
    assert "Сравниваются своды разного состава" not in told
    assert "same" not in switched.context["same_url"]


def cell_of(answer) -> str:
    text = answer.context["blocks"][0]["rows"][0]["cells"][0]["text"]
    return text.replace("\u00a0", "").replace("\u202f", "").replace("−", "-")


def test_what_stands_behind_a_figure_over_the_same(two_rounds, signed_in, methodist):
    page = reverse("monitoring:campaign-behind", args=[two_rounds.pk])
    client = signed_in(methodist)
    answer = client.get(page, {"cell": BOOKS, "same": "1"})
    assert [one.row.organization for one, _ in answer.context["ranked"]] == ["Школа А", "Школа Б"]
    assert answer.context["total"] == Decimal("81.0")
    everybody = client.get(page, {"cell": BOOKS})
    assert everybody.context["total"] == Decimal("86.0")


def test_no_common_organization_is_told(collecting, three, small, methodist, signed_in):
    collecting.previous = campaign_of(small, methodist, title="Прошлый", period_start="2025-09-01")
    collecting.save()
    page = reverse("monitoring:campaign-summary", args=[collecting.pk])
    told = signed_in(methodist).get(f"{page}?same=1").content.decode()
    assert "Нет организаций, которые есть и в этом своде" in told


@pytest.fixture
def report(two_rounds, methodist):
    make_department()
    begun = acts.begin_report(campaign=two_rounds, by=methodist)
    acts.edit_report(
        report=begun, introduction="", conclusion="", indicators=[READERS], revision=0, by=methodist
    )
    return MonitoringReport.objects.get(pk=begun.pk)


def tables_of(report) -> list[DataTable]:
    blocks = compose(report, figures_of(report), Department.objects.get()).blocks
    return [one for one in blocks if isinstance(one, DataTable) and one.title.startswith("Сравнение")]


def test_report_shows_both_and_counts_changes_over_the_same(report):
    figures = figures_of(report)
    everybody, same = tables_of(report)
    assert everybody.title.endswith("(по всем отчитавшимся организациям)")
    assert [cell.value for cell in everybody.rows[0].cells][1:] == [Decimal(1380), Decimal(400)]
    assert same.title.endswith("(по одним и тем же организациям: 2)")
    assert [cell.value for cell in same.rows[0].cells][1:3] == [Decimal(380), Decimal(400)]
    assert same.rows[0].cells[3].value == "+20"
    words = [
        one.text
        for one in compose(report, figures, Department.objects.get()).blocks
        if isinstance(one, Paragraph)
    ]
    assert any("отчитались во все эти периоды — 2. Изменения рассчитаны только по ним." in w for w in words)
    assert figures.frozen()["compared"][1] == {
        "period": "2025/2026 учебный год",
        "organizations": 2,
        "values": {READERS: "380"},
    }


def test_report_over_even_rounds_has_one_table(report, two_rounds, three):
    three["C"].delete()
    two_rounds.previous.responses.filter(organization__short_name="Школа Г").delete()
    Campaign.objects.update(revision=99, state=CampaignState.RUNNING)
    assert [one.title for one in tables_of(MonitoringReport.objects.get())] == [
        "Сравнение с прошлыми периодами"
    ]
