"""Length of service at any date, counted by the database: one rule for a card, a list and the city.

What a paper states on a day (`Person.experience_on`) is taken as it is; days of work after it are added, for
an earlier day the days of work between are taken away. Overlapping employments count once; days are calendar
days. The answer is the conditional start of the service: the day from which an unbroken service would be as
long. From 01.09.2023 to 31.08.2026 are exactly three years.
"""

import datetime
from dataclasses import dataclass

from django.db import connection

from apps.core.experience import Length, length_of

ONE_DAY = datetime.timedelta(days=1)

# Materialized: where the statistics of the tables are old (a table just loaded) a part that is not would be
# counted anew for each person.
# Gives (person_id, total_days, pedagogical_days) for persons of the table `chosen` (id) on %(day)s.
SERVICE = """
worked AS MATERIALIZED (
    SELECT e.person_id,
           range_agg(daterange(e.started_on, COALESCE(e.ended_on, 'infinity'), '[]')) AS every,
           range_agg(daterange(e.started_on, COALESCE(e.ended_on, 'infinity'), '[]'))
               FILTER (WHERE p.counts_as_pedagogical) AS taught
    FROM teachers_employment e
    JOIN teachers_position p ON p.id = e.position_id
    JOIN chosen ON chosen.id = e.person_id
    GROUP BY e.person_id
),
windows AS (
    SELECT person.id,
           person.experience_on IS NOT NULL OR worked.person_id IS NOT NULL AS is_known,
           COALESCE(person.total_experience_days, 0) AS total_stated,
           COALESCE(person.pedagogical_experience_days, 0) AS taught_stated,
           CASE WHEN person.experience_on > %(day)s THEN -1 ELSE 1 END AS sign,
           CASE
               WHEN person.experience_on IS NULL THEN datemultirange(daterange(NULL, %(day)s, '[]'))
               WHEN person.experience_on > %(day)s
                   THEN datemultirange(daterange(%(day)s, person.experience_on, '(]'))
               ELSE datemultirange(daterange(person.experience_on, %(day)s, '(]'))
           END AS span,
           worked.every,
           worked.taught
    FROM teachers_person person
    JOIN chosen ON chosen.id = person.id
    LEFT JOIN worked ON worked.person_id = person.id
),
service AS MATERIALIZED (
    SELECT id AS person_id,
           is_known,
           GREATEST(total_stated + sign * COALESCE((
               SELECT sum(upper(part) - lower(part)) FROM unnest(every * span) AS part), 0), 0) AS total_days,
           GREATEST(taught_stated + sign * COALESCE((
               SELECT sum(upper(part) - lower(part)) FROM unnest(taught * span) AS part), 0), 0)
               AS pedagogical_days
    FROM windows
)
"""


@dataclass(frozen=True)
class Service:
    """The conditional starts of the whole and of the pedagogical service, and the lengths on the day."""

    total: Length | None
    pedagogical: Length | None


def service_on(person_id: int, day: datetime.date) -> Service:
    """The service of one person on the day, both None when nothing is known of it."""
    query = f"WITH chosen AS (SELECT %(person)s::bigint AS id), {SERVICE} SELECT * FROM service"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, {"person": person_id, "day": day})
        row = cursor.fetchone()
    if row is None or not row[1]:
        return Service(None, None)
    return Service(length_in_days(row[2], day), length_in_days(row[3], day))


def length_in_days(days: int, day: datetime.date) -> Length:
    """Calendar years, months and days of a service of so many days that ends with the day."""
    return length_of(day + ONE_DAY - datetime.timedelta(days=int(days)), day) if days else Length()


def days_of(length: Length, day: datetime.date) -> int:
    """How many days a service that a paper states as the length on the day has: `length_in_days` undone.

    A length no service of that day can have («1 month 30 days» at the end of February) becomes the next one.
    """
    if length == Length():
        return 0
    least = length.years * 365 + length.months * 28 + length.days
    longest = length.years * 366 + length.months * 31 + length.days
    return next(
        (days for days in range(max(least, 1), longest + 1) if length_in_days(days, day) >= length), longest
    )
