"""Terms as people write them in plans: «15.10.2026», «12–16 октября», «октябрь», «в течение года»."""

import datetime
import re

from apps.core.russian import MONTHS as OF_MONTHS
from apps.core.spreadsheets import Cell
from apps.planning.enums import TermKind
from apps.planning.models import Plan
from apps.planning.terms import MONTHS, Term, end_of_month

UNREAD = (
    "Срок не понят. Напишите дату (15.10.2026), даты через тире (12.10.2026–16.10.2026), месяц (октябрь), "
    "«в течение года», «ежемесячно до 25 числа», «еженедельно по вторникам» или «ежеквартально»."
)
NO_DAY = "Такого дня нет в календаре."
_DAY = r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?"
_DASH = r"\s*(?:[–—-]|по)\s*"
_WEEKDAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
_MONTH_WORDS = {word: at for words in (MONTHS, OF_MONTHS) for at, word in enumerate(words, start=1)}


class TermUnread(Exception):
    """The text is no term; `told` says how terms are written."""

    def __init__(self, told: str = UNREAD) -> None:
        super().__init__(told)
        self.told = told


def read_term(cell: Cell, plan: Plan) -> Term:
    """The term of a cell; a day without a year gets that of the plan it belongs to. `TermUnread`."""
    if cell is None:
        raise TermUnread("Укажите срок.")
    if isinstance(cell, datetime.datetime):
        cell = cell.date()
    if isinstance(cell, datetime.date):
        return Term(TermKind.DAY, cell, cell)
    text = " ".join(str(cell).lower().replace("ё", "е").replace("\u00a0", " ").split()).rstrip(". ")
    text = re.sub(r"\s*(г|года)\.?$", "", text) if re.search(r"\d\s*(г|года)\.?$", text) else text
    for reader in (_span, _day, _days_of_month, _recurring, _year, _month):
        term = reader(text, plan)
        if term is not None:
            return term
    raise TermUnread


def _day(text: str, plan: Plan) -> Term | None:
    found = re.fullmatch(_DAY, text)
    if found:
        day = _date(found[1], found[2], found[3], plan)
        return Term(TermKind.DAY, day, day)
    words = re.fullmatch(r"(\d{1,2}) ([а-я]+)(?: (\d{4}))?", text)
    if words and words[2] in _MONTH_WORDS:
        day = _date(words[1], str(_MONTH_WORDS[words[2]]), words[3], plan)
        return Term(TermKind.DAY, day, day)
    return None


def _span(text: str, plan: Plan) -> Term | None:
    found = re.fullmatch(rf"(?:с\s*)?{_DAY}{_DASH}{_DAY}", text)
    if not found:
        return None
    last = _date(found[4], found[5], found[6], plan)
    return _from_to(_date(found[1], found[2], found[3] or found[6], plan), last)


def _days_of_month(text: str, plan: Plan) -> Term | None:
    """«12–16 октября 2026», «с 12 по 16 октября»."""
    found = re.fullmatch(rf"(?:с\s*)?(\d{{1,2}}){_DASH}(\d{{1,2}}) ([а-я]+)(?: (\d{{4}}))?", text)
    if not found or found[3] not in _MONTH_WORDS:
        return None
    month = str(_MONTH_WORDS[found[3]])
    return _from_to(_date(found[1], month, found[4], plan), _date(found[2], month, found[4], plan))


def _from_to(first: datetime.date, last: datetime.date) -> Term:
    if last < first:
        raise TermUnread("Мероприятие не может закончиться раньше, чем началось.")
    return Term(TermKind.SPAN, first, last) if last > first else Term(TermKind.DAY, first, first)


def _recurring(text: str, plan: Plan) -> Term | None:
    span = plan.span
    if text.startswith("еженедельно"):
        for number, word in enumerate(_WEEKDAYS, start=1):
            if word in text:
                return Term(TermKind.WEEKLY, span.first, span.last, number)
        raise TermUnread("Укажите день недели: «еженедельно по вторникам».")
    for word, kind in (("ежемесячно", TermKind.MONTHLY), ("ежеквартально", TermKind.QUARTERLY)):
        if text.startswith(word):
            return Term(kind, span.first, span.last, _last_day(text.removeprefix(word).strip()))
    if text in ("1 раз в месяц", "раз в месяц"):
        return Term(TermKind.MONTHLY, span.first, span.last)
    if text in ("1 раз в квартал", "раз в квартал"):
        return Term(TermKind.QUARTERLY, span.first, span.last)
    return None


def _last_day(rest: str) -> int | None:
    if not rest:
        return None
    found = re.fullmatch(r"(?:,\s*)?(?:до )?(\d{1,2})(?:-?го)?(?: числа)?", rest)
    if not found or not 1 <= int(found[1]) <= 31:
        raise TermUnread
    return int(found[1])


def _year(text: str, plan: Plan) -> Term | None:
    if text in ("в течение года", "в течение учебного года", "весь год", "постоянно", "год"):
        return Term(TermKind.YEAR, plan.span.first, plan.span.last)
    return None


def _month(text: str, plan: Plan) -> Term | None:
    """«октябрь», «в течение октября 2026», «сентябрь–октябрь»."""
    text = text.removeprefix("в течение ").removeprefix("до конца ")
    found = re.fullmatch(r"([а-я]+)(?: (\d{4}))?", text)
    if found and found[1] in _MONTH_WORDS:
        first = _date("1", str(_MONTH_WORDS[found[1]]), found[2], plan)
        return Term(TermKind.MONTH, first, end_of_month(first))
    pair = re.fullmatch(rf"([а-я]+){_DASH}([а-я]+)(?: (\d{{4}}))?", text)
    if pair and pair[1] in _MONTH_WORDS and pair[2] in _MONTH_WORDS:
        first = _date("1", str(_MONTH_WORDS[pair[1]]), None, plan)
        return _from_to(first, end_of_month(_date("1", str(_MONTH_WORDS[pair[2]]), pair[3], plan)))
    return None


def _date(day: str, month: str, year: str | None, plan: Plan) -> datetime.date:
    """The date; without a year that of the plan's days on which it falls."""
    try:
        if year:
            return datetime.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
        first = plan.span.first
        found = datetime.date(first.year, int(month), int(day)) if int(month) >= first.month else None
        return found or datetime.date(plan.span.last.year, int(month), int(day))
    except ValueError as error:
        raise TermUnread(NO_DAY) from error
