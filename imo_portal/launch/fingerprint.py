"""Whether the code, the libraries or the database differ from those that were prepared last time."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from imo_portal.embedded import EmbeddedServer
from imo_portal.launch.environment import ROOT
from imo_portal.launch.options import Options


class Prepared:
    """What the last preparation found, valid as long as nothing it depends on has changed.

    For the embedded database only: of another server one cannot know what happened to it meanwhile.
    """

    def __init__(self, options: Options, server: EmbeddedServer | None) -> None:
        self.file = options.data_dir / "prepared.json"
        self.options = options
        self.server = server

    def recall(self) -> dict[str, Any] | None:
        if self.server is None or self.options.demo == "always":
            return None
        try:
            kept = json.loads(self.file.read_text())
        except (FileNotFoundError, ValueError):
            return None
        return kept["found"] if kept.get("digest") == self._digest() else None

    def keep(self, found: dict[str, Any]) -> None:
        self.file.write_text(json.dumps({"digest": self._digest(), "found": found}))

    def _digest(self) -> str:
        digest = hashlib.sha256(code_digest(ROOT).encode())
        digest.update(f"{self.options.data_dir}\0{self.options.demo == 'never'}".encode())
        if self.server is not None:
            status = (self.server.places.cluster / "PG_VERSION").stat()
            digest.update(f"{status.st_ino} {status.st_ctime_ns}".encode())
        return digest.hexdigest()


def code_digest(root: Path) -> str:
    folders = (root / "apps", root / "imo_portal")
    return files_digest([*_sources(folders), root / "requirements.txt", *static_files(root)])


def static_digest(root: Path) -> str:
    return files_digest([root / "requirements.txt", *static_files(root)])


def files_digest(paths: Iterable[Path]) -> str:
    """Of names, sizes and times of change: reading every file would cost more than it tells."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _sources(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from folder.rglob("*.py")


def static_files(root: Path) -> Iterator[Path]:
    for folder in (root / "static", *root.glob("apps/*/static")):
        yield from (path for path in folder.rglob("*") if path.is_file())
