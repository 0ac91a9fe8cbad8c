"""Cards entered twice for the walk, and a merge that may be taken back."""

import datetime
from typing import Any

from apps.teachers import actions
from tests.teachers.factories import employed

D = datetime.date
TWICE = {
    "last_name": "Двойникова",
    "first_name": "Анна",
    "middle_name": "Павловна",
    "birth_on": D(1980, 4, 2),
}


def add_personal(world: Any) -> None:
    """Fills the words of the addresses; the methodist has merged two cards of the school."""
    school, methodist = world.school_a, world.users["methodist"]
    first, second = employed(school, **TWICE), employed(school, **TWICE)
    kept, gone = (employed(school, **(TWICE | {"last_name": "Слитная"})) for _ in range(2))
    merge = actions.merge(by=methodist, kept=kept, gone=gone)
    world.at |= {
        "first double": first.pk,
        "second double": second.pk,
        "merge": merge.pk,
        "leaving person": employed(school, last_name="Уходящая").pk,
    }
