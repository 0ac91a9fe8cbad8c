"""Many names tried from one address: what a counter for each name alone does not see."""

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_ip_address
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest


class AddressHandler(AxesDatabaseHandler):
    """Locks a name from an address after some failures, and an address after failures for many names.

    Names are counted, not attempts: a school behind one address may mistype as it likes, while a list of
    names with one password each is stopped. A name that has since signed in does not count, and what is
    tried while the address is locked is not recorded, so the pause ends by itself.
    """

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        return super().is_locked(request, credentials) or self._tries_many_names(request)

    def _tries_many_names(self, request: HttpRequest) -> bool:
        failed = AccessAttempt.objects.filter(
            ip_address=get_client_ip_address(request), attempt_time__gte=get_cool_off_threshold(request)
        )
        return failed.values("username").distinct().count() >= settings.LOCKOUT_NAMES
