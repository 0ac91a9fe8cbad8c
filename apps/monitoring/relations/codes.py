"""Order and ranges of codes of rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from apps.monitoring.relations.nodes import TOTAL_ROW, CodeRange, Selection

_PARTS = re.compile(r"\d+|[^\d.]+")


class CodeFault(Exception):
    """A selection that does not fit the codes there are; the message is Russian."""


class UnknownCode(CodeFault):
    """A selection names a code that is not there."""


@lru_cache(maxsize=16_384)
def code_key(code: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key: digits by number, `01` before `1` (they are different codes), letters after digits."""
    return tuple(
        (0, int(part), part) if part.isdecimal() else (1, 0, part.lower()) for part in _PARTS.findall(code)
    )


def _head(code: str) -> str:
    match = re.match(r"\d+", code)
    return match.group() if match else ""


def _same_numbering(code: str, first: str, last: str) -> bool:
    """Keeps `1` out of «01–12» and `01` out of «1–12»."""
    head, low, high = _head(code), _head(first), _head(last)
    if low.startswith("0") and len(low) == len(high):
        return len(head) == len(low)
    return not head.startswith("0") or low.startswith("0") or head == "0"


def _between(span: CodeRange, codes: Iterable[str]) -> list[str]:
    low, high = code_key(span.first), code_key(span.last)
    found = [
        code
        for code in codes
        if low <= code_key(code) <= high and _same_numbering(code, span.first, span.last)
    ]
    return sorted(found, key=code_key)


def _codes_of(span: CodeRange, known: dict[str, None], what: str) -> list[str]:
    for code in filter(None, (span.first, span.last)):
        if code not in known:
            raise UnknownCode(f"Нет {what} {'«Итого»' if code == TOTAL_ROW else code}")
    if not span.last:
        return [span.first]
    if code_key(span.first) >= code_key(span.last):
        raise CodeFault(f"Перевёрнутый диапазон {span.first}–{span.last}: начало должно быть меньше конца")
    return _between(span, known)


def resolve(selection: Selection, codes: Iterable[str], what: str) -> list[str]:
    """The codes a selection names among `codes`; `what` is «строки» or «графы», for the message.

    A range takes the codes that exist between its two ends. Raises `CodeFault` on an absent code, a
    reversed range, a code named twice, or when nothing is left; an absent code is `UnknownCode`.
    """
    known = dict.fromkeys(codes)
    excluded = {code for span in selection.excluded for code in _codes_of(span, known, what)}
    if not selection.ranges:
        found = list(known)
    else:
        found = [code for span in selection.ranges for code in _codes_of(span, known, what)]
    if len(set(found)) != len(found):
        double = next(code for code in found if found.count(code) > 1)
        raise CodeFault(f"Код {double} назван дважды")
    left = [code for code in found if code not in excluded]
    if not left:
        raise CodeFault("Не осталось ни одной строки" if what == "строки" else "Не осталось ни одной графы")
    return left
