"""Folders that an unprivileged database server can reach: pytest's own are closed to others."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from imo_portal.embedded import EmbeddedServer, server_for


def open_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="imo-test-"))
    folder.chmod(0o755)
    return folder


def discard(server: EmbeddedServer) -> None:
    """Stops the server and removes all it has left, wherever its cluster lies."""
    server.stop()
    cluster, socket_dir = server.places.cluster, server.places.socket_dir
    if cluster.parent != server.places.data_dir:
        shutil.rmtree(cluster.parent)
    shutil.rmtree(server.places.data_dir, ignore_errors=True)
    shutil.rmtree(socket_dir, ignore_errors=True)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    folder = open_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedServer]:
    """One running server for the tests of a module."""
    embedded = server_for(open_folder())
    embedded.ensure_running()
    yield embedded
    discard(embedded)


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root changes users")
