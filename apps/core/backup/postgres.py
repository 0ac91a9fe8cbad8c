"""Programs of PostgreSQL for dump and restore: of the embedded server, else of the system."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import IO

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.conninfo import make_conninfo

from apps.core.backup.archive import BackupError
from imo_portal.embedded import EmbeddedServerError
from imo_portal.embedded.binaries import wheel_programs

# Everything of the owner's goes, then the dump comes, in one transaction: either all of it or nothing.
PRELUDE = b"""SET lock_timeout = '20s';
SET client_min_messages = warning;
DROP OWNED BY CURRENT_USER CASCADE;
CREATE SCHEMA IF NOT EXISTS public;
RESET lock_timeout;
"""
HEADER_LINES = 60


def dump(target: Path, using: str = DEFAULT_DB_ALIAS) -> None:
    """Dumps the database as of one moment, in pg_dump's custom format; work goes on meanwhile."""
    command = [_program("pg_dump", using), "--format=custom", "--no-owner", "--no-privileges"]
    command += ["--file", str(target), "--dbname", _conninfo(using)]
    done = subprocess.run(command, env=_environment(using), capture_output=True, check=False)  # noqa: S603
    _check(done.returncode, done.stderr, "Не удалось выгрузить базу данных")


def load(source: Path, using: str = DEFAULT_DB_ALIAS) -> None:
    """Replaces everything the connecting role owns in the database by the dump, in one transaction."""
    with tempfile.TemporaryFile() as errors:
        code = _load(source, using, errors)
        errors.seek(0)
        _check(code, errors.read(), "Не удалось загрузить базу данных, она осталась прежней")


def _load(source: Path, using: str, errors: IO[bytes]) -> int:
    script = subprocess.Popen(  # noqa: S603
        [
            _program("pg_restore", using),
            "--no-owner",
            "--no-privileges",
            "-n",
            "public",
            "-f",
            "-",
            str(source),
        ],
        stdout=subprocess.PIPE,
        stderr=errors,
    )
    psql = subprocess.Popen(  # noqa: S603
        [
            _program("psql", using),
            "-X",
            "-q",
            "-1",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            _conninfo(using),
            "-f",
            "-",
        ],
        env=_environment(using),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=errors,
    )
    complete = _feed(script, psql)
    return psql.wait() or int(not complete)


def _feed(script: subprocess.Popen, psql: subprocess.Popen) -> bool:
    """Passes the script on; an incomplete one is never committed: psql is ended before the end of input."""
    assert script.stdout and psql.stdin
    try:
        psql.stdin.write(PRELUDE)
        _copy_header(script.stdout, psql.stdin)
        shutil.copyfileobj(script.stdout, psql.stdin, 1024 * 1024)
        psql.stdin.flush()
    except BrokenPipeError:
        script.kill()
    complete = script.wait() == 0
    if not complete:
        psql.kill()
    with contextlib.suppress(BrokenPipeError):
        psql.stdin.close()
    return complete


def _copy_header(source: IO[bytes], target: IO[bytes]) -> None:
    """Leaves out a setting that servers before PostgreSQL 17 do not know."""
    for _ in range(HEADER_LINES):
        line = source.readline()
        if not line.startswith(b"SET transaction_timeout"):
            target.write(line)
        if line.startswith((b"CREATE", b"COPY")):
            return


def _check(code: int, error: bytes, message: str) -> None:
    if code == 0:
        return
    text = error.decode(errors="replace").strip()
    if "lock timeout" in text:
        text = "база данных занята; остановите портал и повторите."
    raise BackupError(f"{message}: {text}")


def _program(name: str, using: str) -> str:
    """The wheel's program, unless the server is newer than it: pg_dump refuses newer servers."""
    if _server_version(using) < 190000:
        with contextlib.suppress(EmbeddedServerError):
            return str(wheel_programs() / name)
    found = shutil.which(name)
    if found is None:
        raise BackupError(f"Нет программы {name}: установите клиент PostgreSQL (пакет postgresql-client).")
    return found


def _server_version(using: str) -> int:
    with connections[using].cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0])


def _conninfo(using: str) -> str:
    """Address for the programs, without the password: a command line is seen by everybody."""
    parts = connections[using].settings_dict
    options = {name: value for name, value in parts["OPTIONS"].items() if isinstance(value, str)}
    host, port = parts["HOST"] or None, parts["PORT"] or None
    return make_conninfo(dbname=parts["NAME"], user=parts["USER"] or None, host=host, port=port, **options)


def _environment(using: str) -> dict[str, str]:
    password = connections[using].settings_dict["PASSWORD"]
    return dict(os.environ) | ({"PGPASSWORD": password} if password else {}) | {"LC_ALL": "C"}
