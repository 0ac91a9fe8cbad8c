from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    verbose_name = "Пользователи и права"

    def ready(self) -> None:
        from apps.accounts import registrations

        registrations.register()
