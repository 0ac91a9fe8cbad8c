"""Coverage of professional development at a date (273-ФЗ ст. 47 ч. 5 п. 2), counted by the database.

Everything rests on one table of the day, a row for each person in each of his organisations, from the post
that decides there. Figures, cuts and lists are read from it, so that they can't disagree. In the city a
person counts once, by the same order of posts; in the cut by organisations he counts in each that employs
him, so that the sum of that cut may be greater than the city.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import connection

from apps.core.calendar import months_later
from apps.core.russian import ratio
from apps.teachers.enums import LEADING, EducationDegree
from apps.teachers.experience import SERVICE
from apps.teachers.models import CoverageRule

# Months ahead that the forecast looks to.
HORIZONS = (6, 12, 24)
DIPLOMAS = sorted(set(EducationDegree) - {EducationDegree.GENERAL})
# Upper ends of the bands of pedagogical service, in full years.
BANDS = (3, 5, 10, 15, 20)


class Cut(StrEnum):
    """What the coverage may be laid out by."""

    WHOLE = "whole"
    LEADING = "leading"
    ORGANIZATION = "organization"
    KIND = "kind"
    POSITION = "position"
    SUBJECT = "subject"
    SERVICE = "service"


class Group(StrEnum):
    """Whom a list behind a figure names."""

    MUST = "must"
    TRAINED = "trained"
    UNTRAINED = "untrained"
    IN_YEAR = "in_year"
    SOON = "soon"
    EXTERNAL = "external"
    ON_LEAVE = "on_leave"


@dataclass(frozen=True)
class Coverage:
    """Persons: within the scope, trained in the period, trained in the calendar year of the day.

    `lost`: of the trained, whose training will be too old after 6, 12 and 24 months. `external` and
    `on_leave` are left out of the scope and shown apart.
    """

    key: str
    must: int
    trained: int
    in_year: int
    lost: tuple[int, int, int]
    external: int
    on_leave: int

    @property
    def untrained(self) -> int:
        """Those who are to be sent to a course."""
        return self.must - self.trained

    @property
    def share(self) -> Decimal | None:
        """Percent of those within the scope; None where there is nobody."""
        return ratio(self.trained, self.must)

    @property
    def year_share(self) -> Decimal | None:
        return ratio(self.in_year, self.must)

    @property
    def ahead(self) -> tuple[int, ...]:
        """How many will have to be trained within 6, 12 and 24 months."""
        return tuple(self.untrained + lost for lost in self.lost)


_STAFF = """
posts AS (
    SELECT e.id, e.person_id, e.organization_id, e.position_id, e.subject_id, e.started_on,
           p."group" = ANY(%(leading)s) AS is_leading,
           e.form = 'main' AS is_main,
           e.form = 'external' AND NOT %(counts_external)s AS is_external,
           l.id IS NOT NULL AND NOT %(counts_on_leave)s AS is_on_leave
    FROM teachers_employment e
    JOIN teachers_position p ON p.id = e.position_id AND p.in_coverage
    LEFT JOIN teachers_leave l ON l.employment_id = e.id AND l.started_on <= %(day)s
         AND (l.ended_on IS NULL OR l.ended_on >= %(day)s)
    WHERE e.started_on <= %(day)s AND (e.ended_on IS NULL OR e.ended_on >= %(day)s)
      AND (%(organizations)s::bigint[] IS NULL OR e.organization_id = ANY(%(organizations)s))
),
staff AS MATERIALIZED (
    SELECT DISTINCT ON ({of}) *, NOT (is_external OR is_on_leave) AS is_in_scope
    FROM posts
    ORDER BY {of}, is_external, is_on_leave, is_leading DESC, is_main DESC, started_on, id
)"""
_EACH_ORGANIZATION = "person_id, organization_id"
_WHOLE_CITY = "person_id"

_TRAINED = """
trained AS MATERIALIZED (
    SELECT person_id, max(proven_on) AS last_on
    FROM (
        SELECT person_id, {date} AS proven_on
        FROM teachers_training
        WHERE is_counted AND {date} > %(since)s AND {date} <= %(day)s
        UNION ALL
        SELECT person_id, issued_on
        FROM teachers_education
        WHERE %(counts_diploma)s AND degree = ANY(%(diplomas)s)
          AND issued_on > %(since)s AND issued_on <= %(day)s
    ) AS proof
    GROUP BY person_id
)"""

_FIGURES = """
SELECT {key} AS key,
       count(*) FILTER (WHERE is_in_scope),
       count(*) FILTER (WHERE is_in_scope AND last_on IS NOT NULL),
       count(*) FILTER (WHERE is_in_scope AND last_on >= %(year)s),
       count(*) FILTER (WHERE is_in_scope AND last_on <= %(lost_6)s),
       count(*) FILTER (WHERE is_in_scope AND last_on <= %(lost_12)s),
       count(*) FILTER (WHERE is_in_scope AND last_on <= %(lost_24)s),
       count(*) FILTER (WHERE is_external),
       count(*) FILTER (WHERE is_on_leave AND NOT is_external)
