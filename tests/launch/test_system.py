import pytest

from imo_portal.launch import system

ABSENT = system.Need("библиотека Pango", lambda: False, ("libpango-1.0-0", "libpangoft2-1.0-0"), ("pango",))
PRESENT = system.Need("модуль venv", lambda: True, ("python3-venv",), ("python3-pip",))


def machine(monkeypatch, *programs: str, uid: int) -> None:
    monkeypatch.setattr(system.shutil, "which", lambda name: f"/usr/bin/{name}" if name in programs else None)
    monkeypatch.setattr(system.os, "geteuid", lambda: uid)


def test_nothing_is_said_when_nothing_is_missing():
    system.ensure([PRESENT])


def test_ordinary_user_of_debian_is_told_the_line(monkeypatch, capsys):
    machine(monkeypatch, "apt-get", "dpkg", uid=1000)
    with pytest.raises(SystemExit):
        system.ensure([PRESENT, ABSENT])
    assert capsys.readouterr().err == (
        "Не хватает: библиотека Pango.\n"
        "Установите: sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0\n"
        "и повторите запуск.\n"
    )


def test_root_of_red_os_is_told_the_line_of_dnf(monkeypatch, capsys):
    machine(monkeypatch, "dnf", uid=0)
    with pytest.raises(SystemExit):
        system.ensure([ABSENT])
    assert "Установите: dnf install -y pango\n" in capsys.readouterr().err


def test_root_of_debian_gets_it_installed(monkeypatch):
    machine(monkeypatch, "apt-get", "dpkg", uid=0)
    installed: list[str] = []
    monkeypatch.setattr(system, "_apt_install", installed.extend)
    need = system.Need("Pango", lambda: bool(installed), ("libpango-1.0-0",), ("pango",))
    system.ensure([need])
    assert installed == ["libpango-1.0-0"]


def test_failed_installation_ends_with_the_line(monkeypatch, capsys):
    machine(monkeypatch, "apt-get", "dpkg", uid=0)
    monkeypatch.setattr(system, "_apt_install", lambda packages: None)
    with pytest.raises(SystemExit):
        system.ensure([ABSENT])
    assert "apt-get install -y libpango-1.0-0" in capsys.readouterr().err
