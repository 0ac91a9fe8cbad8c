import signal
import subprocess
import sys
import time

import pytest

from imo_portal.embedded import EmbeddedServerError
from imo_portal.launch import parts
from imo_portal.launch.parts import Backoff, Database, Program
from imo_portal.launch.supervisor import Supervisor


class FakePart:
    def __init__(self, title, journal, *, listens_to_database=False, fails=0):
        self.title, self.journal, self.listens_to_database = title, journal, listens_to_database
        self.fails, self.alive = fails, False

    def start(self):
        self.journal.append(f"start {self.title}")
        if self.fails:
            self.fails -= 1
            raise EmbeddedServerError("не запустился")
        self.alive = True

    def is_alive(self):
        return self.alive

    def ask_to_stop(self):
        self.journal.append(f"ask {self.title}")
        self.alive = False

    def has_stopped(self):
        return not self.alive

    def finish(self):
        self.journal.append(f"finish {self.title}")


class FakeDatabase(FakePart, Database):
    pass


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1000.0

    monkeypatch.setattr(parts.time, "monotonic", lambda: Clock.now)
    return Clock


@pytest.fixture
def journal():
    return []


def test_parts_start_in_order_and_stop_in_reverse(journal):
    supervisor = Supervisor([FakePart("db", journal), FakePart("web", journal)])
    supervisor.start()
    supervisor.stop()
    assert journal == ["start db", "start web", "ask db", "ask web", "finish web", "finish db"]


def test_part_added_later_is_watched_like_the_others(journal, clock):
    supervisor, worker = Supervisor([FakePart("web", journal)]), FakePart("worker", journal)
    supervisor.start()
    supervisor.add(worker)
    worker.alive = False
    supervisor.step()
    clock.now += 1.1
    supervisor.step()
    assert journal == ["start web", "start worker", "start worker"]


def test_dead_part_is_started_again_after_its_delay(journal, clock):
    web = FakePart("web", journal)
    supervisor = Supervisor([web])
    supervisor.start()
    web.alive = False
    supervisor.step()
    assert journal == ["start web"]
    clock.now += 1.1
    supervisor.step()
    assert journal == ["start web", "start web"]
    assert web.alive


def test_part_that_cannot_start_is_tried_again(journal, clock, capsys):
    database = FakePart("db", journal, fails=2)
    supervisor = Supervisor([database])
    supervisor.start()
    clock.now += 1.1
    supervisor.step()
    clock.now += 2.1
    supervisor.step()
    assert journal == ["start db"] * 3
    assert database.alive
    assert "не запустился" in capsys.readouterr().out


def test_restarted_database_renews_its_listeners(journal, clock):
    database = FakeDatabase("db", journal)
    worker = FakePart("worker", journal, listens_to_database=True)
    web = FakePart("web", journal)
    supervisor = Supervisor([database, worker, web])
    supervisor.start()
    database.alive = False
    supervisor.step()
    clock.now += 1.1
    supervisor.step()
    assert journal[3:] == ["start db", "ask worker"]


def test_delays_grow_to_half_a_minute_and_a_calm_minute_forgets_them(clock):
    backoff = Backoff()
    delays = []
    for _ in range(7):
        backoff.started()
        delays.append(backoff.died())
    assert delays == [1, 2, 4, 8, 16, 30, 30]
    backoff.started()
    clock.now += 61
    assert backoff.died() == 0


def test_second_signal_does_not_wait(journal):
    stubborn = FakePart("web", journal)
    stubborn.ask_to_stop = lambda: None
    supervisor = Supervisor([stubborn])
    supervisor.start()
    supervisor._on_signal(signal.SIGINT, None)
    supervisor._on_signal(signal.SIGINT, None)
    started = time.monotonic()
    supervisor.stop()
    assert time.monotonic() - started < 1
    assert journal == ["start web", "finish web"]


def test_program_is_killed_with_its_children(tmp_path):
    child = "import subprocess as s, time; s.Popen(['sleep', '60']); print('up', flush=True); time.sleep(60)"
    program = Program(
        "часть", [sys.executable, "-c", child], tmp_path / "log" / "part.log", {"PATH": "/bin:/usr/bin"}
    )
    program.start()
    deadline = time.monotonic() + 10
    while program.log.read_text() != "up\n" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert program.is_alive()
    program.finish()
    assert program.has_stopped()
    deadline = time.monotonic() + 10
    while _members(program.process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _members(program.process.pid) == b""


def _members(group: int) -> bytes:
    """Living processes of the group; one killed but not yet buried has the state Z."""
    found = subprocess.run(["pgrep", "-g", str(group), "-r", "RSD"], capture_output=True, check=False)
    return found.stdout


def test_log_of_a_part_is_for_its_owner_only(tmp_path):
    program = Program("часть", ["/bin/true"], tmp_path / "log" / "part.log", {})
    program.start()
    program.finish()
    assert program.log.stat().st_mode & 0o777 == 0o600
