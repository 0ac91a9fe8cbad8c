"""Questions about organisations."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from apps.core.columns import russian_order
from apps.core.magadan import magadan_today
from apps.core.registry import SearchHit
from apps.organizations.models import Contingent, Department, Organization

SEARCHED = ("short_name", "full_name", "inn", "address", "legal_address", "district")
MOST_WORDS = 10


def with_contingent(organizations: QuerySet[Organization]) -> QuerySet[Organization]:
    """Each organisation with `pupils` and `groups` of the last school year that has been entered."""
    last = Contingent.objects.filter(organization=OuterRef("pk")).order_by("-school_year")
    return organizations.annotate(
        pupils=Subquery(last.values("pupils")[:1]), groups=Subquery(last.values("groups")[:1])
    )


def organizations_like(user: Any, query: str) -> QuerySet[Organization]:
    """What the user may see with every word of the query in it, without regard to case and «ё»."""
    folded = {f"_in_{number}": russian_order(path) for number, path in enumerate(SEARCHED)}
    rows = Organization.objects.visible_to(user).alias(**folded)
    for word in query.lower().replace("ё", "е").split()[:MOST_WORDS]:
        condition = Q()
        for name in folded:
            condition |= Q(**{f"{name}__contains": word})
        rows = rows.filter(condition)
    return rows.order_by(russian_order("short_name"), "pk")


def search_hits(user: Any, query: str, limit: int) -> list[SearchHit]:
    """Organisations for the search over everything."""
    return [
        SearchHit(
            title=one.short_name,
            url=one.get_absolute_url(),
            kind="организация",
            snippet=one.full_name if one.full_name != one.short_name else one.address,
        )
        for one in organizations_like(user, query)[:limit]
    ]


def contingents_of(user: Any, organization: Organization) -> QuerySet[Contingent]:
    """By school years, the last one first."""
    return Contingent.objects.visible_to(user).filter(organization=organization).order_by("-school_year")


def active_count(user: Any) -> int:
    """Working organisations the user sees, without their branches."""
    return (
        Organization.objects.visible_to(user)
        .heads()
        .active_on(magadan_today())
        .filter(status="active")
        .count()
    )


def department() -> Department | None:
    """The one row, None before the first start is finished."""
    return Department.objects.filter(pk=1).first()


def department_short_name() -> str:
    """For the sign on every page; empty before the first start is finished."""
    return Department.objects.filter(pk=1).values_list("short_name", flat=True).first() or ""
