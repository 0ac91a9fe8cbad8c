from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.access import Conflict
from apps.portal.demo.loading import load
from apps.portal.demo.refusal import is_loaded


class Command(BaseCommand):
    help = "Загружает демонстрационные данные в пустой портал."

    def handle(self, *args: Any, **options: Any) -> None:
        if is_loaded():
            self.stdout.write("Демонстрационные данные уже загружены, ничего не изменено.")
            return
        try:
            made = load()
        except Conflict as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            "Демонстрационные данные загружены: "
            f"организаций – {made.organizations}, пользователей – {made.users}, форм – {made.forms}, "
            f"мониторингов – {made.campaigns}, отчётов организаций – {made.responses}, "
            f"уведомлений – {made.notices}. Утверждён отчёт: {made.paper}."
        )
