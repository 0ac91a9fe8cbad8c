"""`manage.py form_export CODE [--number N] [--output FILE]`: a form definition as JSON."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.monitoring.models import FormVersion


class Command(BaseCommand):
    help = "Выгружает определение формы в JSON: последнюю опубликованную версию или названную."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--number", type=int, help="номер версии")
        parser.add_argument("--output", type=Path, help="файл; без него — на экран")

    def handle(self, *, code: str, number: int | None, output: Path | None, **options: Any) -> None:
        versions = FormVersion.objects.filter(form__code=code).order_by("-number")
        versions = versions.filter(number=number) if number else versions.published()
        version = versions.first()
        if version is None:
            raise CommandError("Такой формы или версии нет.")
        text = json.dumps(version.definition, ensure_ascii=False, indent=2)
        if output is None:
            self.stdout.write(text)
        else:
            output.write_text(text + "\n", encoding="utf-8")
