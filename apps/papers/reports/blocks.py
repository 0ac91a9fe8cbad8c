"""What a report consists of: frozen values that know nothing of PDF, DOCX or the database."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from apps.core.charts import Chart


@dataclass(frozen=True)
class Note:
    """A footnote where it stands in the text; it is numbered and printed with the next `Footnotes`."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Emphasised words."""

    text: str


# Plain words, or a run of words, emphasis and footnotes. It is always text: never markup.
Text = str | tuple[str | Strong | Note, ...]


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Emphasis(StrEnum):
    """How a row stands out: a total is bold, a group is a bold line over what belongs to it."""

    NONE = "none"
    TOTAL = "total"
    GROUP = "group"


@dataclass(frozen=True)
class Heading:
    """A heading of level 1–3; it stands in the contents. Numbered «1», «1.1» unless told otherwise."""

    text: str
    level: int = 1
    numbered: bool = True


@dataclass(frozen=True)
class Paragraph:
    text: Text
    align: Align = Align.LEFT
    indented: bool = True


@dataclass(frozen=True)
class BulletList:
    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Head:
    """A cell of the table's header."""

    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class Cell:
    """Words or a number. A number is printed the Russian way, with `decimals` places (all it has if None)."""

    value: Text | int | Decimal | None
    decimals: int | None = None
    align: Align | None = None
    colspan: int = 1

    @property
    def is_number(self) -> bool:
        return isinstance(self.value, int | Decimal)


@dataclass(frozen=True)
class Row:
    """A row of the body; `indent` is the level of «в том числе», «из них» in its first cell."""

    cells: tuple[Cell, ...]
    emphasis: Emphasis = Emphasis.NONE
    indent: int = 0


@dataclass(frozen=True)
class Column:
    """Share of the width, and where its cells stand by default: numbers right, words left."""

    width: int = 1
    align: Align | None = None


@dataclass(frozen=True)
class DataTable:
    """A table with a header of one or more levels, repeated on every page.

    A table without a title has no number. `columns` has one entry for each column of the grid, or is empty
    (the first is then three times as wide as the others).
    `wide` puts it on landscape pages, together with the headings directly before it.
    `numbers_columns` prints the row «1 2 3 …» under the header, `dense` smaller letters in a long wide table.
    """

    title: str
    header: tuple[tuple[Head, ...], ...]
    rows: tuple[Row, ...]
    columns: tuple[Column, ...] = ()
    note: Text = ""
    wide: bool = False
    numbers_columns: bool = False
    dense: bool = False
    empty: str = "Нет данных."


@dataclass(frozen=True)
class ChartBlock:
    """A chart with the table of the same data (`with_table=False` where a table stands beside it anyway)."""

    chart: Chart
    with_table: bool = True


@dataclass(frozen=True)
class Footnotes:
    """The notes met since the last such block; a report without one prints them at its end."""

    title: str = "Примечания"


@dataclass(frozen=True)
class MissingItem:
    """Who is missing, and what is known about it: «не представлен», «представлен 05.10.2026»."""

    name: str
    remark: str = ""


@dataclass(frozen=True)
class MissingList:
    """Those who have not reported, named; `rule` says how the figures treat them."""

    title: str
    items: tuple[MissingItem, ...]
    rule: str = ""
    empty: str = "Таких организаций нет."


@dataclass(frozen=True)
class PageBreak:
    pass


@dataclass(frozen=True)
class Signature:
    """«Должность — подпись — И. О. Фамилия»; `basis` is the order an acting person signs by."""

    title: str
    name: str
    basis: str = ""


@dataclass(frozen=True)
class VerificationBlock:
    """The entry in the register; with `with_qr` also the address and QR by which anybody checks the paper."""

    number: str
    issued_on: datetime.date
    code: str
    url: str
    with_qr: bool = True
    replaces: str = ""


Block = (
    Heading
    | Paragraph
    | BulletList
    | DataTable
    | ChartBlock
    | Footnotes
    | MissingList
    | PageBreak
    | Signature
    | VerificationBlock
)


@dataclass(frozen=True)
class ApprovalStamp:
    """The гриф in the upper right corner; without a number and date it is a blank to sign.

    `document` are the lines of «УТВЕРЖДЁН приказом … от … № …»: with them nobody signs here.
    """

    title: str
    name: str
    word: str = "УТВЕРЖДАЮ"
    date: datetime.date | None = None
    basis: str = ""
    document: tuple[str, ...] = ()


@dataclass(frozen=True)
class TitlePage:
    """`issuer`: who issues, from the top («Департамент…», «Информационно-методический отдел…»).

    `heading` is the kind of paper («ОТЧЁТ»), `lines` what it is about. A draft has neither date nor number;
    `is_draft=False` for a working paper that never gets a number. A `compact` one is no page of its own: the
    text begins under it.
    """

    issuer: tuple[str, ...]
    heading: str
    lines: tuple[str, ...]
    place: str
    date: datetime.date | None = None
    number: str = ""
    approval: ApprovalStamp | None = None
    is_draft: bool | None = None
    compact: bool = False

    @property
    def is_marked_draft(self) -> bool:
        return not self.number if self.is_draft is None else self.is_draft


@dataclass(frozen=True)
class Report:
    """Title page and blocks. `author` and `subject` go to the properties of the file."""

    title: str
    title_page: TitlePage
    blocks: tuple[Block, ...]
    author: str = ""
    subject: str = ""
    contents: bool = True

    @property
    def row_count(self) -> int:
        """Rows of all tables: they decide how long rendering takes."""
        return sum(len(block.rows) for block in self.blocks if isinstance(block, DataTable))
