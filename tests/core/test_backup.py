import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from apps.core import backup
from apps.core.backup import BackupError, postgres
from apps.core.backup.archive import read_manifest, verify
from apps.core.backup.restore import is_empty
from imo_portal.launch.environment import ROOT
from tests.factories import UserFactory


class Portal:
    """A second portal: a database of its own on the same server, and a folder of its own."""

    def __init__(self, name: str, folder: Path) -> None:
        parts = connection.settings_dict
        self.folder = folder
        self.address = f"postgresql://{parts['USER']}@/{name}?host={parts['HOST']}&port={parts['PORT']}"

    def manage(self, *arguments: object) -> subprocess.CompletedProcess:
        """Runs manage.py there; the answer has its output."""
        environment = os.environ | {"DATABASE_URL": self.address, "PORTAL_DATA": str(self.folder)}
        command = [sys.executable, "manage.py", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    def ask(self, question: str) -> object:
        with psycopg.connect(self.address) as session:
            return session.execute(question).fetchone()[0]

    def tell(self, statement: str) -> None:
        with psycopg.connect(self.address) as session:
            session.execute(statement)


@pytest.fixture
def make_portal(db, tmp_path):
    parts, made = connection.settings_dict, []

    def execute(statement: str, name: str) -> None:
        maintenance = f"postgresql://{parts['USER']}@/postgres?host={parts['HOST']}&port={parts['PORT']}"
        with psycopg.connect(maintenance, autocommit=True) as session:
            session.execute(sql.SQL(statement).format(sql.Identifier(name)))

    def make(suffix: str) -> Portal:
        name = f"{parts['NAME']}_{suffix}"
        execute("DROP DATABASE IF EXISTS {}", name)
        execute("CREATE DATABASE {}", name)
        made.append(name)
        folder = tmp_path / suffix
        folder.mkdir()
        return Portal(name, folder)

    yield make
    for name in made:
        execute("DROP DATABASE {}", name)  # FORCE is refused while the server itself vacuums there


@pytest.fixture
def archive(db, tmp_path) -> Path:
    """A backup of the tests' own database (its rows are in no committed transaction) with one stored file."""
    default_storage.save("ab/abcdef", ContentFile("содержимое".encode()))
    target = tmp_path / "portal.backup"
    backup.back_up(target)
    return target


def rewrite(archive: Path, member: str, content: bytes) -> Path:
    changed = archive.with_suffix(".changed")
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, content if name == member else source.read(name))
    return changed


def test_archive_describes_itself(archive):
    with zipfile.ZipFile(archive) as opened:
        manifest = read_manifest(opened)
        verify(opened, manifest)
        assert sorted(opened.namelist()) == ["database.dump", "files/ab/abcdef", "manifest.json"]
        assert opened.read("files/ab/abcdef").decode() == "содержимое"
    assert "core.0001_initial" in manifest.migrations
    assert set(manifest.members) == {"database.dump", "files/ab/abcdef"}
    assert archive.stat().st_mode & 0o777 == 0o600


def test_existing_file_is_not_overwritten(archive):
    with pytest.raises(BackupError, match="уже есть"):
        backup.back_up(archive)


def test_failed_backup_leaves_nothing(db, tmp_path, monkeypatch):
    def fail(*arguments) -> None:
        raise BackupError("нет места")

    monkeypatch.setattr(postgres, "dump", fail)
    with pytest.raises(BackupError):
        backup.back_up(tmp_path / "portal.backup")
    assert list(tmp_path.glob("*portal.backup*")) == []


@pytest.mark.parametrize(
    ("member", "content", "message"),
    [
        ("files/ab/abcdef", b"other", "контрольная сумма не сошлась у files/ab/abcdef"),
        ("database.dump", b"", "контрольная сумма не сошлась у database.dump"),
        ("manifest.json", b"{}", "не резервная копия портала"),
        ("manifest.json", b"not json", "не резервная копия портала"),
    ],
)
def test_changed_archive_is_refused_before_anything_is_touched(
    archive, member, content, message, monkeypatch
):
    monkeypatch.setattr(postgres, "load", lambda *arguments: pytest.fail("the database was touched"))
    with pytest.raises(BackupError, match=message):
        backup.restore(rewrite(archive, member, content), force=True)
    assert Path(default_storage.path("ab/abcdef")).read_text() == "содержимое"


def test_truncated_archive_is_refused(archive, tmp_path):
    broken = tmp_path / "broken"
    broken.write_bytes(archive.read_bytes()[:2000])
    with pytest.raises(BackupError, match="не резервная копия портала или она повреждена"):
        backup.restore(broken, force=True)


def test_missing_archive_is_named(db, tmp_path):
    with pytest.raises(BackupError, match="Не удалось восстановить"):
        backup.restore(tmp_path / "nowhere", force=True)


def test_archive_of_a_newer_version_is_refused(archive):
    with zipfile.ZipFile(archive) as opened:
        facts = json.loads(opened.read("manifest.json"))
    facts["migrations"].append("core.9999_future")
    facts["version"] = "9.0"
    with pytest.raises(BackupError, match=r"более новой версией портала \(9\.0\).*core\.9999_future"):
        backup.restore(rewrite(archive, "manifest.json", json.dumps(facts).encode()), force=True)


def test_name_that_leaves_its_folder_is_refused(archive, tmp_path):
    evil = tmp_path / "evil"
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(evil, "w") as target:
        facts = json.loads(source.read("manifest.json"))
        facts["members"]["files/../../out"] = facts["members"].pop("files/ab/abcdef")
        target.writestr("database.dump", source.read("database.dump"))
        target.writestr("files/../../out", source.read("files/ab/abcdef"))
        target.writestr("manifest.json", json.dumps(facts))
    with pytest.raises(BackupError, match="недопустимое имя"):
        backup.restore(evil, force=True)


def test_portal_with_a_user_or_a_file_is_not_empty(db):
    assert is_empty()
    name = default_storage.save("ab/abcdef", ContentFile(b"1"))
    assert not is_empty()
    default_storage.delete(name)
    UserFactory()
    assert not is_empty()


def test_command_refuses_a_portal_that_is_not_empty(archive):
    with pytest.raises(CommandError, match="Портал не пуст"):
        call_command("restore", archive)


def test_database_and_files_come_back_in_another_portal(archive, make_portal, tmp_path):
    first, second = make_portal("first"), make_portal("second")
    assert first.manage("restore", archive).stderr == ""
    first.tell(
        "INSERT INTO core_workdayexception (date, is_working, note) VALUES ('2026-11-23', true, 'Ёлка')"
    )
    copy = tmp_path / "second.backup"
    assert "Резервная копия записана" in first.manage("backup", copy).stdout

    restored = second.manage("restore", copy)

    assert "Портал восстановлен из копии" in restored.stdout
    assert second.ask("SELECT note FROM core_workdayexception") == "Ёлка"
    assert (second.folder / "files" / "ab" / "abcdef").read_text() == "содержимое"
    assert second.ask("SELECT has_table_privilege('imo_app', 'core_journalrecord', 'INSERT')") is True
    assert second.ask("SELECT has_table_privilege('imo_app', 'core_journalrecord', 'DELETE')") is False
    again = second.manage("restore", archive)
    assert again.returncode == 1
    assert "Портал не пуст" in again.stderr
    assert second.manage("restore", "--force", archive).returncode == 0
    assert second.ask("SELECT count(*) FROM core_workdayexception") == 0
