"""Tables of a Word document as rows of text. Cells merged across a row are read, merged downwards refused."""

from typing import IO, Any

from apps.core.archives import ArchiveRefused
from apps.core.spreadsheets import Cell, ReadSheet, SpreadsheetRefused
from apps.core.text import printable

BROKEN = "Файл повреждён: документ не читается."
MERGED = (
    "Таблица {table}, строка {row}: ячейки объединены по вертикали, и непонятно, к какому мероприятию они "
    "относятся. Разъедините их (или сохраните таблицу в Excel) и загрузите файл снова."
)
MAX_TABLES = 50


def tables_of(file: IO[bytes], *, max_rows: int, max_columns: int) -> list[ReadSheet]:
    """Every table of the document in order. `SpreadsheetRefused`: broken, too large, merged downwards."""
    from docx import Document

    file.seek(0)
    try:
        tables = Document(file).tables
    except ArchiveRefused as refused:
        raise SpreadsheetRefused(refused.told) from refused
    except Exception as error:
        raise SpreadsheetRefused(BROKEN) from error
    if not tables:
        raise SpreadsheetRefused("В документе нет ни одной таблицы.")
    if len(tables) > MAX_TABLES:
        raise SpreadsheetRefused("В документе слишком много таблиц.")
    return [_read(table, number, max_rows, max_columns) for number, table in enumerate(tables, start=1)]


def _read(table: Any, number: int, max_rows: int, max_columns: int) -> ReadSheet:
    if len(table._tbl.tr_lst) > max_rows:
        raise SpreadsheetRefused(f"В таблице больше {max_rows} строк. Разделите её на части.")
    rows = [_row(row, number, at, max_columns) for at, row in enumerate(table._tbl.tr_lst, start=1)]
    return ReadSheet(f"Таблица {number}", rows)


def _row(row: Any, table: int, at: int, max_columns: int) -> list[Cell]:
    """A cell that spans several columns stands in the first of them, the others are empty."""
    cells: list[Cell] = [None] * row.grid_before
    for cell in row.tc_lst:
        if cell.vMerge is not None:
            raise SpreadsheetRefused(MERGED.format(table=table, row=at))
        cells.append(_text(cell))
        cells += [None] * (cell.grid_span - 1)
        if len(cells) > max_columns:
            raise SpreadsheetRefused(f"В таблице больше {max_columns} граф. Удалите лишние.")
    return cells


def _text(cell: Any) -> str | None:
    """Paragraphs of the cell, each a line; nested tables are passed over."""
    from docx.text.paragraph import Paragraph

    lines = [Paragraph(one, None).text.strip() for one in cell.p_lst]
    return printable("\n".join(line for line in lines if line)).strip() or None
