from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "apps.papers"
    verbose_name = "Выданные документы"

    def ready(self) -> None:
        from apps.core.registry import NavItem, navigation, search_providers
        from apps.papers import indicators
        from apps.papers.permissions import can_see_papers
        from apps.papers.search import PAPERS

        indicators.register()
        search_providers.register(PAPERS)
        navigation.register(
            NavItem(
                "papers",
                "Выданные документы",
                "papers:paper-list",
                "patch-check",
                group="Документы",
                order=62,
                allowed=can_see_papers,
            )
        )
