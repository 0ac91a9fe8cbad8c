"""Who may look into the log of letters. One's own notices are decided by `visible_to`."""

from typing import Any

from apps.core.roles import Role, has_role
from apps.notices.enums import DeliveryState
from apps.notices.models import Delivery


def can_see_log(user: Any, delivery: Delivery | None = None) -> bool:
    """What was sent to whom is for the head, methodists and the administrator."""
    return has_role(user, Role.HEAD, Role.METHODIST, Role.ADMIN)


def can_resend(user: Any, delivery: Delivery) -> bool:
    """A letter of a user that did not leave is sent again by those who see the log."""
    failed = delivery.state in (DeliveryState.FAILED, DeliveryState.SKIPPED)
    return can_see_log(user) and failed and delivery.recipient_id is not None
