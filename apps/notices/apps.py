from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "apps.notices"
    verbose_name = "Уведомления"

    def ready(self) -> None:
        from apps.notices import registrations

        registrations.register()
