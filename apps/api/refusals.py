"""What the interface answers when it gives no data: JSON with a code, a Russian sentence, faults by field."""

from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from apps.core.access import Refused

CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "changed",
    422: "invalid",
    429: "too_many_requests",
    503: "unavailable",
}
# The sentence of a fault of a parameter, by the type pydantic gives it.
FAULTS = {
    "int_parsing": "Нужно целое число.",
    "int_parsing_size": "Слишком большое число.",
    "int_from_float": "Нужно целое число.",
    "greater_than_equal": "Не меньше {ge}.",
    "less_than_equal": "Не больше {le}.",
    "bool_parsing": "Нужно true или false.",
    "enum": "Одно из: {expected}.",
    "string_too_long": "Не длиннее {max_length} знаков.",
}


class Refusal(HttpError):
    """An answer other than data: the status, the sentence, and (for 422) parameter → sentence."""

    def __init__(self, status: int, told: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(status, told)
        self.fields = fields or {}


def body(status: int, told: str, fields: dict[str, str] | None = None) -> dict[str, Any]:
    """The document of a refusal."""
    faults = [{"name": name, "message": fault} for name, fault in (fields or {}).items()]
    return {"code": CODES[status], "message": told, "fields": faults}


def install(api: NinjaAPI) -> None:
    """Every refusal of the interface in its own form; what is no refusal stays an error of the server."""

    def answer(request: HttpRequest, status: int, told: str, fields: Any = None) -> HttpResponse:
        response = api.create_response(request, body(status, told, fields), status=status)
        if status == 401:
            response["WWW-Authenticate"] = "Bearer"
        return response

    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, error.status_code, error.message, getattr(error, "fields", None))

    def throttled(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, 429, "Слишком много запросов. Повторите позже.")

    def forbidden(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, 403, error.told)

    def missing(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, 404, "Такой записи нет.")

    def invalid(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, 422, "Запрос не понят: проверьте параметры.", faults_of(error))

    def away(request: HttpRequest, error: Any) -> HttpResponse:
        response = answer(request, 503, "Портал временно недоступен. Повторите через несколько секунд.")
        response["Retry-After"] = "10"
        return response

    for kind, handler in (
        (HttpError, refused),
        (Throttled, throttled),
        (Refused, forbidden),
        (Http404, missing),
        (ValidationError, invalid),
        (OperationalError, away),
        (InterfaceError, away),
    ):
        api.add_exception_handler(kind, handler)


def faults_of(error: ValidationError) -> dict[str, str]:
    """Parameter → what is wrong with it."""
    return {str(one["loc"][-1]): _fault(one) for one in error.errors}


def _fault(one: dict[str, Any]) -> str:
    words = FAULTS.get(one["type"], "Недопустимое значение.")
    return words.format(**one.get("ctx", {})).replace("' or '", "', '").replace("'", "")
