"""`python -m imo_portal.launch.prepare --demo auto|always|never`: the database and static files, made ready.

Runs inside Django as the database's owner. What it does is written to the error stream, what it found goes
to the output as JSON: {"demo_logins": ["head", …]}.
"""

import argparse
import json
import os
import sys
from pathlib import Path

import django

from imo_portal.launch.fingerprint import static_digest

DEMO_CHOICES = ("auto", "always", "never")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--demo", choices=DEMO_CHOICES, default="auto")
    demo = parser.parse_args().demo
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imo_portal.settings")
    os.environ["PORTAL_DB_ROLE"] = "owner"
    django.setup()
    from django.core.management import CommandError
    from django.db import OperationalError

    try:
        prepare(demo)
    except OperationalError as error:
        return _refuse(f"База данных недоступна: {error}")
    except CommandError as error:
        return _refuse(str(error))
    json.dump({"demo_logins": demo_logins()}, sys.stdout)
    return 0


def _refuse(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 1


def prepare(demo: str) -> None:
    """Brings schema, rights, static files and, where it is due, the demo up to date."""
    from django.core.management import call_command

    migrate()
    collect_static()
    if demo_is_due(demo):
        _note("Загружаются демонстрационные данные…")
        call_command("load_demo", stdout=sys.stderr)


def migrate() -> None:
    """Applies what is pending and gives the running role its rights (cheap, so every time)."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from apps.core.dbroles import grant_runtime

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _note("Обновляется структура базы данных…")
        call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
    grant_runtime()


def collect_static() -> None:
    """Collects static files when one of ours or the set of libraries has changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp, digest = Path(settings.DATA_DIR) / "static.stamp", static_digest(settings.BASE_DIR)
    if stamp.exists() and stamp.read_text() == digest and any(Path(settings.STATIC_ROOT).glob("*.json")):
        return
    _note("Собираются файлы оформления…")
    call_command("collectstatic", interactive=False, verbosity=0, stdout=sys.stderr)
    stamp.write_text(digest)


def demo_is_due(demo: str) -> bool:
    """By itself only in the embedded database of a fresh checkout; a refusal once given is remembered."""
    from django.conf import settings

    from apps.accounts.models import User
    from apps.core.models import PortalState

    refused = Path(settings.DATA_DIR) / "no-demo"
    if demo == "never":
        refused.touch()
        return False
    if PortalState.objects.filter(is_demo=True).exists():
        return False
    if demo == "always":
        refused.unlink(missing_ok=True)
        return True
    return settings.EMBEDDED and not refused.exists() and not User.objects.exists()


def demo_logins() -> list[str]:
    """The demo accounts that are there, in the order of their table."""
    from apps.accounts.models import User
    from apps.core.models import PortalState
    from imo_portal.launch.demo import LOGINS

    if not PortalState.objects.filter(is_demo=True).exists():
        return []
    present = set(User.objects.filter(username__in=LOGINS).values_list("username", flat=True))
    return [login for login in LOGINS if login in present]


def _note(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
