"""Under which system user the server runs, and what that user can reach.

PostgreSQL refuses to run as root. A data folder of an ordinary user is served as that user; one of root
is served as an existing unprivileged user: no user is added, no mode of a parent folder is changed.
"""

import os
import pwd
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from imo_portal.embedded.errors import EmbeddedServerError

SERVICE_USERS = ("postgres", "nobody")


def owner_of(path: Path) -> int:
    """Number of the user who owns the folder; of the caller while the folder does not exist."""
    try:
        return path.stat().st_uid
    except FileNotFoundError:
        return os.geteuid()


def service_user() -> pwd.struct_passwd:
    for name in SERVICE_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EmbeddedServerError(
        "Портал запущен от root, а непривилегированного пользователя (postgres или nobody) в системе нет: "
        "запустите портал от обычного пользователя."
    )


def known_user(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedServerError(
            f"Пользователя с номером {uid} нет в /etc/passwd, а PostgreSQL требует его: "
            "запустите портал от пользователя, заведённого в системе."
        ) from None


def run_as(
    user: pwd.struct_passwd, command: Sequence[str | Path], **options: Any
) -> subprocess.CompletedProcess:
    """Runs a command as that user (a change of user is possible for root only), away from the checkout."""
    if os.geteuid() == 0 and user.pw_uid != 0:
        options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment |= {"LC_ALL": "C", "HOME": "/"}
    return subprocess.run(  # noqa: S603
        [str(part) for part in command],
        cwd="/",
        env=environment,
        stdin=subprocess.DEVNULL,
        check=False,
        **options,
    )


def reaches(user: pwd.struct_passwd, folder: Path) -> bool:
    """Whether the user may enter the folder through all its parents."""
    return run_as(user, ["/bin/sh", "-c", 'cd "$1" 2>/dev/null', "sh", folder]).returncode == 0


def runs(user: pwd.struct_passwd, program: Path) -> bool:
    """Whether the user may execute the program with the libraries it needs."""
    try:
        return run_as(user, [program, "--version"], capture_output=True).returncode == 0
    except OSError:
        return False
