"""A column of a list, declared once: the page, XLSX and print take what they need from it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import F, Func, TextField, Value
from django.db.models.expressions import Combinable, OrderBy
from django.db.models.functions import Lower, Replace
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from apps.core.exports import Sheet
from apps.core.russian import DASH, date_short, datetime_short, number
from apps.core.russian import percent as percent_text
from apps.core.tones import label_of, tone_of


class Kind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    STATE = "state"


RIGHT_ALIGNED = frozenset({Kind.NUMBER, Kind.PERCENT})
Sort = str | Combinable | Sequence[str | Combinable] | None


@dataclass(frozen=True)
class Column:
    """`value` is a function of the row or a path «organization.short_name» (the key unless given).

    `sort`: a field path or expression of the database, or several; a path of a text column is sorted as
    Russian words are. A state is given as the member of its enum. `width` in characters is for XLSX.
    `places` are digits after the comma of a number or percentage. `help` explains the heading.
    """

    key: str
    title: str
    value: str | Callable[[Any], Any] = ""
    kind: Kind = Kind.TEXT
    sort: Sort = None
    url: Callable[[Any], str | None] | None = None
    places: int | None = None
    width: float | None = None
    help: str = ""
    on_page: bool = True
    in_print: bool = True
    in_export: bool = True

    @property
    def sortable(self) -> bool:
        return self.sort is not None

    @property
    def align(self) -> str:
        return "end" if self.kind in RIGHT_ALIGNED else "start"

    @property
    def css(self) -> str:
        """Classes of every cell of the column, the heading too."""
        classes = [f"cell-{self.kind}"]
        if self.kind in RIGHT_ALIGNED:
            classes.append("text-end")
        if not self.in_print:
            classes.append("d-print-none")
        return " ".join(classes)

    def raw(self, row: Any) -> Any:
        """The value itself; None where the path ends before its end."""
        if callable(self.value):
            return self.value(row)
        return _walk(row, self.value or self.key)

    def html(self, row: Any) -> SafeString:
        """The cell of a page; whatever a person typed is escaped."""
        text = _html(self, self.raw(row))
        address = self.url(row) if self.url else None
        return format_html('<a href="{}">{}</a>', address, text) if address else text

    def plain(self, row: Any) -> Any:
        """The cell of an export: text, number, date, bool or None."""
        value = self.raw(row)
        return label_of(value) if self.kind == Kind.STATE and value is not None else _plain(value)

    def ordering(self, descending: bool = False) -> list[OrderBy]:
        """What to give to `order_by`; rows without a value come last either way."""
        given = (self.sort,) if isinstance(self.sort, str | Combinable) else self.sort or ()
        expressions = [self._sortable(one) for one in given]
        if descending:
            return [one.desc(nulls_last=True) for one in expressions]
        return [one.asc(nulls_last=True) for one in expressions]

    def _sortable(self, sort: str | Combinable) -> Any:
        if isinstance(sort, str):
            return russian_order(sort) if self.kind == Kind.TEXT else F(sort)
        return sort


def cells(columns: Sequence[Column], rows: Iterable[Any]) -> list[list[tuple[str, SafeString]]]:
    """The body of a table on a page: for each row the classes and the text of its cells."""
    shown = [(column, column.css) for column in columns if column.on_page]
    return [[(css, column.html(row)) for column, css in shown] for row in rows]


class NaturalOrder(Func):
    """Every number within the text padded to twelve digits: «№ 2» stands before «№ 10»."""

    output_field = TextField()
    template = (
        r"regexp_replace(regexp_replace(%(expressions)s, '(\d+)', '000000000000\1', 'g'),"
        r" '\d*(\d{12})(?!\d)', '\1', 'g')"
    )


def folded(path: str) -> Combinable:
    """The text without regard to case and «ё»: what a search looks into."""
    return Replace(Lower(path), Value("ё"), Value("е"))


def russian_order(path: str) -> Combinable:
    """Sorts words as a dictionary does and numbers within them by size (the database has no ICU)."""
    return NaturalOrder(folded(path))


def sheet(title: str, columns: Iterable[Column], rows: Iterable[Any], note: str | None = None) -> Sheet:
    """The sheet of an XLSX file with the columns that go to exports; rows are taken one by one."""
    exported = [column for column in columns if column.in_export]
    return Sheet(
        title=title,
        columns=[column.title for column in exported],
        rows=([column.plain(row) for column in exported] for row in rows),
        widths=[column.width or _width(column) for column in exported],
        note=note,
    )


def _width(column: Column) -> float:
    usual = {Kind.TEXT: 32, Kind.DATE: 12, Kind.DATETIME: 17, Kind.STATE: 16}.get(column.kind, 12)
    return float(max(usual, min(len(column.title) + 2, 40)))


def _walk(row: Any, path: str) -> Any:
    value = row
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else getattr(value, name)
        if value is None:
            return None
        if callable(value) and not isinstance(value, type):
            value = value()
    return value


def _html(column: Column, value: Any) -> SafeString:
    match column.kind:
        case Kind.STATE if value is not None and value != "":
            return state_badge(value)
        case Kind.NUMBER:
            return conditional_escape(number(value, column.places))
        case Kind.PERCENT:
            places = 1 if column.places is None else column.places
            return conditional_escape(percent_text(value, places=places))
        case Kind.DATE:
            return conditional_escape(date_short(value))
        case Kind.DATETIME:
            return conditional_escape(datetime_short(value))
        case Kind.BOOLEAN:
            return conditional_escape(DASH if value is None else "да" if value else "нет")
    return conditional_escape(DASH if value is None or value == "" else value)


def state_badge(state: Any) -> SafeString:
    """A word in its tone: the colour is an addition to the word, never instead of it."""
    return format_html('<span class="state tone-{}">{}</span>', tone_of(state).value, label_of(state))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | Decimal | float | date):
        return value
    return str(value)
