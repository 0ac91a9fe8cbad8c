from typing import Any

from django.http import HttpRequest
from ninja import Router

from apps.api.cursors import page_of_rows
from apps.api.endpoints.common import Cursor, Limit, reads
from apps.api.schemas import OrganizationItem, Page
from apps.core.access import found, require
from apps.organizations.models import Organization
from apps.organizations.permissions import can_see_list
from apps.organizations.queries import with_contingent

router = Router(tags=["Организации"])


def item(one: Any) -> dict[str, Any]:
    """A line of the directory; names and telephones of persons are not part of it."""
    return {
        "id": one.pk,
        "short_name": one.short_name,
        "full_name": one.full_name,
        "kind": one.kind,
        "kind_title": one.get_kind_display(),
        "type": one.type,
        "type_title": one.get_type_display(),
        "levels": one.levels,
        "parent_id": one.parent_id,
        "inn": one.inn,
        "kpp": one.kpp,
        "ogrn": one.ogrn,
        "address": one.address,
        "district": one.district,
        "site": one.site,
        "status": one.status,
        "status_title": one.get_status_display(),
        "opened_on": one.opened_on,
        "closed_on": one.closed_on,
        "pupils": one.pupils,
        "groups": one.groups,
    }


def rows(user: Any) -> Any:
    return with_contingent(Organization.objects.visible_to(user))


@reads(
    router,
    "organizations",
    gives=Page[OrganizationItem],
    summary="Список организаций",
    name="organization-list",
)
def organization_list(request: HttpRequest, limit: Limit = 100, cursor: Cursor = "") -> Any:
    """Организации, которые вы видите на портале: справочник для номеров в отчётах."""
    require(can_see_list(request.user))
    return page_of_rows(request, rows(request.user), item, limit=limit, cursor=cursor)


@reads(
    router,
    "organizations/{int:pk}",
    gives=OrganizationItem,
    summary="Одна организация",
    name="organization-detail",
)
def organization_detail(request: HttpRequest, pk: int) -> Any:
    """Сведения об организации по её номеру."""
    return item(found(rows(request.user), pk=pk))
