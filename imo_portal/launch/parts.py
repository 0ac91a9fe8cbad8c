"""The processes of a running portal: how each starts, stops and is found dead."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from imo_portal.embedded import EmbeddedServer
from imo_portal.launch.environment import ROOT

LOG_BYTES = 10 * 1024 * 1024
PR_SET_PDEATHSIG = 1


class Part(Protocol):
    """What the supervisor keeps alive."""

    title: str
    listens_to_database: bool

    def start(self) -> None: ...
    def is_alive(self) -> bool: ...
    def ask_to_stop(self) -> None: ...
    def has_stopped(self) -> bool: ...
    def finish(self) -> None: ...


class Database:
    """The embedded PostgreSQL; lives in a session of its own and is found by its data folder."""

    title = "база данных"
    listens_to_database = False

    def __init__(self, server: EmbeddedServer) -> None:
        self.server = server

    def start(self) -> None:
        self.server.ensure_running()

    def is_alive(self) -> bool:
        return self.server.is_running()

    def ask_to_stop(self) -> None:
        """Not yet: the other parts still finish their transactions."""

    def has_stopped(self) -> bool:
        return True

    def finish(self) -> None:
        self.server.stop()


class Program:
    """A process with its children, in a session of its own: Ctrl-C reaches the supervisor only."""

    def __init__(
        self,
        title: str,
        command: Sequence[str],
        log: Path,
        environment: Mapping[str, str],
        *,
        listens_to_database: bool = False,
    ) -> None:
        self.title = title
        self.command = list(command)
        self.listens_to_database = listens_to_database
        self.log = log
        self.environment = dict(environment)
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        """Starts the process, after what a killed one may have left of its children."""
        self._kill_group()
        with self._open_log() as log:
            self.process = subprocess.Popen(  # noqa: S603
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.process is not None and self.is_alive():
            self.process.terminate()

    def has_stopped(self) -> bool:
        return not self.is_alive()

    def finish(self) -> None:
        """Kills what did not end by itself."""
        self._kill_group()

    def _kill_group(self) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _open_log(self) -> BinaryIO:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        return open(self.log, "ab", opener=lambda path, flags: os.open(path, flags, 0o600))


def _die_with_parent() -> None:
    """Linux: when the supervisor is killed, its parts end too instead of holding the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Backoff:
    """How long to wait before the next start of a part that keeps dying."""

    LONGEST = 30.0
    CALM = 60.0

    def __init__(self) -> None:
        self.delay = 0.0
        self.started_at = 0.0
        self.due_at: float | None = None

    def started(self) -> None:
        self.started_at, self.due_at = time.monotonic(), None

    def died(self) -> float:
        """Seconds to wait: none after a calm minute, then 1, 2, 4 … 30."""
        calm = time.monotonic() - self.started_at > self.CALM
        self.delay = 0.0 if calm else min(self.LONGEST, self.delay * 2 or 1.0)
        self.due_at = time.monotonic() + self.delay
        return self.delay

    def is_due(self) -> bool:
        return self.due_at is not None and time.monotonic() >= self.due_at
