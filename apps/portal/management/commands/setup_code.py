"""`manage.py setup_code`: the code that the page of the first start asks for."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.portal.queries import needs_set_up
from apps.portal.setup import setup_code


class Command(BaseCommand):
    help = "Код для страницы первой настройки /setup/ (пока у портала нет администратора)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-needed", action="store_true", help="молчать, если портал уже настроен")

    def handle(self, *args: Any, **options: Any) -> None:
        if needs_set_up():
            self.stdout.write(setup_code())
        elif not options["if_needed"]:
            raise CommandError("Портал уже настроен: код больше ничего не открывает.")
