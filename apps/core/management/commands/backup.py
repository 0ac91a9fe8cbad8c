"""`manage.py backup FILE`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.core.backup import BackupError, back_up


class Command(BaseCommand):
    help = "Сохраняет базу данных и файлы портала в один файл; портал при этом продолжает работать."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="ФАЙЛ", help="куда записать; существующий не заменяется"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].absolute()
        try:
            manifest = back_up(target)
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = target.stat().st_size / 1024 / 1024
        megabytes = f"{size:.1f}".replace(".", ",")
        self.stdout.write(
            f"Резервная копия записана: {target} ({megabytes} МБ, файлов: {len(manifest.members) - 1}).\n"
            "Храните её на другом носителе; ключ подписи (secret-key в папке данных) храните отдельно."
        )
