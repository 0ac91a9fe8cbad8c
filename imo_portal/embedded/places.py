"""Which folders a data folder's server uses: cluster, socket, lock, log."""

import hashlib
import os
import pwd
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from imo_portal.embedded.binaries import shared_home
from imo_portal.embedded.errors import EmbeddedServerError
from imo_portal.embedded.users import known_user, owner_of, reaches, service_user

SERVICE_RUN = Path("/run")
# Not TMPDIR: the address must be the same for every process. Whose the folder is, is verified.
TEMPORARY = Path("/tmp")  # noqa: S108


@dataclass(frozen=True)
class Places:
    """Paths that follow from the data folder alone, the same for every process that asks."""

    data_dir: Path

    @property
    def socket_dir(self) -> Path:
        """A short path (a socket's address has 107 bytes at most); root's lies where only root can create."""
        key = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        owner = owner_of(self.data_dir)
        if owner == 0 and SERVICE_RUN.is_dir():
            return SERVICE_RUN / f"imo-portal-{key}"
        return TEMPORARY / f"imo-portal-{owner}-{key}"

    @property
    def lock_file(self) -> Path:
        return self.data_dir / "postgres.lock"

    @property
    def log_file(self) -> Path:
        return self.data_dir / "log" / "postgres.log"

    @property
    def pointer(self) -> Path:
        """Names the cluster's folder when it could not stay in the data folder."""
        return self.data_dir / "postgres.path"

    @property
    def cluster(self) -> Path:
        try:
            return Path(self.pointer.read_text().strip())
        except FileNotFoundError:
            return self.data_dir / "postgres"

    @property
    def server_user(self) -> pwd.struct_passwd:
        """Who runs the server: the owner of the data folder; for root's, an unprivileged user."""
        owner = owner_of(self.data_dir)
        if owner == 0 and self.cluster.exists():
            owner = owner_of(self.cluster)
        return known_user(owner) if owner else service_user()

    def prepare_data_dir(self) -> None:
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EmbeddedServerError(f"Не удалось создать папку данных {self.data_dir}: {error}") from error
        if os.geteuid() not in (0, owner_of(self.data_dir)):
            owner = known_user(owner_of(self.data_dir)).pw_name
            raise EmbeddedServerError(
                f"Папка данных {self.data_dir} принадлежит пользователю {owner}: "
                "запустите портал от него или укажите свою папку (--data)."
            )
        self.log_file.parent.mkdir(exist_ok=True)

    def prepare_socket_dir(self) -> None:
        """Makes the socket's folder, closed to others; refuses one that somebody else has laid there."""
        folder, user = self.socket_dir, self.server_user
        try:
            folder.mkdir(mode=0o700)
            if os.geteuid() == 0:
                os.chown(folder, user.pw_uid, user.pw_gid)
        except FileExistsError:
            pass
        status = folder.lstat()
        if folder.is_symlink() or not folder.is_dir() or status.st_uid != user.pw_uid:
            raise EmbeddedServerError(
                f"Папка сокета {folder} принадлежит не пользователю {user.pw_name}: "
                "удалите её и повторите запуск."
            )
        if status.st_mode & 0o077:
            folder.chmod(0o700)

    def choose_cluster(self) -> Path:
        """Where a new cluster goes: into the data folder, or out of a folder closed to the server's user."""
        user = self.server_user
        if os.geteuid() != 0 or reaches(user, self.data_dir):
            return self.data_dir / "postgres"
        home = Path(tempfile.mkdtemp(prefix="data-", dir=shared_home()))
        home.chmod(0o755)
        return home / "postgres"

    def settle_cluster(self, unfinished: Path, cluster: Path) -> None:
        """Gives a complete new cluster its final name, and remembers it when it lies elsewhere."""
        unfinished.rename(cluster)
        if cluster.parent != self.data_dir:
            draft = self.pointer.with_suffix(".new")
            draft.write_text(f"{cluster}\n")
            draft.rename(self.pointer)


def empty_folder(folder: Path, user: pwd.struct_passwd) -> None:
    """An empty folder of the user's own, in place of what an interrupted start may have left."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(folder, user.pw_uid, user.pw_gid)
