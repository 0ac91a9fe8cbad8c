"""A migrated database that every test database is copied from.

Migrating takes half a minute and gives the same each time: it is done once for a set of migrations, whoever
of the parallel processes comes first; the others wait and copy.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import ProgrammingError
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "imo_template_"


def template_for(connection: BaseDatabaseWrapper) -> str:
    """The name of the template of the present migrations; made when it is not there."""
    name = PREFIX + _digest()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [PREFIX])
        if name not in _templates(cursor):
            _drop_others(cursor)
            _make(connection, cursor, name)
        cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [PREFIX])
    return name


def _digest() -> str:
    """Of everything that decides what migrating gives: our migrations and the libraries' versions."""
    files = sorted(ROOT.glob("apps/*/migrations/*.py"))
    total = hashlib.sha256()
    for file in [*files, ROOT / "requirements.txt"]:
        total.update(file.read_bytes())
    return total.hexdigest()[:16]


def _templates(cursor: Any) -> list[str]:
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    return [name for (name,) in cursor.fetchall()]


def _drop_others(cursor: Any) -> None:
    """Templates of other migrations; one that is being copied from by another checkout stays."""
    for name in _templates(cursor):
        try:
            cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
        except ProgrammingError:
            continue


def _make(connection: BaseDatabaseWrapper, cursor: Any, name: str) -> None:
    """Migrates under another name first, so that half a template is never taken for a whole one."""
    unfinished = f"unfinished_{name}"
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(unfinished)))
    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
    with _connected_to(connection, unfinished):
        call_command("migrate", verbosity=0)
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    cursor.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))


@contextmanager
def _connected_to(connection: BaseDatabaseWrapper, name: str) -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


if __name__ == "__main__":  # ./test makes it while the static checks run
    import django
    from django.db import connection as default

    django.setup()
    template_for(default)
