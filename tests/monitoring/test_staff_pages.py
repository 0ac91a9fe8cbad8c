"""What a methodist meets on the pages of a campaign: ways back, words of faults, nothing typed lost."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.monitoring.actions import reports as acts
from apps.monitoring.forms import DaysBeforeField
from apps.monitoring.models import Campaign, MonitoringReport
from apps.monitoring.registered import given_back_tasks
from apps.monitoring.reporting.compose import compose
from apps.monitoring.reporting.figures import figures_of
from apps.monitoring.summaries.rollups import in_order
from apps.organizations.models import Department
from tests.factories import CampaignFactory
from tests.monitoring.small import READERS, campaign_of, owed
from tests.papers.conftest import make_department

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("campaign-edit", "Условия мониторинга"),
        ("campaign-add", "Добавить организацию"),
        ("campaign-reopen", "Открыть мониторинг повторно"),
    ],
)
def test_pages_of_a_campaign_say_what_they_do_and_lead_back(page, heading, collecting, signed_in, methodist):
    told = signed_in(methodist).get(reverse(f"monitoring:{page}", args=[collecting.pk])).content.decode()
    assert f"<h1>{heading}</h1>" in told
    back = reverse("monitoring:campaign-detail", args=[collecting.pk])
    assert told.count(f'href="{back}"') == 2  # the way here, «Отмена»


def test_new_campaign_leads_back_to_the_list(signed_in, methodist):
    told = signed_in(methodist).get(reverse("monitoring:campaign-create"))
    assert [str(url) for _, url in told.context["breadcrumbs"]] == ["/monitoring/"]


@pytest.mark.parametrize(
    ("typed", "days"),
    [("3, 1, -1", [3, 1, -1]), ("", []), (" 1,3 ,, 1", [3, 1]), ("−2", [-2]), ("92,-92", [92, -92])],
)
def test_days_of_reminders(typed, days):
    assert DaysBeforeField(required=False).clean(typed) == days


@pytest.mark.parametrize("typed", ["а, б", "1.5", "1; 2", "93", "-93", "1" * 40])
def test_days_of_reminders_refused_in_plain_words(typed):
    form_field = DaysBeforeField(required=False)
    with pytest.raises(ValidationError) as refused:
        form_field.clean(typed)
    assert refused.value.messages in (
        ["Перечислите целые числа через запятую, например: 3, 1, -1."],
        ["Напоминать можно не раньше и не позже 92 дней от срока."],
    )


def test_nobody_chosen_is_told_at_once(small, signed_in, methodist):
    campaign = CampaignFactory(version=small, created_by=methodist, state="draft", started_at=None)
    answer = signed_in(methodist).post(reverse("monitoring:campaign-recipients", args=[campaign.pk]), {})
    assert answer.status_code == 422
    told = answer.context["form"].non_field_errors()
    assert told == ["Отметьте хотя бы один вид, уровень или организацию."]


def test_refused_extension_keeps_what_was_typed(collecting, school_a, signed_in, methodist):
    response = owed(collecting, school_a)
    typed = {"due_at": "2020-01-01T10:00", "reason": "Карантин"}
    answer = signed_in(methodist).post(reverse("monitoring:response-extend", args=[response.pk]), typed)
    assert answer.status_code == 409
    told = answer.content.decode()
    assert 'value="2020-01-01T10:00"' in told
    assert 'value="Карантин"' in told
    assert "<details open><summary>Продлить срок" in told


def test_groups_stand_in_the_order_of_their_enums():
    keys = ["level:basic", "kind:kindergarten", "all", "level:preschool", "kind:school", "level:primary"]
    assert in_order(keys) == [
        "all",
        "kind:school",
        "kind:kindergarten",
        "level:preschool",
        "level:primary",
        "level:basic",
    ]


@pytest.fixture
def with_a_smaller_past(three, small, collecting, methodist):
    """Three organisations now, none in the round before."""
    collecting.previous = campaign_of(small, methodist, title="Прошлый", period_start="2025-09-01")
    collecting.save()
    return collecting


def test_change_over_rounds_of_different_size_is_marked(with_a_smaller_past, signed_in, methodist):
    page = reverse("monitoring:campaign-summary", args=[with_a_smaller_past.pk])
    client = signed_in(methodist)
    assert "Сравниваются своды разного состава" in client.get(f"{page}?show=growth").content.decode()
    assert "Сравниваются своды разного состава" not in client.get(page).content.decode()


def test_report_says_how_many_organizations_each_round_rests_on(with_a_smaller_past, methodist):
    make_department()
    report = acts.begin_report(campaign=with_a_smaller_past, by=methodist)
    report = acts.edit_report(
        report=report, introduction="", conclusion="", indicators=[READERS], revision=0, by=methodist
    )
    told = repr(compose(report, figures_of(report), Department.objects.get()))
    assert (
        "Своды составлены по разным организациям: 2025/2026 учебный год — 0; 2026/2027 учебный год — 3; "
        "ни одна не отчиталась во все эти периоды, поэтому изменения не рассчитаны." in told
    )


def test_returned_report_is_a_task_of_its_author(three, collecting, methodist, head, signed_in):
    make_department()
    report = acts.begin_report(campaign=collecting, by=methodist)
    assert given_back_tasks(methodist) == []
    acts.send_report(report=report, by=methodist)
    assert given_back_tasks(methodist) == []
    acts.return_report(report=MonitoringReport.objects.get(), comment="Дополните выводы", by=head)

    assert [one.title for one in given_back_tasks(methodist)] == [f"Исправить отчёт: {collecting.title}"]
    assert given_back_tasks(head) == []
    page = signed_in(methodist).get(reverse("monitoring:campaign-report", args=[collecting.pk]))
    assert page.context["given_back"].comment == "Дополните выводы"


def test_before_the_start_it_is_told_who_has_nobody_to_answer(
    small, methodist, school_a, school_b, responsible_b, signed_in
):
    campaign = campaign_of(small, methodist, state="draft", started_at=None)
    for school in (school_a, school_b):
        owed(campaign, school)
    page = reverse("monitoring:campaign-detail", args=[campaign.pk])
    assert (
        "Ни ответственного, ни приглашения нет: Школа А." in signed_in(methodist).get(page).content.decode()
    )

    Campaign.objects.filter(pk=campaign.pk).update(state="running", started_at=timezone.now())
    assert "Ни ответственного" not in signed_in(methodist).get(page).content.decode()
