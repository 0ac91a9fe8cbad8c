"""Pages by an opaque cursor: where the last page ended, signed, good for the same list and filters only."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django.core import signing
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest

from apps.api.refusals import Refusal

SALT = "apps.api.cursors"
# What may differ between the pages of one list.
FREE = ("cursor", "limit")
BAD = "Курсор не подходит: берите next_cursor из предыдущего ответа и не меняйте остальные параметры."


def scope_of(request: HttpRequest) -> str:
    """A mark of the list and its filters."""
    given = sorted((name, value) for name, value in request.GET.items() if name not in FREE)
    return hashlib.sha256(repr((request.path, given)).encode()).hexdigest()[:16]


def sealed(request: HttpRequest, place: Any) -> str:
    return signing.dumps([scope_of(request), place], salt=SALT)


def opened(request: HttpRequest, cursor: str) -> Any:
    """The place of a cursor, None at the beginning. Raises 400 for one that is forged or of another list."""
    if not cursor:
        return None
    try:
        scope, place = signing.loads(cursor, salt=SALT)
    except (signing.BadSignature, ValueError, UnicodeError) as error:
        raise Refusal(400, BAD) from error
    if scope != scope_of(request):
        raise Refusal(400, BAD)
    return place


def page_of_rows(
    request: HttpRequest,
    rows: QuerySet,
    item: Callable[[Any], dict[str, Any]],
    *,
    limit: int,
    cursor: str,
    beside: Sequence[Prefetch] = (),
    weight: Callable[[Any], int] | None = None,
    heaviest: int = 0,
) -> dict[str, Any]:
    """A page of a queryset by rising id: nothing is passed over or doubled when rows are added meanwhile.

    `beside` is fetched for the rows of the page alone. `weight` of a row and `heaviest`: the page ends early,
    after the row that reaches the sum.
    """
    place = opened(request, cursor)
    after = rows.order_by("pk") if place is None else rows.filter(pk__gt=place).order_by("pk")
    if weight is None:
        taken = list(after[: limit + 1])
        kept, is_last = taken[:limit], len(taken) <= limit
    else:
        kept, is_last = _by_weight(after, limit, weight, heaviest)
    prefetch_related_objects(kept, *beside)
    ended = None if is_last else sealed(request, kept[-1].pk)
    return {"items": [item(one) for one in kept], "next_cursor": ended}


def _by_weight(
    rows: QuerySet, limit: int, weight: Callable[[Any], int], heaviest: int
) -> tuple[list[Any], bool]:
    kept: list[Any] = []
    sum_of_weights = 0
    for row in rows[: limit + 1].iterator(chunk_size=100):
        if len(kept) == limit or sum_of_weights >= heaviest:
            return kept, False
        kept.append(row)
        sum_of_weights += weight(row)
    return kept, True


def page_of_list(
    request: HttpRequest,
    rows: Sequence[Any],
    item: Callable[[Any], dict[str, Any]],
    *,
    limit: int,
    cursor: str,
    mark: Any = None,
) -> dict[str, Any]:
    """A page of what stands in a fixed order, such as the cells of a form.

    `mark` names the state of the data; with another one the cursor is out of date: 409.
    """
    place = opened(request, cursor)
    start, seen = place or (0, mark)
    if seen != mark:
        raise Refusal(409, "Данные изменились, пока вы читали. Начните с первой страницы, без курсора.")
    end = start + limit
    ended = sealed(request, [end, mark]) if end < len(rows) else None
    return {"items": [item(one) for one in rows[start:end]], "next_cursor": ended}
