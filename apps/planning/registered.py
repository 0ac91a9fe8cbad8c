"""What planning gives to the registries."""

from apps.core.registry import (
    HomeFigure,
    HomePanel,
    NavItem,
    SearchProvider,
    TaskProvider,
    home_figures,
    home_panels,
    home_tasks,
    navigation,
    search_providers,
)
from apps.planning import home, indicators, search, tasks_of_home
from apps.planning.permissions import can_read, can_write_plans


def register() -> None:
    indicators.register()
    navigation.register(
        NavItem(
            "planning",
            "Планы работы",
            "planning:plan-list",
            "calendar-event",
            group="Работа",
            order=15,
            allowed=can_read,
        )
    )
    _register_home()
    for order, (key, title, found) in enumerate(
        [("plans", "Планы", search.search_plans), ("items", "Мероприятия планов", search.search_items)]
    ):
        search_providers.register(
            SearchProvider(f"planning.{key}", title, found, order=30 + order, allowed=can_read)
        )


def _register_home() -> None:
    # Approval is nobody's substitute's: an acting head has the right by himself.
    home_tasks.register(
        TaskProvider(
            "planning.approval",
            "Утвердить план",
            tasks_of_home.approval_tasks,
            10,
            can_read,
            is_personal=True,
        )
    )
    home_tasks.register(
        TaskProvider("planning.drafts", "Доработать план", tasks_of_home.drafting_tasks, 20, can_write_plans)
    )
    home_tasks.register(
        TaskProvider("planning.execution", "Исполнение плана", tasks_of_home.execution_tasks, 30, can_read)
    )
    home_panels.register(
        HomePanel(
            "planning.week", "Планы: эта неделя", "planning/_home_panel.html", home.week_panel, 20, can_read
        )
    )
    home_figures.register(
        HomeFigure(
            "planning.overdue",
            "просрочено по планам у вас",
            lambda user: home.my_overdue(user) or None,
            "planning:plan-list",
            order=30,
            allowed=can_read,
        )
    )
