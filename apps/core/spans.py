"""Ranges for constraints that forbid overlaps; without extensions of the database."""

from django.contrib.postgres.fields.ranges import BigIntegerRangeField, DateRangeField
from django.db.models import F, Func, Value
from django.db.models.functions import Least


class DateSpan(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class NumberSpan(Func):
    """The key of another row as a range of one number: it overlaps itself alone."""

    function = "INT8RANGE"
    output_field = BigIntegerRangeField()


def days(first: str, last: str) -> DateSpan:
    """Both days included; an absent last day means «until further notice».

    Dates the wrong way round are told by a constraint of their own; here they must only make no error.
    """
    return DateSpan(Least(F(first), F(last)), F(last), Value("[]"))


def same(name: str) -> NumberSpan:
    return NumberSpan(F(name), F(name), Value("[]"))
