"""`manage.py grant_runtime`: after every migration, as the owner of the database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from apps.core.dbroles import grant_runtime


class Command(BaseCommand):
    help = "Выдаёт роли приложения права на таблицы; журнал она может только читать и дополнять."

    def handle(self, *args: Any, **options: Any) -> None:
        if grant_runtime():
            self.stdout.write(f"Права роли {settings.PORTAL_APP_ROLE} выданы.")
        else:
            self.stdout.write(
                f"Отдельной роли {settings.PORTAL_APP_ROLE} на сервере нет: "
                "журнал защищён только программой (docs/operations.md)."
            )
