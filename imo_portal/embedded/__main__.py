"""`python -m imo_portal.embedded start|stop|status|psql-url`: the server of PORTAL_DATA by hand."""

import argparse
import os
import sys
from pathlib import Path

from imo_portal.embedded import EmbeddedServer, EmbeddedServerError, server_for


def data_dir() -> Path:
    """PORTAL_DATA, or `var` of the checkout."""
    return Path(os.environ.get("PORTAL_DATA") or Path(__file__).resolve().parents[2] / "var")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m imo_portal.embedded", description="Встроенный PostgreSQL портала"
    )
    parser.add_argument("action", choices=["start", "stop", "status", "psql-url"])
    parser.add_argument("--role", choices=["app", "owner", "superuser"], default="owner")
    options = parser.parse_args()
    try:
        return act(server_for(data_dir()), options.action, options.role)
    except EmbeddedServerError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1


def act(server: EmbeddedServer, action: str, role: str) -> int:
    """Carries out the action; 3 for the status of a stopped server, as `service … status` answers."""
    if action == "start":
        server.ensure_running()
    elif action == "stop":
        server.stop()
    elif action == "status":
        running = server.is_running()
        print("работает" if running else "остановлен")  # noqa: T201
        return 0 if running else 3
    else:
        print(server.url(role))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
