"""What the operating system must provide: found, installed by root on Debian, or named in one line.

Runs before the virtual environment exists: standard library only.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from imo_portal.launch.console import fail, say

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Need:
    """Something of the system, and the packages that bring it."""

    title: str
    present: Callable[[], bool]
    apt: tuple[str, ...]
    dnf: tuple[str, ...]


def _loads(*libraries: str) -> bool:
    try:
        for library in libraries:
            ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_pango() -> bool:
    if sys.platform == "darwin":
        return _loads("libpango-1.0.dylib") or Path("/opt/homebrew/lib/libpango-1.0.dylib").exists()
    return _loads("libpango-1.0.so.0", "libpangoft2-1.0.so.0")


def has_venv() -> bool:
    return importlib.util.find_spec("ensurepip") is not None


def chromium() -> str | None:
    """Path of the browser that drives the browser tests."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


PANGO = Need("библиотека Pango", has_pango, ("libpango-1.0-0", "libpangoft2-1.0-0"), ("pango",))
VENV = Need("модуль venv для Python", has_venv, ("python3-venv",), ("python3-pip",))
CERTIFICATES = Need(
    "корневые сертификаты",
    lambda: any(
        Path(place).exists() for place in ("/etc/ssl/certs", "/etc/pki/tls/certs", "/etc/ssl/cert.pem")
    ),
    ("ca-certificates",),
    ("ca-certificates",),
)
BROWSER = Need("браузер Chromium", lambda: chromium() is not None, ("chromium",), ("chromium",))

RUN_NEEDS = (VENV, CERTIFICATES, PANGO)
TEST_NEEDS = (*RUN_NEEDS, BROWSER)


def ensure(needs: Iterable[Need]) -> None:
    """Returns when everything is there; else installs it (root on Debian) or ends with the install line."""
    missing = [need for need in needs if not need.present()]
    if not missing:
        return
    titles = ", ".join(need.title for need in missing)
    if os.geteuid() == 0 and is_debian():
        say(f"Устанавливается: {titles}…")
        _apt_install([package for need in missing for package in need.apt])
        missing = [need for need in missing if not need.present()]
        titles = ", ".join(need.title for need in missing)
    if missing:
        fail(f"Не хватает: {titles}.\nУстановите: {install_line(missing)}\nи повторите запуск.")


def is_debian() -> bool:
    return shutil.which("apt-get") is not None and shutil.which("dpkg") is not None


def install_line(needs: Iterable[Need]) -> str:
    """The one command of this system that installs what is missing."""
    needs = list(needs)
    prefix = "" if os.geteuid() == 0 else "sudo "
    if shutil.which("dnf"):
        return f"{prefix}dnf install -y " + " ".join(name for need in needs for name in need.dnf)
    if shutil.which("brew"):
        return "brew install pango"
    return f"{prefix}apt-get install -y " + " ".join(name for need in needs for name in need.apt)


def _apt_install(packages: list[str]) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(  # noqa: S603
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
        )
