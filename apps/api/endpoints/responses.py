from typing import Annotated, Any

from django.db.models import F, Prefetch
from django.http import HttpRequest
from ninja import Query, Router

from apps.accounts.models import User
from apps.api.cursors import page_of_list, page_of_rows
from apps.api.endpoints.common import Cursor, Limit, journal_export, number, reads
from apps.api.permissions import can_list_responses
from apps.api.schemas import AnswerItem, Page, ResponseItem
from apps.core.access import found, require
from apps.core.roles import reads_city
from apps.monitoring.compiled import compiled_of
from apps.monitoring.enums import ResponseState
from apps.monitoring.grids import titles_of
from apps.monitoring.models import Campaign, Response

router = Router(tags=["Отчёты организаций"])
# A page with values ends early after so many cells, so that an answer stays of a size a program can take.
MOST_CELLS = 100_000
NAMES = ["campaign_id", "organization_id", "state", "is_overdue", "due_at", "opened_at", "saved_at"]
NAMES += ["submitted_at", "accepted_at", "filled"]
# What those fields and the words beside them are made of.
COLUMNS = ["campaign_id", "organization_id", "state", "is_late", "extended_due_at", "opened_at", "saved_at"]
COLUMNS += ["submitted_at", "submitted_by_id", "accepted_at", "filled"]
Values = Annotated[
    bool, Query(description="Вместе со значениями ячеек; страница тогда может быть короче limit")
]


def rows(user: Any) -> Any:
    """Responses the user sees, without the heavy columns."""
    light = Response.objects.visible_to(user).only(*COLUMNS)
    return light.annotate(organization_name=F("organization__short_name"))


def beside(user: Any) -> list[Prefetch]:
    """What a thousand rows name few of: asked for once each, not joined to every row.

    Who has sent a response is the department's to know.
    """
    campaigns = Campaign.objects.only("title", "version_id", "period_kind", "period_start", "due_at")
    senders = User.objects.only("last_name", "first_name", "middle_name", "username")
    named: list[Prefetch] = [Prefetch("campaign", campaigns)]
    if reads_city(user):
        named.append(Prefetch("submitted_by", senders))
    return named


def own_response(user: Any, pk: int) -> Any:
    return found(rows(user).prefetch_related(*beside(user)), pk=pk)


def item(one: Any, *, to: Any, values: bool) -> dict[str, Any]:
    """The document of a response; fields that are not for the role, or were not asked for, are absent."""
    document = {name: getattr(one, name) for name in NAMES}
    document |= {
        "id": one.pk,
        "campaign_title": one.campaign.title,
        "version_id": one.campaign.version_id,
        "period_title": one.campaign.period_title,
        "organization": one.organization_name,
        "state_title": one.state_member.label,
    }
    if reads_city(to):
        document["submitted_by"] = str(one.submitted_by) if one.submitted_by else None
    if values:
        document["values"] = one.values
    return document


@reads(
    router, "responses", gives=Page[ResponseItem], summary="Список отчётов организаций", name="response-list"
)
def response_list(
    request: HttpRequest,
    campaign: Annotated[int | None, number("Только отчёты этого мониторинга")] = None,
    organization: Annotated[int | None, number("Только отчёты этой организации")] = None,
    state: Annotated[ResponseState | None, Query(description="Только в этом состоянии")] = None,
    values: Values = False,
    limit: Limit = 100,
    cursor: Cursor = "",
) -> Any:
    """Отчёты, которые вы видите на портале: департамент — все, ответственный — своей организации."""
    user = request.user
    require(can_list_responses(user))
    journal_export(request, cursor, title="Отчёты организаций")
    chosen = {"campaign_id": campaign, "organization_id": organization, "state": state}
    listed = rows(user).filter(**{name: value for name, value in chosen.items() if value is not None})

    def shown(one: Response) -> dict[str, Any]:
        return item(one, to=user, values=values)

    return page_of_rows(
        request,
        listed.only(*COLUMNS, "values") if values else listed,
        shown,
        limit=limit,
        cursor=cursor,
        beside=beside(user),
        weight=cells_in if values else None,
        heaviest=MOST_CELLS,
    )


def cells_in(one: Response) -> int:
    return len(one.values)


@reads(router, "responses/{int:pk}", gives=ResponseItem, summary="Один отчёт", name="response-detail")
def response_detail(request: HttpRequest, pk: int, values: Values = False) -> Any:
    """Отчёт организации; со значениями — если запрошено values=true."""
    return item(own_response(request.user, pk), to=request.user, values=values)


@reads(
    router,
    "responses/{int:pk}/cells",
    gives=Page[AnswerItem],
    summary="Значения отчёта",
    name="response-cells",
)
def response_cells(request: HttpRequest, pk: int, limit: Limit = 100, cursor: Cursor = "") -> Any:
    """Ячейки отчёта в порядке формы, с названиями показателей; за ними строки открытых таблиц."""
    response = own_response(request.user, pk)
    compiled = compiled_of(response)
    hidden = compiled.hidden(response.values)
    titles = titles_of(compiled)
    fixed = [at for at, cell in compiled.cells.items() if not cell.is_x and at not in hidden]
    added = sorted(at for at in response.values if at not in compiled.cells and compiled.cell(at))
    mark = response.saved_at.isoformat() if response.saved_at else ""

    def shown(address: str) -> dict[str, Any]:
        cell = compiled.cell(address)
        assert cell is not None
        value = response.values.get(address) or None
        return {
            "address": address,
            "title": titles.get(address, cell.title),
            "type": cell.type,
            "unit": cell.unit.name if cell.unit else "",
            "value": value,
            "text": compiled.format_value(address, value) if value else "",
        }

    return page_of_list(request, [*fixed, *added], shown, limit=limit, cursor=cursor, mark=mark)
