"""Writing the summary rows that lists are filtered by (`Standing`)."""

import datetime
from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

from apps.teachers.enums import CATEGORY_RANK
from apps.teachers.experience import SERVICE

_RANK = " ".join(f"WHEN '{kind.value}' THEN {rank}" for rank, kind in enumerate(CATEGORY_RANK))
_FIELDS = (
    "is_working", "organization_id", "organization_kind", "position_id", "position_group", "subject_id",
    "is_on_leave", "category", "category_until", "total_since", "pedagogical_since", "trained_on",
    "is_mentor", "has_mentor", "counted_on",
)  # fmt: skip
_WRITTEN = ", ".join(f"{name} = EXCLUDED.{name}" for name in _FIELDS)

# The post a list shows: of those in force the main one first; of somebody who left the last one.
REFRESH = f"""
WITH chosen AS ({{chosen}}),
{SERVICE},
post AS MATERIALIZED (
    SELECT DISTINCT ON (e.person_id) e.person_id, e.organization_id, e.position_id, e.subject_id,
           o.kind, p."group" AS position_group,
           e.started_on <= %(day)s AND COALESCE(e.ended_on, 'infinity') >= %(day)s AS is_working,
           EXISTS (
               SELECT FROM teachers_leave l
               WHERE l.employment_id = e.id AND l.started_on <= %(day)s
                 AND COALESCE(l.ended_on, 'infinity') >= %(day)s
           ) AS is_on_leave
    FROM teachers_employment e
    JOIN chosen ON chosen.id = e.person_id
    JOIN organizations_organization o ON o.id = e.organization_id
    JOIN teachers_position p ON p.id = e.position_id
    ORDER BY e.person_id,
             (e.started_on <= %(day)s AND COALESCE(e.ended_on, 'infinity') >= %(day)s) DESC,
             CASE e.form WHEN 'main' THEN 0 WHEN 'internal' THEN 1 ELSE 2 END,
             e.ended_on DESC NULLS FIRST, e.started_on DESC, e.id
),
grade AS MATERIALIZED (
    SELECT DISTINCT ON (c.person_id) c.person_id, c.kind, c.valid_until
    FROM teachers_category c
    JOIN chosen ON chosen.id = c.person_id
    WHERE c.set_on <= %(day)s AND COALESCE(c.valid_until, 'infinity') >= %(day)s
    ORDER BY c.person_id, CASE c.kind {_RANK} END DESC, c.valid_until DESC NULLS FIRST
),
trained AS MATERIALIZED (
    SELECT t.person_id, max(t.issued_on) AS trained_on
    FROM teachers_training t
    JOIN chosen ON chosen.id = t.person_id
    WHERE t.is_counted AND t.issued_on <= %(day)s
    GROUP BY t.person_id
),
pairs AS (
    SELECT mentor_id, mentee_id FROM teachers_mentorship
    WHERE started_on <= %(day)s AND COALESCE(ended_on, 'infinity') >= %(day)s
)
INSERT INTO teachers_standing (person_id, {", ".join(_FIELDS)})
SELECT chosen.id,
       COALESCE(post.is_working, false), post.organization_id, COALESCE(post.kind, ''),
       post.position_id, COALESCE(post.position_group, ''), post.subject_id,
       COALESCE(post.is_working AND post.is_on_leave, false),
       COALESCE(grade.kind, ''), grade.valid_until,
       CASE WHEN post.is_working AND service.is_known THEN %(day)s + 1 - service.total_days::int END,
       CASE WHEN post.is_working AND service.is_known THEN %(day)s + 1 - service.pedagogical_days::int END,
       trained.trained_on,
       EXISTS (SELECT FROM pairs WHERE mentor_id = chosen.id),
       EXISTS (SELECT FROM pairs WHERE mentee_id = chosen.id),
       %(day)s
FROM chosen
JOIN service ON service.person_id = chosen.id
LEFT JOIN post ON post.person_id = chosen.id
LEFT JOIN grade ON grade.person_id = chosen.id
LEFT JOIN trained ON trained.person_id = chosen.id
ON CONFLICT (person_id) DO UPDATE SET {_WRITTEN}
"""  # noqa: S608
_SOME = "SELECT unnest(%(persons)s::bigint[]) AS id"
_EVERY = "SELECT id FROM teachers_person"


@transaction.atomic
def refresh(persons: Iterable[int] | None = None, *, day: datetime.date | None = None) -> None:
    """Counts the summary rows anew as of the day (today in Magadan): of these persons, or of everybody.

    Every action that changes a row about a person ends with this; the worker does it nightly for everybody,
    since posts, leaves and categories begin and end by themselves.
    """
    chosen = _EVERY if persons is None else _SOME
    given = {"day": day or timezone.localdate(), "persons": None if persons is None else list(persons)}
    with connection.cursor() as cursor:
        cursor.execute(REFRESH.format(chosen=chosen), given)
