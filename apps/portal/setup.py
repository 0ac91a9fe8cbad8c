"""The first start of an empty portal: the code that proves who may do it, and the one act itself."""

import base64
import json
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from apps.accounts.actions.users import create_first_admin
from apps.accounts.models import User
from apps.core.access import Conflict
from apps.core.models import PortalState
from apps.organizations.actions import write_department
from apps.portal.queries import needs_set_up

CODE_LETTERS = 12
GROUP = 4


def setup_code() -> str:
    """«ABCD-EFGH-IJKL»: known to whoever holds the signing key, the same in all processes.

    60 bits; it opens nothing once the portal has an administrator.
    """
    digest = salted_hmac("apps.portal.setup", settings.SECRET_KEY, algorithm="sha256").digest()
    letters = base64.b32encode(digest).decode()[:CODE_LETTERS]
    return "-".join(letters[start : start + GROUP] for start in range(0, CODE_LETTERS, GROUP))


def is_setup_code(typed: str) -> bool:
    """Whether the typed code is right, in any case, with or without its dashes."""
    letters = "".join(sign for sign in typed.upper() if sign.isalnum())
    return constant_time_compare(letters, setup_code().replace("-", ""))


@transaction.atomic
def set_up(*, department: dict[str, Any], administrator: dict[str, str]) -> User:
    """The department's details and the first administrator, both or none.

    `administrator`: username, password, last_name, first_name, middle_name, position, email. The row of the
    portal's state is locked, so of two simultaneous attempts the second gets `Conflict`.
    """
    PortalState.objects.get_or_create(pk=1)
    state = PortalState.objects.select_for_update().get(pk=1)
    if not needs_set_up():
        raise Conflict("Портал уже настроен.")
    user = create_first_admin(**administrator)
    write_department(by=user, **department)
    state.set_up_at = timezone.now()
    state.save(update_fields=["set_up_at"])
    return user


def usual_department() -> dict[str, str]:
    """The names as the statute of the division has them, to start from."""
    text = (settings.BASE_DIR / "fixtures" / "department.json").read_text(encoding="utf-8")
    return json.loads(text)[0]["fields"]
