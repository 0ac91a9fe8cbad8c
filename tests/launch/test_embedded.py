import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from imo_portal.embedded import EmbeddedServerError, postmaster, server_for
from imo_portal.embedded.places import Places
from imo_portal.launch.environment import ROOT
from tests.launch.conftest import as_root, discard


def pid_of(server) -> int:
    return postmaster.in_cluster(server.places.cluster).pid


def ask(server, question: str, role: str = "owner"):
    with psycopg.connect(server.url(role)) as connection:
        return connection.execute(question).fetchone()[0]


def test_address_is_the_same_for_everybody_and_starts_nothing(data_dir):
    first, second = server_for(data_dir), server_for(Path(f"{data_dir}/../{data_dir.name}"))
    assert first.url("app") == second.url("app")
    assert first.url("app").startswith("postgresql://imo_app@/imo?host=/")
    assert first.url("owner").startswith("postgresql://imo_owner@/imo?host=/")
    assert not first.is_running()
    assert list(data_dir.iterdir()) == []


def test_socket_path_fits_the_limit_of_the_system(data_dir):
    deep = data_dir / ("п" * 100) / ("о" * 100)
    assert len(os.fsencode(Places(deep).socket_dir / ".s.PGSQL.5432")) < 107


def test_server_lowers_cyrillic_and_keeps_what_it_acknowledged(server):
    assert ask(server, "SELECT lower('ЁЖИК Щёлкин')") == "ёжик щёлкин"
    assert ask(server, "SHOW fsync") == "on"
    assert ask(server, "SHOW full_page_writes") == "on"
    assert ask(server, "SHOW synchronous_commit") == "on"
    assert ask(server, "SHOW listen_addresses") == ""
    assert ask(server, "SHOW max_connections") == "120"


def test_socket_is_closed_to_other_users(server):
    folder = server.places.socket_dir
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder.stat().st_uid == server.places.server_user.pw_uid != 0 or os.geteuid() == 0


def test_roles_are_no_superusers_and_the_owner_may_make_databases(server):
    with psycopg.connect(server.url("owner")) as connection:
        rows = connection.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles"
            " WHERE rolname LIKE 'imo_%' ORDER BY rolname"
        ).fetchall()
        connection.execute("SET ROLE imo_app")
    assert rows == [("imo_app", False, False, False), ("imo_owner", False, True, False)]


def test_second_start_finds_the_running_server(server):
    before = pid_of(server)
    server_for(server.places.data_dir).ensure_running()
    assert pid_of(server) == before


def test_killed_server_comes_back_with_its_data(server):
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer")
    before = pid_of(server)
    os.kill(before, signal.SIGKILL)
    server.ensure_running()
    assert pid_of(server) != before
    assert ask(server, "SELECT answer FROM kept") == 42


def test_number_of_a_killed_server_borne_by_a_stranger_is_no_server(server):
    server.stop()
    lock = server.places.cluster / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{server.places.cluster}\n1\n5432\n/tmp\n\n1 1\nready\n")
    assert not server.is_running()
    server.ensure_running()
    assert ask(server, "SELECT 1") == 1


def test_four_starters_at_once_bring_up_one_server(server):
    server.stop()
    command = [sys.executable, "-m", "imo_portal.embedded", "start"]
    environment = os.environ | {"PORTAL_DATA": str(server.places.data_dir)}
    starters = [subprocess.Popen(command, cwd=ROOT, env=environment) for _ in range(4)]
    assert [starter.wait(60) for starter in starters] == [0, 0, 0, 0]
    assert ask(server, "SELECT 1") == 1


def test_stopped_server_says_so(server):
    server.stop()
    assert not server.is_running()
    server.stop()
    server.ensure_running()
    assert server.is_running()


def test_folder_laid_anew_gets_a_new_server_in_place_of_the_old_one(data_dir):
    server = server_for(data_dir)
    server.ensure_running()
    before = pid_of(server)
    shutil.rmtree(data_dir / "postgres")
    server.ensure_running()
    assert pid_of(server) != before
    deadline = time.monotonic() + 10
    while postmaster.command_line(before) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert postmaster.command_line(before) == ""
    discard(server)


def test_interrupted_first_start_is_begun_again(data_dir):
    (data_dir / "postgres.new").mkdir()
    (data_dir / "postgres.new" / "PG_VERSION").write_text("18")
    server = server_for(data_dir)
    server.ensure_running()
    assert ask(server, "SELECT 1") == 1
    discard(server)


@as_root
def test_under_a_closed_folder_the_data_go_where_the_server_can_reach_them(data_dir):
    data_dir.chmod(0o700)
    server = server_for(data_dir / "var")
    server.ensure_running()
    assert server.places.cluster != data_dir / "var" / "postgres"
    assert ask(server, "SELECT 1") == 1
    assert data_dir.stat().st_mode & 0o777 == 0o700
    discard(server)


@as_root
def test_socket_folder_of_somebody_else_is_refused(data_dir):
    places = Places(data_dir)
    places.socket_dir.mkdir(mode=0o700)
    with pytest.raises(EmbeddedServerError, match="удалите её и повторите запуск"):
        server_for(data_dir).ensure_running()
    places.socket_dir.rmdir()


@as_root
def test_data_of_an_ordinary_user_are_served_as_that_user(data_dir):
    os.chown(data_dir, 65534, 65534)
    server = server_for(data_dir)
    server.ensure_running()
    assert server.places.cluster.stat().st_uid == 65534
    assert server.places.socket_dir.name.startswith("imo-portal-65534-")
    discard(server)
