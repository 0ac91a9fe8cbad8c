"""What every address shares: parameters of pages, refusals in the documentation, no parameter passed over."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from apps.api.refusals import Refusal
from apps.api.schemas import RefusalBody
from apps.core import journal
from apps.core.enums import Verb

MOST = 1000
BIGGEST_ID = 2**63 - 1
REFUSALS = frozenset({400, 401, 403, 404, 405, 409, 422, 429, 503})

Limit = Annotated[int, Query(ge=1, le=MOST, description=f"Записей на странице, от 1 до {MOST}")]
Cursor = Annotated[str, Query(max_length=500, description="next_cursor предыдущей страницы; пусто — начало")]
WithSubmitted = Annotated[bool, Query(description="Вместе с отправленными, но ещё не принятыми отчётами")]


def number(words: str) -> Any:
    """A filter by the number of a row."""
    return Query(ge=1, le=BIGGEST_ID, description=words)


def reads(
    router: Router, path: str, *, gives: Any, summary: str, name: str
) -> Callable[[Callable], Callable]:
    """Registers a GET; a parameter the address does not have is refused, not passed over in silence."""

    def register(view: Callable) -> Callable:
        known = set(inspect.signature(view).parameters)

        @wraps(view)
        def checked(request: HttpRequest, **given: Any) -> Any:
            refuse_unknown(request, known)
            return view(request, **given)

        return router.get(
            path,
            response={200: gives, REFUSALS: RefusalBody},
            summary=summary,
            description=inspect.getdoc(view),
            url_name=name,
            operation_id=name,
            exclude_unset=True,
        )(checked)

    return register


def refuse_unknown(request: HttpRequest, known: set[str]) -> None:
    """422 naming what the address does not know, so that a slip of the pen does not widen a list."""
    unknown = sorted(set(request.GET) - known)
    if unknown:
        raise Refusal(422, "Запрос не понят: проверьте параметры.", dict.fromkeys(unknown, "Нет такого."))


def journal_export(request: HttpRequest, cursor: str, *, title: str = "", subject: Any = None) -> None:
    """What a program reads is an export: a line when a list is begun, none for its further pages."""
    if cursor:
        return
    key = getattr(request, "access_key", None)
    note = f"ключ доступа «{key}»" if key is not None else "открытые данные"
    journal.record(by=request.user, verb=Verb.EXPORTED, subject=subject, title=title, note=note)
