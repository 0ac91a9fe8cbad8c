"""Entering and leaving: what stands in a session, and what the journal says about it."""

import time
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp import login as otp_login

from apps.accounts.backends import may_sign_in
from apps.accounts.models import User
from apps.core import journal
from apps.core.enums import Verb

BACKEND = "apps.accounts.backends.RoleBackend"
PENDING = "second_factor"
PENDING_SECONDS = 300


def client_address(request: HttpRequest) -> str | None:
    """The network address of the visitor, past the trusted proxies only."""
    return get_client_ip_address(request)


def safe_next(request: HttpRequest, default: str = settings.LOGIN_REDIRECT_URL) -> str:
    """Where to go afterwards: a page of this portal, whatever the address asked for."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    # A word without a slash would be looked up among the names of pages by `redirect`.
    allowed = "/" in url and url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if allowed else default


def enter(request: HttpRequest, user: User, *, device: Any = None) -> None:
    """Opens a session under a new key; its absolute lifetime counts from now."""
    request.session.pop(PENDING, None)
    login(request, user, backend=BACKEND)
    request.session["started_at"] = time.time()
    if device is not None:
        otp_login(request, device)
    journal.record(by=user, verb=Verb.SIGNED_IN, subject=user, address=client_address(request))


def leave(request: HttpRequest) -> None:
    journal.record(
        by=request.user, verb=Verb.SIGNED_OUT, subject=request.user, address=client_address(request)
    )
    logout(request)


def await_second_factor(request: HttpRequest, user: User) -> None:
    """Remembers for five minutes that the password was right; the session is not the user's yet."""
    request.session.cycle_key()
    request.session[PENDING] = {
        "user_id": user.pk,
        "at": time.time(),
        "hash": user.get_session_auth_hash(),
    }


def awaited_user(request: HttpRequest) -> User | None:
    """Whose code is waited for, None after five minutes, a new password or a closed account."""
    if PENDING not in request.session:
        return None
    pending = request.session[PENDING]
    user = User.objects.filter(pk=pending["user_id"]).first()
    if user is None or not may_sign_in(user) or time.time() - pending["at"] > PENDING_SECONDS:
        return None
    return user if constant_time_compare(pending["hash"], user.get_session_auth_hash()) else None


def is_locked_out(request: HttpRequest, user: User) -> bool:
    """Too many failures for this name from this address; the code step obeys it like the password step."""
    if not settings.AXES_ENABLED:
        return False
    locked = not AxesProxyHandler.is_allowed(request, {"username": user.username})
    request.axes_locked_out = locked  # type: ignore[attr-defined]
    return locked


def count_wrong_code(request: HttpRequest, user: User) -> None:
    """A wrong code is a failed sign-in like a wrong password."""
    user_login_failed.send(__name__, credentials={"username": user.username}, request=request)
    record_failure(request, user.username)


def confirms(request: HttpRequest, form: Any) -> bool:
    """Whether a form of one's own account is sound.

    One's own password typed wrong is a failed sign-in: a session left open is no place to guess it.
    """
    if is_locked_out(request, request.user):  # the middleware of django-axes puts its page in this place
        return False
    if not form.is_valid() and any(form.has_error(name, "password_incorrect") for name in form.fields):
        count_wrong_code(request, request.user)
    return form.is_valid()


def record_failure(request: HttpRequest, name: str) -> None:
    """A failed sign-in in the journal; an unknown name is not kept, it may be a password."""
    user = User.objects.filter(username__iexact=name).first()
    journal.record(by=None, verb=Verb.SIGN_IN_FAILED, subject=user, address=client_address(request))