FROM staff
LEFT JOIN trained USING (person_id)
{joined}
GROUP BY 1
ORDER BY 1
"""

_KEYS = {
    Cut.WHOLE: "''",
    Cut.LEADING: "is_leading::text",
    Cut.ORGANIZATION: "staff.organization_id::text",
    Cut.KIND: "o.kind",
    Cut.POSITION: "staff.position_id::text",
    Cut.SUBJECT: "COALESCE(staff.subject_id::text, '')",
    Cut.SERVICE: "CASE {bands} END",
}
_ORGANIZATIONS = "JOIN organizations_organization o ON o.id = staff.organization_id"
_CHOSEN = "chosen AS (SELECT DISTINCT person_id AS id FROM staff)"

_GROUPS = {
    Group.MUST: "is_in_scope",
    Group.TRAINED: "is_in_scope AND last_on IS NOT NULL",
    Group.UNTRAINED: "is_in_scope AND last_on IS NULL",
    Group.IN_YEAR: "is_in_scope AND last_on >= %(year)s",
    Group.SOON: "is_in_scope AND last_on <= %(lost_6)s",
    Group.EXTERNAL: "is_external",
    Group.ON_LEAVE: "is_on_leave AND NOT is_external",
}


def coverage_by(cut: Cut, day: datetime.date, organizations: Collection[int] | None = None) -> list[Coverage]:
    """The coverage on the day laid out by the cut, of all organisations or of these.

    Keys: of an organisation, a position, a subject their numbers («» without a subject), of a kind its code,
    «true» and «false» for leading ones and teachers, of service the number of the band in `BANDS`, «» when
    the service is not known.
    """
    query = _query(cut, rule_on(day))
    with connection.cursor() as cursor:
        cursor.execute(query, _given(day, rule_on(day), organizations))
        return [_line(row) for row in cursor.fetchall()]


def coverage_on(day: datetime.date, organizations: Collection[int] | None = None) -> Coverage:
    """The coverage of the city on the day, or of these organisations together; each person once."""
    found = coverage_by(Cut.WHOLE, day, organizations)
    return found[0] if found else Coverage("", 0, 0, 0, (0, 0, 0), 0, 0)


def persons_in(
    group: Group,
    day: datetime.date,
    organizations: Collection[int] | None = None,
    *,
    cut: Cut = Cut.WHOLE,
    key: str = "",
) -> dict[int, datetime.date | None]:
    """The list behind a figure: number of the person → when he was last trained within the period.

    With a cut, those of the line with the key. Whoever reads it narrows it by `visible_to`.
    """
    rule = rule_on(day)
    narrowed = f"AND {_key(cut)} = %(key)s" if cut is not Cut.WHOLE else ""
    query = f"""
    WITH {", ".join(_tables(cut, rule))}
    SELECT DISTINCT ON (person_id) person_id, last_on
    FROM staff LEFT JOIN trained USING (person_id) {_joined(cut)}
    WHERE {_GROUPS[group]} {narrowed}
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, _given(day, rule, organizations) | {"key": key})
        return dict(cursor.fetchall())


def rule_on(day: datetime.date) -> CoverageRule:
    """The rule in force on the day; without one that of the law's wording, 36 months by the document."""
    return CoverageRule.objects.valid_on(day).first() or CoverageRule(months=36)


def _query(cut: Cut, rule: CoverageRule) -> str:
    figures = _FIGURES.format(key=_key(cut), joined=_joined(cut))
    return f"WITH {', '.join(_tables(cut, rule))} {figures}"


def _tables(cut: Cut, rule: CoverageRule) -> Iterable[str]:
    yield _STAFF.format(of=_EACH_ORGANIZATION if cut is Cut.ORGANIZATION else _WHOLE_CITY)
    yield _TRAINED.format(date="issued_on" if rule.by_document_date else "ended_on")
    if cut is Cut.SERVICE:
        yield _CHOSEN
        yield SERVICE


def _joined(cut: Cut) -> str:
    if cut is Cut.SERVICE:
        return "JOIN service USING (person_id)"
    return _ORGANIZATIONS if cut is Cut.KIND else ""


def _key(cut: Cut) -> str:
    """Bands of service: full years on the day, both its ends included."""
    started = "(%(day)s::date + 1 - service.pedagogical_days::int)"
    after = "(%(day)s::date + 1)"
    lines = [
        f"WHEN {started} >= ({after} - interval '{years} years')::date THEN '{number}'"
        for number, years in enumerate(BANDS)
    ]
    bands = " ".join(["WHEN NOT service.is_known THEN ''", *lines, f"ELSE '{len(BANDS)}'"])
    return _KEYS[cut].format(bands=bands) if cut is Cut.SERVICE else _KEYS[cut]


def _given(day: datetime.date, rule: CoverageRule, organizations: Collection[int] | None) -> dict[str, Any]:
    lost = {f"lost_{months}": months_later(months_later(day, months), -rule.months) for months in HORIZONS}
    return lost | {
        "day": day,
        "since": months_later(day, -rule.months),
        "year": day.replace(month=1, day=1),
        "leading": sorted(LEADING),
        "diplomas": DIPLOMAS,
        "organizations": None if organizations is None else list(organizations),
        "counts_external": rule.counts_external,
        "counts_on_leave": rule.counts_on_leave,
        "counts_diploma": rule.counts_diploma,
    }


def _line(row: tuple[Any, ...]) -> Coverage:
    key, must, trained, in_year, *rest = row
    six, twelve, twenty_four, external, on_leave = rest
    return Coverage(str(key), must, trained, in_year, (six, twelve, twenty_four), external, on_leave)
