from pathlib import Path

import pytest

from imo_portal.launch.environment import ROOT
from imo_portal.launch.options import parse


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name in ("PORT", "PORTAL_DATA", "PORTAL_BIND", "PORTAL_CALLER_DIR", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_without_options():
    options = parse([])
    assert (options.port, options.bind, options.demo) == (8000, "127.0.0.1", "auto")
    assert options.data_dir == ROOT / "var"
    assert options.embedded
    assert options.address == "http://127.0.0.1:8000/"


def test_environment_is_heard(monkeypatch):
    monkeypatch.setenv("PORT", "8100")
    monkeypatch.setenv("PORTAL_DATA", "/srv/portal")
    monkeypatch.setenv("PORTAL_BIND", "0.0.0.0")
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/imo")
    options = parse([])
    assert (options.port, options.data_dir, options.embedded) == (8100, Path("/srv/portal"), False)
    assert options.address == "http://127.0.0.1:8100/"


def test_command_line_is_stronger_than_the_environment(monkeypatch):
    monkeypatch.setenv("PORT", "8100")
    monkeypatch.setenv("PORTAL_DATA", "/srv/portal")
    options = parse(["--port", "8200", "--data", "/srv/other", "--no-demo"])
    assert (options.port, options.data_dir, options.demo) == (8200, Path("/srv/other"), "never")


def test_relative_folder_is_the_callers(monkeypatch):
    monkeypatch.setenv("PORTAL_CALLER_DIR", "/home/someone")
    assert parse(["--data", "portal"]).data_dir == Path("/home/someone/portal")


@pytest.mark.parametrize("value", ["0", "65536", "-1", "восемь", ""])
def test_bad_port_is_refused(value, capsys):
    with pytest.raises(SystemExit) as ended:
        parse(["--port", value])
    assert ended.value.code == 2
    assert "не номер порта" in capsys.readouterr().err


def test_unknown_option_is_named(capsys):
    with pytest.raises(SystemExit):
        parse(["--prot", "1"])
    assert "неизвестные параметры: --prot 1" in capsys.readouterr().err


def test_help_is_russian(capsys):
    with pytest.raises(SystemExit) as ended:
        parse(["--help"])
    shown = capsys.readouterr().out
    assert ended.value.code == 0
    assert shown.startswith("Вызов: ./start")
    assert "не загружать демонстрационные данные" in shown
