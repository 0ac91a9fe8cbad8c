"""The pages of the top floor in the navigation."""

from apps.accounts.permissions import can_invite
from apps.core.registry import (
    HomeFigure,
    NavItem,
    PanelProvider,
    home_figures,
    navigation,
    organization_panels,
)
from apps.portal import indicators
from apps.portal.permissions import can_read_journal, enters_admin_site
from apps.portal.queries import representatives_panel, unanswered_count

NOBODY_ANSWERS = ",".join(
    f"{word} без ответственного" for word in ("организация", "организации", "организаций")
)


def register() -> None:
    indicators.register()
    navigation.register(NavItem("portal.home", "Главная", "portal:home", "house", "", order=0))
    navigation.register(
        NavItem(
            "portal.journal",
            "Журнал",
            "portal:journal-list",
            "journal-text",
            "Управление",
            order=90,
            allowed=can_read_journal,
        )
    )
    navigation.register(
        NavItem(
            "portal.tables",
            "Управление данными",
            "admin:index",
            "table",
            "Управление",
            order=95,
            allowed=enters_admin_site,
        )
    )
    navigation.register(
        NavItem("portal.help", "Помощь", "portal:help", "question-circle", "Справка", order=99)
    )
    home_figures.register(
        HomeFigure(
            key="portal.unanswered",
            title="организаций без ответственного",
            figure=unanswered_count,
            url_name="accounts:invitation-bulk",
            forms=NOBODY_ANSWERS,
            order=20,
            allowed=can_invite,
        )
    )
    organization_panels.register(
        PanelProvider(
            key="portal.representatives",
            title="Ответственные",
            template="portal/representatives.html",
            context=representatives_panel,
            order=5,
        )
    )
