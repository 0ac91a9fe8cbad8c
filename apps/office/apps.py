from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "apps.office"
    verbose_name = "Кадры"

    def ready(self) -> None:
        from apps.office import registrations

        registrations.register()
