"""`manage.py form_import FILE [--by NAME] [--publish]`: a form definition from a JSON file."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.accounts.models import User
from apps.accounts.queries import holders_of
from apps.core.access import Conflict, Refused
from apps.core.roles import Role
from apps.monitoring.actions.forms import import_definition, publish
from apps.monitoring.definition import DefinitionInvalid


class Command(BaseCommand):
    help = "Загружает определение формы из файла JSON; все ошибки показываются сразу."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", help="имя для входа методиста; без него — первый методист")
        parser.add_argument("--publish", action="store_true", help="сразу опубликовать")

    def handle(self, *, file: Path, by: str | None, publish: bool, **options: Any) -> None:
        try:
            definition = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"Файл не читается как JSON: {error}") from error
        try:
            version = import_definition(definition=definition, by=self._actor(by))
        except DefinitionInvalid as invalid:
            lines = [f"{fault.path}: {fault.message}" for fault in invalid.faults]
            raise CommandError("Определение не принято:\n" + "\n".join(lines)) from invalid
        except (Conflict, Refused) as refusal:
            raise CommandError(refusal.told) from refusal
        if publish and not version.is_published:
            version = self._publish(version, self._actor(by))
        self.stdout.write(f"{version}: {version.get_state_display().lower()}")

    def _publish(self, version: Any, actor: User) -> Any:
        return publish(version=version, by=actor)

    def _actor(self, name: str | None) -> User:
        people = holders_of(Role.METHODIST, Role.HEAD)
        actor = people.filter(username__iexact=name).first() if name else people.order_by("pk").first()
        if actor is None:
            raise CommandError("Нет такого методиста. Укажите имя для входа: --by ИМЯ.")
        return actor
