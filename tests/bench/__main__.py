"""`python -m tests.bench [--only http|inprocess] [--json FILE]`: prints a table, writes JSON.

Everything happens in a database of its own, which is removed at the end.
"""

import argparse
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import quote

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
os.environ["PORTAL_DB_ROLE"] = "owner"

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.bench.report import Results

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    arguments = _arguments()
    if settings.EMBEDDED:
        from imo_portal.embedded import server_for

        server_for(settings.DATA_DIR).ensure_running()
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)  # pages name their files by the manifest
    settings.DATABASES["default"]["TEST"]["NAME"] = "bench_imo"
    connection.settings_dict["TEST"]["NAME"] = "bench_imo"
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    results = Results()
    try:
        _measure(results, arguments.only, name)
    finally:
        connection.close()
        connection.creation.destroy_test_db("imo", verbosity=0)
    results.save(arguments.json)
    for line in results.failed:
        print(f"MISSED: {line.what}: {line.value}, asked {line.limit}")  # noqa: T201
    return 1 if results.failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Benchmarks of the portal")
    parser.add_argument("--only", choices=["http", "inprocess"])
    parser.add_argument("--json", type=Path, default=ROOT / "var" / "bench.json")
    return parser.parse_args()


def _measure(results: Results, only: str | None, database: str) -> None:
    from tests.bench import data, http, inprocess

    by = data.staff()
    if only != "inprocess":
        with Server(database) as port:
            http.run(results, by, port)
    if only != "http":
        inprocess.run(results, by)


class Server:
    """The portal's own web server over the benchmark's database."""

    def __init__(self, database: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        chosen = connection.settings_dict
        address = f"postgresql://{quote(chosen['USER'])}:{quote(chosen['PASSWORD'])}@/{database}"
        host = f"?host={quote(chosen['HOST'])}" + (f"&port={chosen['PORT']}" if chosen["PORT"] else "")
        self.environment = {
            **os.environ,
            "DATABASE_URL": address + host,
            "PORTAL_DB_POOL": "1",
            "PORT": str(self.port),
            "PORTAL_DEBUG": "0",
        }

    def __enter__(self) -> int:
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            "imo_portal/gunicorn.py",
            "imo_portal.wsgi:application",
        ]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        for _ in range(150):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=2)
                return self.port
            except OSError:
                time.sleep(0.2)
        self.__exit__()
        raise SystemExit("the web server did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(30)


if __name__ == "__main__":
    sys.exit(main())
