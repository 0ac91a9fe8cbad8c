"""`manage.py restore FILE`: as the owner of the database."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.core.backup import BackupError, restore
from apps.core.magadan import in_magadan
from imo_portal.launch.state import Instance


class Command(BaseCommand):
    help = "Восстанавливает базу данных и файлы портала из резервной копии; портал должен быть остановлен."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="ФАЙЛ", help="резервная копия, сделанная командой backup"
        )
        parser.add_argument("--force", action="store_true", help="заменить содержимое непустого портала")

    def handle(self, *args: Any, **options: Any) -> None:
        Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
        instance = Instance(Path(settings.DATA_DIR))
        if not instance.acquire():
            raise CommandError("Портал работает: остановите его (Ctrl-C) и повторите восстановление.")
        try:
            manifest = restore(options["file"], force=options["force"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        finally:
            instance.release()
        made = in_magadan(datetime.fromisoformat(manifest.created_at))
        self.stdout.write(
            f"Портал восстановлен из копии от {made:%d.%m.%Y %H:%M} (версия {manifest.version}, "
            f"файлов: {len(manifest.members) - 1})."
        )
