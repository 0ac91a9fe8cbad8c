#!/usr/bin/env python
"""Django's command line."""

import os
import sys

# These change the schema or replace the data: the running application's role may not.
OWNER_COMMANDS = {"migrate", "makemigrations", "grant_runtime", "restore", "load_demo", "flush", "dbshell"}
WITHOUT_DATABASE = {"check", "collectstatic", "help", "version", "--help", "--version"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imo_portal.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in OWNER_COMMANDS:
        os.environ.setdefault("PORTAL_DB_ROLE", "owner")
    from django.core.management import execute_from_command_line

    if command not in WITHOUT_DATABASE:
        ensure_database()
    execute_from_command_line(sys.argv)


def ensure_database() -> None:
    """The embedded server is brought up for a command given while the portal does not run."""
    from django.conf import settings

    from imo_portal.embedded import EmbeddedServerError, server_for

    if settings.EMBEDDED:
        try:
            server_for(settings.DATA_DIR).ensure_running()
        except EmbeddedServerError as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
