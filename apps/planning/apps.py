from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "apps.planning"
    verbose_name = "Планы"

    def ready(self) -> None:
        from apps.planning import (
            listeners,  # noqa: F401  the receivers connect themselves
            registered,
            reprinting,
        )

        registered.register()
        reprinting.register()
