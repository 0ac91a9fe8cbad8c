"""The interface itself: read-only JSON under /api/v1/, described by OpenAPI."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from apps.api import refusals
from apps.api.authentication import OwnRights
from apps.api.endpoints import campaigns, forms, organizations, responses
from apps.api.throttling import KeyThrottle

PREFIX = "/api/v1/"
KEY_NAMES = frozenset({"token", "access_token", "key", "api_key", "apikey", "access_key", "authorization"})
IN_ADDRESS = (
    "Ключ в адресе не принимается: адреса остаются в журналах серверов. Передайте его заголовком "
    "Authorization, а этот ключ замените новым."
)
NO_METHOD = "Интерфейс только для чтения: используйте GET."
DESCRIPTION = (
    "Формы, мониторинги, отчёты организаций и своды портала ИМО — только для чтения. Ключ видит то же, что "
    "его владелец видит на страницах портала сегодня. Даты и время — ISO 8601, время по Гринвичу (UTC)."
)


class RussianJSON(JSONRenderer):
    """Letters as letters: an answer is half as long and can be read."""

    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


def build() -> NinjaAPI:
    """The interface with its addresses; its documentation is a page of our own (`reference`)."""
    made = NinjaAPI(
        title="Портал ИМО: открытые данные",
        version="1",
        description=DESCRIPTION,
        openapi_url=None,
        docs_url=None,
        auth=OwnRights(),
        throttle=[KeyThrottle()],
        renderer=RussianJSON(),
        urls_namespace="api",
    )
    refusals.install(made)
    for part in (organizations, forms, campaigns, responses):
        made.add_router("", part.router)
    return made


api = build()


def refused(status: int, told: str) -> JsonResponse:
    return JsonResponse(refusals.body(status, told), status=status, json_dumps_params={"ensure_ascii": False})


def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """No sign-in page, no key in the address, JSON also where the method is wrong, kept in no cache."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not KEY_NAMES.isdisjoint(name.lower() for name in request.GET):
            return private(refused(400, IN_ADDRESS))
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            allowed = response["Allow"]
            response = refused(405, NO_METHOD)
            response["Allow"] = allowed
        return private(response)

    return login_not_required(answer)


def private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response


def patterns() -> list[URLPattern]:
    """The addresses of the interface, each behind `guarded`; the library's own root page is left out."""
    found = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    return [path(str(one.pattern), guarded(one.callback), name=one.name) for one in found]


def document() -> dict[str, Any]:
    """The OpenAPI document."""
    return dict(api.get_openapi_schema(path_prefix=PREFIX))
