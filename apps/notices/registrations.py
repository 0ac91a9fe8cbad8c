"""What this app offers to the floors around it."""

from typing import Any

from apps.accounts.panels import AccountPanel, account_panels
from apps.core.mail import letter_sent
from apps.core.registry import Counter, NavItem, header_counters, navigation
from apps.notices import indicators
from apps.notices.actions import log_letter
from apps.notices.forms import FrequencyForm
from apps.notices.permissions import can_see_log
from apps.notices.queries import frequency_of, unread_count


def frequency_panel(user: Any) -> dict[str, Any]:
    return {"form": FrequencyForm(initial={"frequency": frequency_of(user)})}


def log_sent_letter(sender: Any, **letter: Any) -> None:
    letter.pop("signal", None)
    log_letter(**letter)


def register() -> None:
    indicators.register()
    letter_sent.connect(log_sent_letter, dispatch_uid="notices.log")
    header_counters.register(
        Counter("unread_notices", "Уведомления", "notices:notice-list", "bell", unread_count)
    )
    navigation.register(
        NavItem(
            "notices.log",
            "Отправленные письма",
            "notices:delivery-list",
            "envelope",
            "Управление",
            80,
            can_see_log,
        )
    )
    account_panels.register(
        AccountPanel("notices", "Письма с уведомлениями", "notices/frequency_panel.html", frequency_panel)
    )
