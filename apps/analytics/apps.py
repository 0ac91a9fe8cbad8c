from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "apps.analytics"
    verbose_name = "Аналитика"

    def ready(self) -> None:
        from apps.analytics import registrations

        registrations.register()
