from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "apps.questionnaires"
    verbose_name = "Анкеты"

    def ready(self) -> None:
        from apps.questionnaires import registered

        registered.register()
