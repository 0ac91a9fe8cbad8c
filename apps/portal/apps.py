from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "apps.portal"
    verbose_name = "Портал"

    def ready(self) -> None:
        from apps.portal import registrations

        registrations.register()
