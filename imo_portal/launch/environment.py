"""The virtual environment beside the code: made once, filled again when the locked requirements change.

Runs before it exists: standard library only.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from imo_portal.launch.console import fail, say

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUN_REQUIREMENTS = ("requirements.txt",)
TEST_REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")


def ensure_environment(requirements: Sequence[str]) -> None:
    """Makes `.venv` and installs the locked files into it; does nothing when they are installed already."""
    if not os.access(ROOT, os.W_OK):
        fail(f"В папку {ROOT} нельзя писать: запустите портал от её владельца.")
    with _locked(ROOT):
        if not _is_usable():
            _make()
        stale = [name for name in requirements if _stamp(name) != _digest(name)]
        if stale:
            _install(requirements)


def _is_usable() -> bool:
    """False also after an update of the system's Python that the environment was made with."""
    try:
        command = [str(PYTHON), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
    except OSError:
        return False


def _make() -> None:
    say("Создаётся виртуальное окружение .venv…")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        fail(f"Не удалось создать .venv:\n{done.stdout}{done.stderr}")


def _install(requirements: Sequence[str]) -> None:
    say(f"Устанавливаются библиотеки ({', '.join(requirements)})…")
    command = [str(PYTHON), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    # The lock names every library there is, and Python compiles what it loads: a quarter of the time less.
    command += ["--require-hashes", "--no-deps", "--no-compile"] + [
        part for name in requirements for part in ("-r", str(ROOT / name))
    ]
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode != 0:  # noqa: S603
        fail(
            "Не удалось установить библиотеки: проверьте доступ к хранилищу пакетов Python "
            "и повторите запуск."
        )
    for name in requirements:
        _stamp_file(name).write_text(_digest(name))


def _digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def _stamp_file(name: str) -> Path:
    return VENV / f"{name}.sha256"


def _stamp(name: str) -> str:
    try:
        return _stamp_file(name).read_text()
    except FileNotFoundError:
        return ""


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Two starts at once do not install into each other's hands."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
