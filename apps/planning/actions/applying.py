"""An approved amendment takes effect: its lines become rows of the plan, all together."""

from typing import Any

from apps.accounts.models import User
from apps.core import journal
from apps.core.enums import Verb
from apps.planning.actions.plans import (
    check_values,
    place_last,
    put_values,
    regenerate_holdings,
    remove_row,
    write_co_executors,
)
from apps.planning.content import Content, content_of, in_order, item_content
from apps.planning.enums import LineKind
from apps.planning.models import Amendment, AmendmentLine, PlanItem


def apply_lines(amendment: Amendment, *, by: Any) -> None:
    """Writes the lines into the plan. Call it inside the transaction of the approval."""
    lines = amendment.lines.select_related("item")
    for line in lines:
        if line.kind == LineKind.REMOVE and line.item is not None:
            remove_row(line.item)
        else:
            _write(line, amendment)
    amendment.plan.revision += 1
    amendment.plan.save(update_fields=["revision"])
    journal.record(by=by, verb=Verb.CHANGED, subject=amendment.plan, note="поправка вступила в силу")


def _write(line: AmendmentLine, amendment: Amendment) -> None:
    item, values = changed_item(line, amendment)
    check_values(item, {})
    item.save(force_insert=line.kind == LineKind.ADD)
    write_co_executors(item, values)
    regenerate_holdings(item)


def changed_item(line: AmendmentLine, amendment: Amendment) -> tuple[PlanItem, dict[str, Any]]:
    """The event as the line makes it, not saved, and the values by field. An added one has its number
    already (`id` of the values), so that approved texts know it by the same."""
    values = {name: value for name, value in line.values.items() if name != "id"}
    # An added event alone has no row yet (constraint `amendment_line_knows_item`).
    item = line.item or PlanItem(pk=line.values["id"])
    item.plan = amendment.plan
    section = item.section
    put_values(item, values)
    item.clean_fields(exclude=["plan"])
    if item.section != section and "order" not in values:
        place_last(item)
    return item, values


def amended_content(amendment: Amendment) -> Content:
    """The whole text of the plan with the amendment's lines in it; the table of events is not touched."""
    plan = amendment.plan
    content = content_of(plan)
    items = {one["id"]: one for one in content["items"]}
    for line in amendment.lines.select_related("item__responsible", "item__programme"):
        if line.kind == LineKind.REMOVE:
            items.pop(line.item_id, None)
            continue
        item, values = changed_item(line, amendment)
        check_values(item, {})
        items[item.pk] = item_content(item, _co_executors(item, values))
    return {**content, "items": in_order(items.values())}


def _co_executors(item: PlanItem, values: dict[str, Any]) -> Any:
    if "co_executors" not in values:
        return item.co_executors.all()
    return User.objects.filter(pk__in=set(values["co_executors"]) - {item.responsible_id})
