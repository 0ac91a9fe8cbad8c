"""The real thing: ./start, each of its parts killed, Ctrl-C."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from imo_portal.embedded import postmaster, server_for
from imo_portal.launch.environment import ROOT
from tests.launch.conftest import discard


class Started:
    def __init__(self, data_dir: Path, port: int) -> None:
        self.data_dir, self.port, self.log = data_dir, port, data_dir / "start.out"
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DJANGO_"))
        }
        environment.pop("DATABASE_URL", None)
        environment["PORTAL_DEBUG"] = "1"  # static files are copied only: compressing them takes 20 s
        self.command = [str(ROOT / "start"), "--no-demo", "--port", str(port), "--data", str(data_dir)]
        self.environment = environment
        self.process = self.run()

    def run(self) -> subprocess.Popen:
        with self.log.open("w") as log:
            return subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def parts(self) -> list[int]:
        return json.loads((self.data_dir / "instance.json").read_text())["parts"]

    def is_healthy(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with contextlib.closing(connection):
            try:
                connection.request("GET", "/health/")
                return connection.getresponse().status == 200
            except OSError:
                return False

    def wait_until_up(self) -> None:
        wait_for(
            lambda: (
                self.says("Остановить: Ctrl-C") or self.process.poll() is not None or self.says("Журналы")
            ),
            300,
        )
        assert self.says("Портал ИМО работает"), self.log.read_text() + self.errors()
        wait_for(lambda: len(self.parts()) == 2)

    def errors(self) -> str:
        return "".join(path.read_text()[-2000:] for path in self.data_dir.glob("log/w*.log"))

    def says(self, words: str) -> bool:
        return words in self.log.read_text()


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def is_gone(pid: int) -> bool:
    return postmaster.command_line(pid) == ""


@pytest.fixture
def started(data_dir, free_port) -> Iterator[Started]:
    portal = Started(data_dir, free_port)
    yield portal
    with contextlib.suppress(ProcessLookupError):
        portal.process.terminate()
    portal.process.wait(40)
    discard(server_for(data_dir))


@pytest.mark.timeout(900)
def test_portal_survives_the_death_of_each_part_and_stops_cleanly(started):
    started.wait_until_up()
    assert started.is_healthy()
    server = server_for(started.data_dir)

    web, worker = started.parts()
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: started.parts()[1] != worker)
    os.kill(web, signal.SIGKILL)
    wait_for(lambda: started.parts()[0] != web)
    wait_for(started.is_healthy)

    database = postmaster.in_cluster(server.places.cluster).pid
    os.kill(database, signal.SIGKILL)
    wait_for(lambda: is_gone(database))
    wait_for(started.is_healthy)
    assert started.says("Остановилась часть портала: база данных")

    second = subprocess.run(
        started.command,
        env=started.environment,
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    assert f"Портал уже работает: http://127.0.0.1:{started.port}/" in second.stdout

    os.kill(started.process.pid, signal.SIGKILL)
    started.process.wait()
    started.process = started.run()
    started.wait_until_up()
    parts = started.parts()

    started.process.send_signal(signal.SIGINT)
    assert started.process.wait(40) == 0
    assert started.says("Портал остановлен.")
    assert not server.is_running()
    wait_for(lambda: all(map(is_gone, parts)), seconds=5)
    assert not (started.data_dir / "instance.json").exists()
