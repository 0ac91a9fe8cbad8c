"""The current organisation of the request and the absolute end of a session."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.utils.functional import SimpleLazyObject

from apps.accounts.queries import current_organization, must_set_up_second_factor

SECOND_FACTOR_PAGES = {"accounts:second-factor", "accounts:logout"}


# A session in use is prolonged at most this often, so that a page costs no write.
RENEWAL_SECONDS = 600


def renew(request: HttpRequest) -> None:
    """Counts the idle time from the latest request, not from the sign-in."""
    now = int(time.time())
    seen = request.session.get("seen_at") or request.session.get("started_at") or now
    if now - seen > RENEWAL_SECONDS:
        request.session["seen_at"] = now


class AccountMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            started = request.session.get("started_at")
            if started is not None and time.time() - started > settings.SESSION_ABSOLUTE_SECONDS:
                logout(request)
                return redirect("accounts:login")
            renew(request)
            if settings.STAFF_SECOND_FACTOR and self._second_factor_due(request):
                return redirect("accounts:second-factor")
        organization = SimpleLazyObject(lambda: current_organization(request))
        request.current_organization = organization  # type: ignore[attr-defined]
        return self.get_response(request)

    def _second_factor_due(self, request: HttpRequest) -> bool:
        if not must_set_up_second_factor(request.user):
            return False
        return resolve(request.path_info).view_name not in SECOND_FACTOR_PAGES
