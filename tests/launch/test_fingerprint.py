import os
from types import SimpleNamespace

import pytest

from imo_portal.launch import fingerprint
from imo_portal.launch.fingerprint import Prepared
from imo_portal.launch.options import Options

FOUND = {"demo_logins": ["head"]}


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    root = tmp_path / "checkout"
    for name in ("apps/core/models.py", "imo_portal/settings.py", "static/site.css", "requirements.txt"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")
    monkeypatch.setattr(fingerprint, "ROOT", root)
    return root


def prepared(tmp_path, demo="auto"):
    cluster = tmp_path / "cluster"
    cluster.mkdir(exist_ok=True)
    if not (cluster / "PG_VERSION").exists():
        (cluster / "PG_VERSION").write_text("18")
    options = Options(port=8000, bind="", data_dir=tmp_path, demo=demo, database_url="")
    return Prepared(options, SimpleNamespace(places=SimpleNamespace(cluster=cluster)))


def test_nothing_changed(tmp_path, checkout):
    prepared(tmp_path).keep(FOUND)
    assert prepared(tmp_path).recall() == FOUND


def test_first_start_recalls_nothing(tmp_path, checkout):
    assert prepared(tmp_path).recall() is None


@pytest.mark.parametrize("name", ["apps/core/models.py", "static/site.css", "requirements.txt"])
def test_changed_file_is_noticed(tmp_path, checkout, name):
    prepared(tmp_path).keep(FOUND)
    os.utime(checkout / name, (1, 1))
    assert prepared(tmp_path).recall() is None


def test_new_migration_is_noticed(tmp_path, checkout):
    prepared(tmp_path).keep(FOUND)
    (checkout / "apps" / "core" / "0002_more.py").write_text("")
    assert prepared(tmp_path).recall() is None


def test_other_cluster_is_noticed(tmp_path, checkout):
    prepared(tmp_path).keep(FOUND)
    os.utime(tmp_path / "cluster" / "PG_VERSION")
    assert prepared(tmp_path).recall() is None


def test_demo_that_is_asked_for_is_never_skipped(tmp_path, checkout):
    prepared(tmp_path).keep(FOUND)
    assert prepared(tmp_path, demo="always").recall() is None
    assert prepared(tmp_path, demo="never").recall() is None


def test_other_server_is_always_looked_at(tmp_path, checkout):
    options = Options(port=8000, bind="", data_dir=tmp_path, demo="auto", database_url="postgresql://db/imo")
    Prepared(options, None).keep(FOUND)
    assert Prepared(options, None).recall() is None
