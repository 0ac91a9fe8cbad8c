"""What the files and the process table say about a server: is it there, is it ours."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

READY = "ready"


@dataclass(frozen=True)
class Postmaster:
    """The first lines of a lock file of PostgreSQL: process, its cluster, its state."""

    pid: int
    cluster: Path
    status: str

    def is_alive(self) -> bool:
        """False for a number that a killed server left and another process (or a zombie) bears now."""
        return str(self.cluster) in command_line(self.pid)


def in_cluster(cluster: Path) -> Postmaster | None:
    """Who claims the cluster, alive or not."""
    return _read(cluster / "postmaster.pid")


def on_socket(socket_dir: Path, port: int) -> Postmaster | None:
    """Who claims the socket, alive or not."""
    return _read(socket_dir / f".s.PGSQL.{port}.lock")


def _read(path: Path) -> Postmaster | None:
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        return Postmaster(int(lines[0]), Path(lines[1]), lines[7] if len(lines) > 7 else "")
    except (FileNotFoundError, IndexError, ValueError):
        return None


def command_line(pid: int) -> str:
    """The command of a process with its arguments; empty when there is no such process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        pass
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    shown = subprocess.run(  # noqa: S603
        ["/bin/ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip()
