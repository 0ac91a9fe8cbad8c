"""Units of measure of the classifier ОКЕИ (ОК 015-94) as forms write them."""

from __future__ import annotations

import re

from apps.monitoring.relations.layout import Unit

_UNITS: tuple[tuple[str, str, str], ...] = (
    ("793", "тыс. чел.", r"тыс(?:\.|яч[аи]?)\s*чел(?:\.|овек)?"),
    ("792", "чел.", r"чел(?:\.|овек)?"),
    ("384", "тыс. руб.", r"тыс(?:\.|яч[аи]?)\s*руб(?:\.|л[яе]й|ль)?"),
    ("385", "млн руб.", r"(?:млн\.?|миллион(?:ов)?)\s*руб(?:\.|лей)?"),
    ("383", "руб.", r"руб(?:\.|л[яе]й|ль)?"),
    ("744", "%", r"%|процент(?:ов|ы)?|проц\."),
    ("055", "м²", r"кв\.?\s*м\.?|м2|м²|квадратн(?:ый|ых|ые)\s+метр(?:ов|ы)?"),
    ("113", "м³", r"куб\.?\s*м\.?|м3|м³|кубическ(?:ий|их)\s+метр(?:ов)?"),
    ("018", "пог. м", r"пог(?:\.|онный|онных)\s*м(?:\.|етр(?:ов)?)?"),
    ("059", "га", r"га|гектар(?:ов)?"),
    ("796", "шт.", r"шт(?:\.|ук[аи]?)?"),
    ("642", "ед.", r"ед(?:\.|иниц[аы]?)?"),
    ("839", "компл.", r"компл(?:\.|ект(?:ов)?)?"),
    ("698", "мест", r"мест(?:о|а)?"),
    ("356", "час", r"час(?:\.|ов|а|ы)?"),
    ("366", "год", r"лет|год(?:а|ы|ов)?"),
    ("362", "мес.", r"мес(?:\.|яц(?:ев|а)?)?"),
    ("245", "кВт·ч", r"квт\s*[·*.-]?\s*ч(?:\.|ас(?:ов)?)?"),
)
_ALONE = [(code, name, re.compile(rf"(?:{pattern})", re.IGNORECASE)) for code, name, pattern in _UNITS]
_CODES = {code: Unit(code, name) for code, name, _ in _UNITS}
_OKEI = re.compile(r"ОКЕИ[^0-9]{0,60}(\d{3,4})", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:единиц[аы]\s+измерения|ед\.?\s*изм\.?)\s*[:–—-]?\s*([^\n;()]{1,60})", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(\[]\s*(?:в\s+)?([^()\[\]]{1,40}?)\s*[)\]]")
_TAIL = re.compile(r"[,;–—-]\s*(?:в\s+)?([^,;()–—]{1,30}?)\s*\.?\s*$")


def unit_named(text: str) -> Unit | None:
    """The unit a text names and nothing else: «тыс. руб.», «человек», «792»."""
    wanted = " ".join(text.split()).strip(" .,;:()").lower()
    if not wanted:
        return None
    if wanted in _CODES:
        return _CODES[wanted]
    for code, name, pattern in _ALONE:
        if pattern.fullmatch(wanted) or pattern.fullmatch(wanted + "."):
            return Unit(code, name)
    return None


def unit_in(text: str) -> Unit | None:
    """The unit that a title or a heading of a column tells: «(чел.)», «…, тыс. руб.», «Код по ОКЕИ: 792»."""
    line = " ".join(text.split())
    okei = _OKEI.search(line)
    if okei and okei[1] in _CODES:
        return _CODES[okei[1]]
    named = [*_LABELLED.findall(line), *reversed(_BRACKETS.findall(line)), *_TAIL.findall(line)]
    found = next(filter(None, map(unit_named, named)), None)
    if found is None and okei:
        return next(
            filter(None, (unit_named(word) for word in re.split(r"[:–—-]", line[: okei.end()]))), None
        )
    return found or unit_named(line)


def typed_unit(text: str) -> Unit | None:
    """A unit as a methodist types it: a known one, or any words without a code of the classifier."""
    wanted = " ".join(text.split())[:100]
    return (unit_in(wanted) or Unit("", wanted)) if wanted else None


def is_unit_line(text: str) -> bool:
    """A line above a table that tells nothing but its unit."""
    line = " ".join(text.split())
    return bool(_OKEI.search(line) or _LABELLED.search(line) or unit_named(line))


def is_unit_note(text: str) -> bool:
    """A line that tells the unit in words of its own: never a heading of a column."""
    line = " ".join(text.split())
    return bool(_OKEI.search(line) or _LABELLED.fullmatch(line))
