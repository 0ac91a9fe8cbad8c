"""What the approver reads before he decides."""

from dataclasses import dataclass
from typing import Any

from apps.planning.content import Change, Item, differences
from apps.planning.enums import EditionState
from apps.planning.models import Edition, Plan
from apps.planning.printing.plans import COLUMNS, item_cells, numbered_items, preface_of
from apps.planning.queries import approved_edition, waiting_edition

# On the screen of the approver nothing is done yet: no column of marks.
SHOWN = [place for place, (title, _) in enumerate(COLUMNS) if title != "Отметка о выполнении"]


@dataclass(frozen=True)
class Review:
    """The waiting text; `changes` lead to it from the text in force, `corrections` from the one that was
    returned last."""

    edition: Edition
    approved: Edition | None
    changes: list[Change]
    returned: Edition | None
    corrections: list[Change]

    @property
    def preface(self) -> list[tuple[str, list[str]]]:
        return [(title, lines) for title, lines, _ in preface_of(self.edition.content)]

    @property
    def columns(self) -> list[str]:
        return [COLUMNS[place][0] for place in SHOWN]

    @property
    def sections(self) -> list[tuple[str, list[list[str]]]]:
        """(title, rows of texts) in the order of print."""
        return [
            (title, [_cells(number, one) for number, one in items])
            for title, items in numbered_items(self.edition.content)
        ]


def review_of(plan: Plan) -> Review | None:
    """None while nothing of the plan waits. Three queries."""
    edition = waiting_edition(plan)
    if edition is None:
        return None
    edition.plan = plan
    approved, returned = approved_edition(plan), _returned_before(edition)
    return Review(
        edition,
        approved,
        differences(approved.content, edition.content) if approved else [],
        returned,
        differences(returned.content, edition.content) if returned else [],
    )


def _returned_before(edition: Edition) -> Edition | None:
    """The text that the approver sent back just before, when it is the same matter."""
    before = Edition.objects.filter(plan=edition.plan_id, pk__lt=edition.pk).order_by("-pk").first()
    same = before is not None and before.amendment_id == edition.amendment_id
    return before if before is not None and same and before.state == EditionState.RETURNED else None


def _cells(number: str, item: Item) -> list[Any]:
    cells = item_cells(number, item)
    return [cells[place] for place in SHOWN]
