"""Starts, finds and stops the PostgreSQL server of one data folder."""

import contextlib
import fcntl
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg

from imo_portal.embedded import postmaster
from imo_portal.embedded.binaries import programs_for
from imo_portal.embedded.errors import EmbeddedServerError
from imo_portal.embedded.places import Places, empty_folder
from imo_portal.embedded.provision import DATABASE, ROLES, provision
from imo_portal.embedded.users import run_as

PORT = 5432
LOCK_SECONDS = 150
START_SECONDS = 120
LOG_BYTES = 10 * 1024 * 1024
INITDB_FLAGS = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "-E", "UTF8")
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "jit": "off",
    "lc_messages": "C",
}


class EmbeddedServer:
    """The server of one data folder; every process that names the same folder means the same server."""

    def __init__(self, data_dir: Path) -> None:
        self.places = Places(data_dir.resolve())

    def url(self, role: str = "app") -> str:
        """Connection URL for `app`, `owner` or `superuser`; starts nothing and is always the same."""
        user, database = ROLES[role], "postgres" if role == "superuser" else DATABASE
        host = quote(str(self.places.socket_dir), safe="/")
        return f"postgresql://{user}@/{database}?host={host}&port={PORT}"

    def is_running(self) -> bool:
        found = postmaster.in_cluster(self.places.cluster)
        return found is not None and found.is_alive()

    def ensure_running(self) -> None:
        """Brings the server up, on first use with a new cluster; nothing to do when it answers.

        Raises EmbeddedServerError with a Russian text when the server cannot run.
        """
        if self._answers():
            return
        self.places.prepare_data_dir()
        with self._locked():
            if not self._answers():
                self._start()
                provision(self.url("superuser"))

    def stop(self) -> None:
        """Stops the server: running statements are cut, what was committed stays."""
        if not self.places.data_dir.is_dir():
            return
        with self._locked():
            if self.is_running():
                self._control("stop", "-m", "fast", "-t", str(START_SECONDS))

    def _answers(self) -> bool:
        """Asked of this cluster's server: one that outlived a removed data folder does not count."""
        if not self.is_running():
            return False
        try:
            psycopg.connect(self.url("app"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _start(self) -> None:
        places = self.places
        places.prepare_socket_dir()
        self._dismiss_former_server()
        if not (places.cluster / "PG_VERSION").exists():
            self._create_cluster()
        self._forget_dead_server()
        if self._wait_while_busy():
            return
        settings = SETTINGS | {"unix_socket_directories": str(places.socket_dir)}
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
        deadline = time.monotonic() + 20
        while not self._control("start", "-t", str(START_SECONDS), "-o", options):
            if time.monotonic() > deadline or not self._children_are_left():
                raise EmbeddedServerError(
                    f"PostgreSQL не запустился:\n{self._log_tail()}\nЖурнал: {places.log_file}"
                )
            time.sleep(0.5)

    def _create_cluster(self) -> None:
        """Runs initdb beside the final place: an interrupted one is never taken for a cluster."""
        user, cluster = self.places.server_user, self.places.choose_cluster()
        unfinished = cluster.with_name("postgres.new")
        empty_folder(unfinished, user)
        command: list[str | Path] = [
            self._program("initdb"),
            "-D",
            unfinished,
            "-U",
            ROLES["superuser"],
            "-A",
            "trust",
            *INITDB_FLAGS,
        ]
        done = run_as(user, command, capture_output=True, text=True)
        if done.returncode != 0:
            raise EmbeddedServerError(f"Не удалось создать базу данных PostgreSQL:\n{done.stderr.strip()}")
        self.places.settle_cluster(unfinished, cluster)

    def _dismiss_former_server(self) -> None:
        """Stops a server that outlived its data folder: the folder was removed and laid anew."""
        former = postmaster.on_socket(self.places.socket_dir, PORT)
        current = postmaster.in_cluster(self.places.cluster)
        if former and former.is_alive() and (current is None or current.pid != former.pid):
            os.kill(former.pid, signal.SIGQUIT)
            _wait_for(lambda: not former.is_alive(), seconds=30)

    def _forget_dead_server(self) -> None:
        """After kill -9 a zombie or a stranger may bear the number; PostgreSQL itself would give up."""
        for path, found in (
            (self.places.cluster / "postmaster.pid", postmaster.in_cluster(self.places.cluster)),
            (
                self.places.socket_dir / f".s.PGSQL.{PORT}.lock",
                postmaster.on_socket(self.places.socket_dir, PORT),
            ),
        ):
            if found and not found.is_alive():
                path.unlink(missing_ok=True)

    def _wait_while_busy(self) -> bool:
        """True when a server that was still starting has become ready; False when there is none."""

        def settled() -> bool:
            found = postmaster.in_cluster(self.places.cluster)
            return found is None or not found.is_alive() or found.status == postmaster.READY

        _wait_for(settled, seconds=START_SECONDS)
        return self.is_running()

    def _children_are_left(self) -> bool:
        """After kill -9 of the server its children may hold the shared memory for a moment."""
        return "shared memory block" in self._log_tail()

    def _control(self, *arguments: str) -> bool:
        command: list[str | Path] = [self._program("pg_ctl"), "-D", self.places.cluster, "-w", *arguments]
        with self._log() as log:
            return (
                run_as(self.places.server_user, command, stdout=log, stderr=subprocess.STDOUT).returncode == 0
            )

    def _program(self, name: str) -> Path:
        return programs_for(self.places.server_user) / name

    @contextlib.contextmanager
    def _log(self) -> Iterator[int]:
        path = self.places.log_file
        if path.exists() and path.stat().st_size > LOG_BYTES and not self.is_running():
            path.replace(path.with_suffix(".log.1"))
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _log_tail(self) -> str:
        try:
            return "\n".join(self.places.log_file.read_text(errors="replace").splitlines()[-8:])
        except FileNotFoundError:
            return ""

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One starter at a time; the others find the server up when their turn comes."""
        descriptor = os.open(self.places.lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if os.geteuid() == 0:
                status = self.places.data_dir.stat()
                os.fchown(descriptor, status.st_uid, status.st_gid)
            if not _wait_for(lambda: _try_lock(descriptor), seconds=LOCK_SECONDS):
                raise EmbeddedServerError(
                    "Другой процесс слишком долго запускает или останавливает PostgreSQL."
                )
            yield
        finally:
            os.close(descriptor)


def server_for(data_dir: Path) -> EmbeddedServer:
    """The embedded server whose data lie in the folder; starts nothing."""
    return EmbeddedServer(Path(data_dir))


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait_for(condition: Callable[[], bool], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
