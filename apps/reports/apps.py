from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "apps.reports"
    verbose_name = "Отчёты о деятельности"

    def ready(self) -> None:
        from apps.reports import registrations, reprinting

        registrations.register()
        reprinting.register()
