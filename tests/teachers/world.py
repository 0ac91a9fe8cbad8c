"""The people of the world that the walk goes over: of each school, with the summary rows of the lists."""

import datetime
from typing import Any

from apps.teachers.actions import refresh
from apps.teachers.models import SavedFilter
from tests.teachers.factories import EmploymentFactory, PersonFactory, subject

D = datetime.date


def add_teachers(world: Any) -> None:
    """The words of the addresses; the first person is school A's, the second school B's."""
    one = PersonFactory(last_name="Кедрова", phone="+79990000001", email="kedrova@school.example")
    other = PersonFactory(last_name="Лиственная")
    for person, school in ((one, world.school_a), (other, world.school_b)):
        EmploymentFactory(person=person, organization=school, subject=subject())
    refresh()
    saved = SavedFilter.objects.create(user=world.users["methodist"], name="Молодые", query="young=age")
    world.at |= {"person": one.pk, "saved filter": saved.pk}
    world.foreign |= {"person": other.pk}
