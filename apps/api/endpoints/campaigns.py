from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from apps.api.cursors import page_of_list, page_of_rows
from apps.api.endpoints.common import Cursor, Limit, WithSubmitted, journal_export, number, reads
from apps.api.refusals import Refusal
from apps.api.schemas import CampaignItem, FigureItem, Page, SummaryHead
from apps.core.access import found, require
from apps.core.roles import reads_city
from apps.monitoring.compiled import compiled_for
from apps.monitoring.definition import Cell
from apps.monitoring.enums import CampaignState
from apps.monitoring.grids import titles_of
from apps.monitoring.models import Campaign
from apps.monitoring.queries import with_progress
from apps.monitoring.summaries.rollups import ALL, COUNTED_TYPES, in_order, rollup_of, slice_title
from apps.monitoring.summaries.summary import Summary, coverage_of, summary_of

router = Router(tags=["Мониторинги и своды"])
Group = Annotated[str, Query(max_length=40, description="Группа организаций: key из свода; all — все")]
NAMES = ["title", "version_id", "period_kind", "period_start", "period_title", "state", "due_at"]
NAMES += ["previous_id", "started_at", "closed_at", "asked", "answered", "accepted"]


def item(one: Any) -> dict[str, Any]:
    words = {"form_id": one.version.form_id, "state_title": CampaignState(one.state).label}
    return {"id": one.pk, **words, **{name: getattr(one, name) for name in NAMES}}


def rows(user: Any) -> Any:
    return with_progress(Campaign.objects.visible_to(user).select_related("version"))


def own_campaign(request: HttpRequest, pk: int) -> Any:
    """A campaign the user sees, or 404; then 403 unless the pages of the department are for him."""
    campaign = found(rows(request.user), pk=pk)
    require(reads_city(request.user), "Мониторинги целиком — для департамента. Ваши отчёты — в responses.")
    return campaign


@reads(router, "campaigns", gives=Page[CampaignItem], summary="Список мониторингов", name="campaign-list")
def campaign_list(
    request: HttpRequest,
    form: Annotated[int | None, number("Только мониторинги этой формы")] = None,
    state: Annotated[CampaignState | None, Query(description="Только в этом состоянии")] = None,
    limit: Limit = 100,
    cursor: Cursor = "",
) -> Any:
    """Мониторинги с ходом сбора. Только для департамента."""
    require(reads_city(request.user))
    chosen = {"version__form_id": form, "state": state}
    listed = rows(request.user).filter(**{name: value for name, value in chosen.items() if value is not None})
    return page_of_rows(request, listed, item, limit=limit, cursor=cursor)


@reads(router, "campaigns/{int:pk}", gives=CampaignItem, summary="Один мониторинг", name="campaign-detail")
def campaign_detail(request: HttpRequest, pk: int) -> Any:
    """Условия и ход одного мониторинга."""
    return item(own_campaign(request, pk))


@reads(
    router, "campaigns/{int:pk}/summary", gives=SummaryHead, summary="Свод: охват", name="campaign-summary"
)
def campaign_summary(request: HttpRequest, pk: int, with_submitted: WithSubmitted = False) -> Any:
    """Кто вошёл в свод и по каким группам организаций есть итоги. Сами итоги — figures."""
    campaign = own_campaign(request, pk)
    coverage = coverage_of(campaign, with_submitted=with_submitted)
    slices = rollup_of(campaign, with_submitted=with_submitted)
    lists = {name: len(getattr(coverage, name)) for name in ("late", "missing", "waiting")}
    groups = [
        {
            "key": key,
            "title": slice_title(key),
            "organizations": slices[key].organizations,
            "pupils": slices[key].pupils,
        }
        for key in in_order(slices)
    ]
    return {
        "campaign_id": pk,
        "asked": coverage.asked,
        "included": coverage.included,
        **lists,
        "groups": groups,
    }


@reads(
    router,
    "campaigns/{int:pk}/figures",
    gives=Page[FigureItem],
    summary="Свод: итоги",
    name="campaign-figures",
)
def campaign_figures(
    request: HttpRequest,
    pk: int,
    group: Group = ALL,
    with_submitted: WithSubmitted = False,
    limit: Limit = 100,
    cursor: Cursor = "",
) -> Any:
    """Итоги по ячейкам формы в её порядке. Если свод изменился между страницами, ответ 409."""
    campaign = own_campaign(request, pk)
    summary = summary_of(campaign, key=group, with_submitted=with_submitted)
    if summary is None:
        raise Refusal(422, "Запрос не понят: проверьте параметры.", {"group": "Такой группы в своде нет."})
    journal_export(request, cursor, subject=campaign)
    compiled = compiled_for(campaign.version_id)
    titles = titles_of(compiled)
    cells = [cell for cell in compiled.cells.values() if is_summed(cell)]

    def shown(cell: Cell) -> dict[str, Any]:
        return figure_item(cell, titles.get(cell.address, cell.title), summary)

    return page_of_list(request, cells, shown, limit=limit, cursor=cursor, mark=campaign.revision)


def is_summed(cell: Cell) -> bool:
    """Numbers and counted answers; texts are read from the responses."""
    return not cell.is_x and (cell.is_number or cell.type in COUNTED_TYPES)


def figure_item(cell: Cell, title: str, summary: Summary) -> dict[str, Any]:
    value = summary.values.get(cell.address)
    return {
        "address": cell.address,
        "title": title,
        "unit": cell.unit.name if cell.unit else "",
        "value": None if value is None else f"{value:f}",
        "filled": summary.filled.get(cell.address, 0) if cell.is_number else None,
        "answers": summary.answers.get(cell.address, {}),
    }
