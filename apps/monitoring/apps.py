from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "apps.monitoring"
    verbose_name = "Мониторинг"

    def ready(self) -> None:
        from apps.monitoring import registered
        from apps.monitoring.reporting import reprinting

        registered.register()
        reprinting.register()
