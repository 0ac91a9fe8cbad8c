"""Every pair of state and transition: allowed to where, or refused."""

import pytest

from apps.core.access import Conflict
from apps.planning.enums import AmendmentState, EditionState, Mark, PlanState
from apps.planning.states import AMENDMENT, EDITION, HOLDING, PLAN

ALLOWED = {
    PLAN: {
        ("draft", "send"): "on_approval",
        ("on_approval", "return"): "draft",
        ("on_approval", "approve"): "approved",
        ("approved", "close"): "closed",
    },
    AMENDMENT: {
        ("draft", "send"): "on_approval",
        ("draft", "drop"): "dropped",
        ("on_approval", "return"): "draft",
        ("on_approval", "approve"): "approved",
    },
    EDITION: {("waiting", "return"): "returned", ("waiting", "approve"): "approved"},
    HOLDING: {
        ("planned", "complete"): "done",
        ("moved", "complete"): "done",
        ("planned", "move"): "moved",
        ("moved", "move"): "moved",
        ("planned", "cancel"): "cancelled",
        ("moved", "cancel"): "cancelled",
        ("moved", "reopen"): "planned",
        ("done", "reopen"): "planned",
        ("cancelled", "reopen"): "planned",
        ("done", "reopen_moved"): "moved",
        ("cancelled", "reopen_moved"): "moved",
    },
}
STATES = {PLAN: PlanState, AMENDMENT: AmendmentState, EDITION: EditionState, HOLDING: Mark}
PAIRS = [
    (table, state, name) for table in ALLOWED for state in STATES[table].values for name in table.transitions
]


@pytest.mark.parametrize(("table", "state", "name"), PAIRS)
def test_every_state_and_transition(table, state, name):
    target = ALLOWED[table].get((state, name))
    if target is None:
        with pytest.raises(Conflict, match="невозможно"):
            table.check(state, name, "Причина")
    else:
        assert table.check(state, name, "Причина").target == target


def test_returns_moves_and_cancellations_need_a_reason():
    asked = {
        (table.states.__name__, name)
        for table in ALLOWED
        for name, one in table.transitions.items()
        if one.comment_required
    }
    assert asked == {
        ("PlanState", "return"),
        ("AmendmentState", "return"),
        ("EditionState", "return"),
        ("Mark", "move"),
        ("Mark", "cancel"),
        ("Mark", "reopen"),
        ("Mark", "reopen_moved"),
    }
