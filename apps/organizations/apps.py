from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "apps.organizations"
    verbose_name = "Организации"

    def ready(self) -> None:
        from apps.organizations import registrations

        registrations.register()
