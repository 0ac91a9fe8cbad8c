"""Backup and restore: database and stored files in one archive, checked before anything is touched."""

from apps.core.backup.archive import BackupError, Manifest
from apps.core.backup.restore import restore
from apps.core.backup.write import back_up

__all__ = ["BackupError", "Manifest", "back_up", "restore"]
