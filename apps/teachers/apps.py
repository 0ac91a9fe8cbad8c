from django.apps import AppConfig


class TeachersConfig(AppConfig):
    name = "apps.teachers"
    verbose_name = "Педагоги"

    def ready(self) -> None:
        from apps.teachers import registrations

        registrations.register()
