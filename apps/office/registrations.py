"""What the app gives to the registries."""

from apps.core.registry import (
    NavItem,
    SearchProvider,
    StandInProvider,
    SubjectGuard,
    TaskProvider,
    home_tasks,
    navigation,
    search_providers,
    stand_ins,
    subject_guards,
)
from apps.core.roles import Role, has_role
from apps.office import indicators, search, tasks_of_home
from apps.office.models import ActProposal, Order
from apps.office.permissions import can_approve_staffing, can_keep_staff, can_see_staff
from apps.office.standing_in import absent_ones

TASKS = [
    ("staffing", "Штатное расписание", tasks_of_home.staffing_tasks, can_approve_staffing),
    ("consent", "Согласие на изменение Положения", tasks_of_home.consent_tasks, None),
    ("answers", "Обращения и предложения", tasks_of_home.answer_tasks, can_keep_staff),
    ("dismissed", "Задачи уволенных", tasks_of_home.dismissed_tasks, None),
    ("orders", "Приказы без номера", tasks_of_home.order_tasks, can_keep_staff),
    ("briefings", "Инструктажи", tasks_of_home.briefing_tasks, can_keep_staff),
]
SEARCH = [
    ("employees", "Сотрудники ИМО", search.search_employees),
    ("orders", "Приказы", search.search_orders),
    ("acts", "Локальные акты", search.search_acts),
]


def register() -> None:
    indicators.register()
    for model in (Order, ActProposal):
        subject_guards.register(SubjectGuard(model._meta.label_lower, model.objects.visible_to))
    stand_ins.register(StandInProvider("office", absent_ones))
    navigation.register(
        NavItem(
            "office",
            "Кадры",
            "office:employee-list",
            "person",
            group="Управление",
            order=65,
            allowed=can_see_staff,
        )
    )
    for order, (key, title, tasks, allowed) in enumerate(TASKS):
        home_tasks.register(
            TaskProvider(
                f"office.{key}",
                title,
                tasks,
                40 + order,
                allowed or _head,
                # An appeal is for the role it is addressed to and nobody's substitute.
                is_personal=key in ("answers", "dismissed"),
            )
        )
    home_tasks.register(
        TaskProvider(
            "office.reading",
            "Ознакомиться с приказом",
            tasks_of_home.reading_tasks,
            39,
            can_see_staff,
            is_personal=True,
        )
    )
    for order, (key, title, found) in enumerate(SEARCH):
        search_providers.register(
            SearchProvider(f"office.{key}", title, found, order=50 + order, allowed=can_see_staff)
        )


def _head(user: object) -> bool:
    return has_role(user, Role.HEAD)
