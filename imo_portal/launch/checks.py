"""`python -m imo_portal.launch.checks …`: what ./test does once its environment is there.

Every step runs even after a failed one, so that one run tells everything; the arguments go to pytest.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psycopg

from imo_portal.embedded import EmbeddedServer, EmbeddedServerError, server_for
from imo_portal.launch.console import fail, say
from imo_portal.launch.environment import ROOT, VENV

TYPED_NAMES = ("actions", "queries", "permissions")
# Each process has a database of its own; two more than the cores, for a browser test mostly waits. Who is
# idle takes over half of what another one has still to do: few long tests come last.
PROCESSES = min((os.cpu_count() or 1) + 2, 6)
PARALLEL = ("-n", str(PROCESSES), "--dist", "worksteal")
AS_OWNER = {"PORTAL_DB_ROLE": "owner", "DJANGO_SETTINGS_MODULE": "imo_portal.settings"}
PRODUCTION = {
    "PORTAL_PRODUCTION": "1",
    "PORTAL_HOSTS": "portal.example",
    "PORTAL_ORIGINS": "https://portal.example",
    "PORTAL_URL": "https://portal.example",
    "PORTAL_SECRET_KEY": "Deploy-check-only_" + "a9Z-k2Q_w7" * 5,
}


@dataclass(frozen=True)
class Step:
    title: str
    command: list[str]
    environment: dict[str, str]


@dataclass(frozen=True)
class Outcome:
    title: str
    code: int
    seconds: float


def main() -> int:
    environment = _environment()
    server = None
    if not os.environ.get("DATABASE_URL"):
        server = server_for(Path(environment["PORTAL_DATA"]))
    was_running = server is not None and server.is_running()
    try:
        if server:
            server.ensure_running()
            if "PORTAL_DATA" not in os.environ:
                _without_durability(server)
        outcomes = _run_all(environment)
    except EmbeddedServerError as error:
        fail(str(error))
    finally:
        if server and not was_running:
            server.stop()
    return _report(outcomes)


def _environment() -> dict[str, str]:
    """Tests have a data folder and a database of their own: a running portal is left alone."""
    environment = dict(os.environ)
    environment.setdefault("PORTAL_DATA", str(ROOT / "var" / "test"))
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # each of the parallel processes would compile everything
    environment["PATH"] = f"{VENV / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    return environment


def _without_durability(server: EmbeddedServer) -> None:
    """The tests' own cluster may be lost with the power: it does not wait for the disk."""
    with psycopg.connect(server.url("superuser"), autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


def _run_all(environment: dict[str, str]) -> list[Outcome]:
    """The static checks, with one core left for what the tests need first; then the tests."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        prepared = beside.submit(lambda: [_run(step, environment, quiet=True) for step in _preparing()])
        static = [_run(step, environment) for step in _static()]
    return [*static, *prepared.result(), _run(_tests(sys.argv[1:]), environment)]


def _preparing() -> Iterator[Step]:
    """What every parallel process would otherwise do or wait for at the same moment."""
    yield Step("template database", [sys.executable, "-m", "tests.template"], AS_OWNER)
    yield Step("compiled tests", [sys.executable, "-m", "pytest", "--collect-only", "-qq"], {})


def _tests(pytest_arguments: list[str]) -> Step:
    return Step("pytest", [sys.executable, "-m", "pytest", *PARALLEL, *pytest_arguments], {})


def _static() -> Iterator[Step]:
    yield Step("ruff check", ["ruff", "check", "."], {})
    yield Step("ruff format", ["ruff", "format", "--check", "--quiet", "."], {})
    if next((ROOT / "templates").rglob("*.html"), None):
        yield Step("djlint", ["djlint", "templates", "--lint", "--quiet"], {})
    yield Step("import-linter", ["lint-imports"], {})
    yield Step("mypy", ["mypy", *_typed_files()], {})
    manage = [sys.executable, "manage.py"]
    yield Step("makemigrations --check", [*manage, "makemigrations", "--check", "--dry-run"], {})
    yield Step("check --deploy", [*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION)


def _typed_files() -> list[str]:
    """The ground floor, and of each app what carries its rules: actions, queries, permissions."""
    found = [Path("apps/core"), Path("imo_portal/embedded"), Path("imo_portal/launch")]
    for app in sorted((ROOT / "apps").iterdir()):
        for name in TYPED_NAMES:
            found += [path.relative_to(ROOT) for path in (app / f"{name}.py", app / name) if path.exists()]
    return [str(path) for path in found if path.parts[:2] != ("apps", "core") or len(path.parts) == 2]


def _run(step: Step, environment: dict[str, str], *, quiet: bool = False) -> Outcome:
    """Runs a step; a quiet one, running beside another, is heard only when it fails."""
    if not quiet:
        say(f"\n=== {step.title}")
    started = time.monotonic()
    done = subprocess.run(  # noqa: S603
        step.command,
        cwd=ROOT,
        env=environment | step.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )
    if quiet and done.returncode:
        say(f"\n=== {step.title}\n{done.stdout}")
    return Outcome(step.title, done.returncode, time.monotonic() - started)


def _report(outcomes: list[Outcome]) -> int:
    say("\n=== итог")
    for outcome in outcomes:
        verdict = "ok" if outcome.code == 0 else f"ОШИБКА ({outcome.code})"
        say(f"{outcome.title:<24} {outcome.seconds:7.1f} с  {verdict}")
    failed = [outcome.title for outcome in outcomes if outcome.code != 0]
    if failed:
        say(f"Не прошло: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
