"""What the running instance leaves in its data folder: one instance at a time, and who belongs to it."""

import fcntl
import json
import os
import signal
import time
from pathlib import Path
from typing import Any

from imo_portal.embedded.postmaster import command_line

# Words by which a part's command line is known: a number may by now be borne by a stranger.
PART_MARKS = ("imo_portal", "procrastinate")


class Instance:
    """The lock and the note of the instance that serves a data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.lock_file = data_dir / "start.lock"
        self.note_file = data_dir / "instance.json"
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """False when another instance holds the folder; the lock dies with its process."""
        descriptor = os.open(self.lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def note(self) -> dict[str, Any]:
        try:
            return json.loads(self.note_file.read_text())
        except (FileNotFoundError, ValueError):
            return {}

    def write_note(self, **facts: Any) -> None:
        draft = self.note_file.with_suffix(".new")
        draft.write_text(json.dumps({"pid": os.getpid(), **facts}))
        draft.replace(self.note_file)

    def release(self) -> None:
        self.note_file.unlink(missing_ok=True)
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def clear_leftovers(self, seconds: float = 10) -> None:
        """Ends the parts of an instance whose supervisor was killed: they would hold the port."""
        leftovers = [pid for pid in self.note().get("parts", []) if _is_part(pid)]
        for number, deadline in ((signal.SIGTERM, seconds), (signal.SIGKILL, 2)):
            for pid in filter(_is_part, leftovers):
                os.killpg(pid, number)
            until = time.monotonic() + deadline
            while any(map(_is_part, leftovers)) and time.monotonic() < until:
                time.sleep(0.1)


def _is_part(pid: int) -> bool:
    return any(mark in command_line(pid) for mark in PART_MARKS)
