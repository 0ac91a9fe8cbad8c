"""Rights of the application's database role: it works with the data, but may only add to the journal.

The owner migrates and calls `grant_runtime` after every migration: new tables belong to the owner alone,
and pghistory lays its function anew, without the attributes that are set here.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

CONTEXT_FUNCTION = "_pgh_attach_context"
# Any constant: two grants at once would disturb each other's rows of the system catalogue.
GRANT_LOCK = 5_170_205


def append_only_tables() -> list[str]:
    """Tables of the journal: every pghistory event, its context, every model marked `append_only`."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and _is_journal(model)
    )


def _is_journal(model: type) -> bool:
    if getattr(model, "append_only", False):
        return True
    return issubclass(model, pghistory.models.Event | pghistory.models.Context)


def grant_runtime(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Gives the role `PORTAL_APP_ROLE` what the running application needs and nothing more.

    Call as the owner of the tables. Returns False and changes nothing when there is no such role, or when the
    caller is that role itself (a server with a single role): the journal is then guarded by the code alone.
    """
    role = settings.PORTAL_APP_ROLE
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GRANT_LOCK])
        if not _is_other_role(cursor, role):
            return False
        _grant_tables(cursor, role)
        _open_context_function(cursor, role)
    return True


def _is_other_role(cursor: CursorWrapper, role: str) -> bool:
    cursor.execute("SELECT rolname <> current_user FROM pg_roles WHERE rolname = %s", [role])
    row = cursor.fetchone()
    return bool(row and row[0])


def _grant_tables(cursor: CursorWrapper, role: str) -> None:
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    ):
        cursor.execute(sql.SQL(statement).format(role=sql.Identifier(role)))
    present = connections[cursor.db.alias].introspection.table_names(cursor)
    for table in set(append_only_tables()) & set(present):
        revoke = sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")
        cursor.execute(revoke.format(table=sql.Identifier(table), role=sql.Identifier(role)))


def _open_context_function(cursor: CursorWrapper, role: str) -> None:
    """pghistory attaches the context of a change by an upsert, which needs UPDATE on the context's table.

    Run with the owner's rights and a fixed search path, the function does it for a role without UPDATE.
    """
    cursor.execute("SELECT to_regprocedure(%s)", [f"public.{CONTEXT_FUNCTION}()"])
    if cursor.fetchone()[0] is None:
        return
    function = sql.Identifier("public", CONTEXT_FUNCTION)
    for statement in (
        "ALTER FUNCTION {function}() SECURITY DEFINER SET search_path = public, pg_temp",
        "REVOKE ALL ON FUNCTION {function}() FROM PUBLIC",
        "GRANT EXECUTE ON FUNCTION {function}() TO {role}",
    ):
        cursor.execute(sql.SQL(statement).format(function=function, role=sql.Identifier(role)))


@contextmanager
def acting_as_runtime(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Within the block the owner's connection has the application's rights only; for tests and checks."""
    with connections[using].cursor() as cursor:
        cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(settings.PORTAL_APP_ROLE)))
    try:
        yield
    finally:
        with connections[using].cursor() as cursor:
            cursor.execute("RESET ROLE")
