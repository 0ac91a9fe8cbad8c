"""How the figures of each form are roughly drawn, before `repair` makes them obey the relations.

A sketch takes the size of the organisation, its chance for this form (the same in every round, so that
figures drift instead of jumping), the chance of this year alone, and its values of the round before; it gives
address → stored value.
"""

from collections.abc import Callable, Mapping
from random import Random

from apps.portal.demo.size import Size
from apps.portal.demo.sketches import cpd, ict, library, needs, oo2

Sketch = Callable[[Size, Random, Random, Mapping[str, str] | None], dict[str, str]]

SKETCHES: dict[str, Sketch] = {
    "library": library.sketch,
    "ict": ict.sketch,
    "cpd": cpd.sketch,
    "needs": needs.sketch,
    "oo2": oo2.sketch,
}
