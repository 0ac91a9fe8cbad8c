"""Young teachers at a date (statute 3.1.7): by the age that `YoungRule` sets."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet

from apps.teachers.enums import LEADING, EmploymentForm, PositionGroup
from apps.teachers.models import Employment, Mentorship, Person
from apps.teachers.queries import young_by_age

TEACHING = sorted({PositionGroup.PEDAGOGICAL, *LEADING})


def teachers_on(day: datetime.date) -> QuerySet[Person]:
    """Persons with a pedagogical or leading post in force on the day; external part-timers are not."""
    posts = Employment.objects.on(day).filter(position__group__in=TEACHING, person=OuterRef("pk"))
    return Person.objects.filter(Exists(posts.exclude(form=EmploymentForm.EXTERNAL)))


def young_on(day: datetime.date) -> QuerySet[Person]:
    """Teachers of the day who are young by age. Whoever reads it narrows it by `visible_to`."""
    return teachers_on(day).filter(young_by_age(day))


def with_mentor_on(day: datetime.date) -> QuerySet[Person]:
    """Those of them who are guided by a mentor on the day."""
    return young_on(day).filter(Exists(Mentorship.objects.on(day).filter(mentee=OuterRef("pk"))))
