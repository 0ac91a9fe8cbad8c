"""Reference books and rules; what was derived by a changed rule is derived anew."""

from typing import Any

from django.db import connection, transaction

from apps.core import journal
from apps.core.access import require
from apps.core.enums import Verb
from apps.teachers import permissions
from apps.teachers.actions.standing import refresh
from apps.teachers.models import CategoryRule, TrainingRule

ONLY_KEEPERS_OF_BOOKS = "Справочники и правила ведут методисты и заведующий ИМО."

# As `derived.is_counted` and `derived.valid_until`, for all the rows at once; only those that differ change.
RECOUNT_TRAININGS = """
UPDATE teachers_training t SET is_counted = counted.now
FROM (
    SELECT one.id, one.kind IN ('advanced', 'retraining') AND EXISTS (
        SELECT FROM teachers_trainingrule r
        WHERE r.kind = one.kind AND one.hours >= r.min_hours AND r.valid_from <= one.issued_on
          AND COALESCE(r.valid_to, 'infinity') >= one.issued_on
    ) AS now
    FROM teachers_training one
) counted
WHERE counted.id = t.id AND counted.now <> t.is_counted
RETURNING t.person_id
"""
RECOUNT_CATEGORIES = """
UPDATE teachers_category c SET valid_until = counted.until
FROM (
    SELECT one.id, (
        SELECT (one.set_on + make_interval(months => r.months::int))::date FROM teachers_categoryrule r
        WHERE r.kind = one.kind AND r.valid_from <= one.set_on
          AND COALESCE(r.valid_to, 'infinity') >= one.set_on
    ) AS until
    FROM teachers_category one
) counted
WHERE counted.id = c.id AND counted.until IS DISTINCT FROM c.valid_until
RETURNING c.person_id
"""
RECOUNTS: dict[type, str] = {TrainingRule: RECOUNT_TRAININGS, CategoryRule: RECOUNT_CATEGORIES}


@transaction.atomic
def book_saved(*, by: Any, row: Any, is_new: bool) -> int:
    """Writes a row of a reference book that its form has checked; gives the number of cards counted anew.

    After a rule of hours or of the term of a category the trainings and categories follow it. `Refused`.
    """
    require(permissions.can_keep_books(by, row), ONLY_KEEPERS_OF_BOOKS)
    row.save()
    journal.record(by=by, verb=Verb.CREATED if is_new else Verb.CHANGED, subject=row)
    return recount(type(row))


@transaction.atomic
def book_removed(*, by: Any, row: Any) -> int:
    """Removes a row that no record names. `Refused`."""
    require(permissions.can_keep_books(by, row), ONLY_KEEPERS_OF_BOOKS)
    journal.record(by=by, verb=Verb.DELETED, subject=row)
    row.delete()
    return recount(type(row))


@transaction.atomic
def recount(book: type) -> int:
    """What rows derive from the book, by one statement, and the summary rows; gives the number of cards."""
    statement = RECOUNTS.get(book)
    if statement is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(statement)
        persons = {row[0] for row in cursor.fetchall()}
    if persons:
        refresh(persons)
    return len(persons)
