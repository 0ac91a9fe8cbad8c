"""A refusal of a signed-in person leaves a line in the journal."""

import logging
from collections.abc import Callable

from axes.helpers import get_client_ip_address
from django.db import Error, transaction
from django.http import HttpRequest, HttpResponse

from apps.core import journal
from apps.core.enums import Verb
from apps.core.text import printable

logger = logging.getLogger(__name__)
# Parts of an address that open a door by themselves: of such a page the journal names the route alone.
SECRETS = frozenset({"token", "uid", "code"})


class RefusalsMiddleware:
    """Every answer 403, whoever made it: a page, an action, the admin, a forged form.

    It stands outside of the transactions of the view, so a rolled back act leaves its line all the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 403:
            record_refusal(request)
        return response


def record_refusal(request: HttpRequest) -> None:
    """Who was refused, at which address. Nothing for an anonymous visitor: a flood would fill the journal.

    Never raises an error of the database: the refusal stands also when the journal can't be written.
    """
    try:
        if not request.user.is_authenticated:
            return
        with transaction.atomic():
            journal.record(
                by=request.user,
                verb=Verb.DENIED,
                title=place_of(request),
                note="открытие страницы" if request.method in ("GET", "HEAD") else "отправка данных",
                address=get_client_ip_address(request),
            )
    except Error:
        logger.exception("a refusal was not written to the journal")


def place_of(request: HttpRequest) -> str:
    """The path without the query; the route in place of a path that holds a one-time secret."""
    match = request.resolver_match
    if match is not None and not SECRETS.isdisjoint(match.kwargs):
        return f"/{match.route}"
    return printable(request.path)
