"""Lines of the triggers: a change the database refuses, and its legal neighbour."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from apps.monitoring.models import FormVersion
from apps.office.models import Order, StaffingEdition, StaffingLine
from apps.planning.models import Edition
from tests.constraints import monitoring, office, planning
from tests.office.factories import PositionFactory

Change = Callable[[], Any]


def version_changes() -> tuple[Change, Change]:
    rows = FormVersion.objects.filter(pk=monitoring.published(**monitoring.version_given()).pk)
    return partial(rows.update, definition={"title": "Иное"}), partial(rows.update, note="Пояснение")


def version_deleted() -> tuple[Change, Change]:
    published = monitoring.published(**monitoring.version_given())
    draft = FormVersion.objects.create(**monitoring.version_given(published.form) | {"number": 2})
    return published.delete, draft.delete


def edition_changes() -> tuple[Change, Change]:
    frozen = StaffingEdition.objects.create(number=701, **office.approved())
    draft = StaffingEdition.objects.create(number=702, in_force_from=office.SECOND)
    return frozen.delete, draft.delete


def lines_change() -> tuple[Change, Change]:
    line = StaffingLine.objects.create(**office.line_given())
    frozen = StaffingEdition.objects.create(number=702, **office.approved())
    added = {"position": PositionFactory(), "units": Decimal(1)}
    return (
        partial(StaffingLine.objects.create, edition=frozen, **added),
        partial(StaffingLine.objects.create, edition=line.edition, **added),
    )


def order_changes() -> tuple[Change, Change]:
    rows = Order.objects.filter(pk=Order.objects.create(**office.recorded()).pk)
    return partial(rows.update, body="Иное"), partial(rows.update, ended_early_on=office.SECOND)


def order_deleted() -> tuple[Change, Change]:
    recorded = Order.objects.create(**office.recorded())
    return recorded.delete, Order.objects.create(**office.order_given()).delete


def plan_text_changes() -> tuple[Change, Change]:
    rows = Edition.objects.filter(pk=Edition.objects.create(**planning.edition_given()).pk)
    return partial(rows.update, content={"title": "Иное"}), partial(rows.update, comment="Замечание")


LINES: dict[str, Callable[[], tuple[Change, Change]]] = {
    "monitoring.FormVersion.published_never_changes": version_changes,
    "monitoring.FormVersion.published_never_deleted": version_deleted,
    "office.StaffingEdition.approved_never_changes": edition_changes,
    "office.StaffingLine.approved_lines_never_change": lines_change,
    "office.Order.recorded_never_changes": order_changes,
    "office.Order.recorded_never_deleted": order_deleted,
    "planning.Edition.edition_text_is_frozen": plan_text_changes,
}
