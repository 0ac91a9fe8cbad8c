from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "apps.api"
    verbose_name = "Открытые данные"

    def ready(self) -> None:
        from apps.api import registrations

        registrations.register()
