"""What stands in the column of execution."""

from collections import defaultdict
from collections.abc import Iterable

from apps.core.russian import date_short
from apps.planning.enums import Mark
from apps.planning.models import Holding, Plan


def marks_of(plan: Plan) -> dict[int, str]:
    """Number of the event → «15.10.2026, 28 чел., протокол № 3». One query."""
    rows: dict[int, list[Holding]] = defaultdict(list)
    for one in Holding.objects.filter(item__plan=plan).standing().order_by("starts_on", "pk"):
        rows[one.item_id].append(one)
    return {item: mark_of(found) for item, found in rows.items()}


def mark_of(rows: list[Holding]) -> str:
    """Everything about an only holding; of several how many are done, each move and each cancellation."""
    told = [text for text in map(holding_mark, rows) if text]
    if len(rows) == 1:
        return told[0] if told else ""
    done = sum(one.state == Mark.DONE for one in rows)
    others = [holding_mark(one) for one in rows if one.state in (Mark.MOVED, Mark.CANCELLED)]
    return "; ".join([f"выполнено {done} из {len(rows)}", *others]) if told else ""


def holding_mark(holding: Holding) -> str:
    """Nothing while the holding is planned as it was."""
    match holding.state:
        case Mark.DONE:
            return _joined(_done(holding))
        case Mark.MOVED:
            return (
                f"перенесено с {date_short(holding.planned_first)} на {holding.term_text}: {holding.reason}"
            )
        case Mark.CANCELLED:
            return f"снято ({date_short(holding.planned_first)}): {holding.reason}"
    return ""


def _done(holding: Holding) -> Iterable[str]:
    yield date_short(holding.done_on)
    if holding.actual_count is not None:
        yield f"{holding.actual_count}\u00a0чел."
    yield holding.document


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)
