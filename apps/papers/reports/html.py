"""A report as HTML for the printer of PDF: values for the templates, every text escaped on the way."""

from collections.abc import Iterator
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from apps.core.charts import Chart
from apps.core.pdf import paper_html
from apps.core.qr import qr_svg
from apps.papers.reports import words
from apps.papers.reports.blocks import DataTable, Note, Report, Row, Strong, Text
from apps.papers.reports.charts import data_table
from apps.papers.reports.grid import aligned_cells, column_count, columns, widths
from apps.papers.reports.placing import NumberedNote, Placed, headings, place
from apps.papers.reports.text import clean, cleaned, runs

TEMPLATE = "papers/report/document.html"


def to_html(report: Report) -> str:
    """The whole report as one HTML page, as it goes to the printer of PDF."""
    return paper_html(TEMPLATE, report_context(report), *properties(report), lang="ru")


def properties(report: Report) -> tuple[str, str, str]:
    """Title, author and subject of the file."""
    return clean(report.title), clean(report.author), clean(report.subject)


def report_context(report: Report) -> dict[str, Any]:
    """What templates/papers/report/document.html takes."""
    report = cleaned(report)
    sections = place(report)
    return {
        "page": _title_page(report),
        "contents": [_contents_line(item) for item in headings(sections)] if report.contents else [],
        "sections": [
            {"landscape": section.landscape, "items": [_item(item) for item in section.items]}
            for section in sections
        ],
    }


def _contents_line(item: Placed) -> dict[str, Any]:
    text = f"{item.number} {item.block.text}".strip()
    return {"anchor": item.anchor, "text": text, "level": min(max(item.block.level, 1), 3)}


def inline(text: Text, notes: Iterator[NumberedNote]) -> SafeString:
    """A run of words as HTML: escaped, with emphasis and links to the notes."""
    return mark_safe("".join(_run(run, notes) for run in runs(text)))  # noqa: S308 - every run is escaped


def _run(run: str | Strong | Note, notes: Iterator[NumberedNote]) -> str:
    match run:
        case str():
            return escape(run)
        case Strong():
            return format_html("<strong>{}</strong>", run.text)
    note = next(notes)
    return format_html(
        '<sup><a class="note-mark" id="{}" href="#{}">{}</a></sup>',
        note.back_anchor,
        note.anchor,
        note.number,
    )


def _title_page(report: Report) -> dict[str, Any]:
    page = report.title_page
    return {
        "issuer": page.issuer,
        "heading": page.heading,
        "lines": page.lines,
        "stamp": words.stamp_lines(page.approval) if page.approval else [],
        "draft": words.DRAFT if page.is_marked_draft else "",
        "compact": page.compact,
        "number": page.number,
        "date": words.date_text(page.date),
        "place": words.place_line(page.place, page.date),
    }


def _item(item: Placed) -> dict[str, Any]:
    made = {"template": f"papers/report/blocks/{item.kind}.html", "block": item.block, "item": item}
    if build := _EXTRAS.get(item.kind):
        made |= build(item)
    return made


def _paragraph(item: Placed) -> dict[str, Any]:
    block = item.block
    return {
        "html": inline(block.text, iter(item.notes)),
        "classes": f"align-{block.align}" + (" indented" if block.indented else ""),
    }


def _bullet_list(item: Placed) -> dict[str, Any]:
    notes = iter(item.notes)
    return {"entries": [inline(text, notes) for text in item.block.items]}


def _table(item: Placed) -> dict[str, Any]:
    caption = words.table_caption(item.number, item.block.title)
    return {"caption": caption, **table_context(item.block, iter(item.notes))}


def table_context(table: DataTable, notes: Iterator[NumberedNote]) -> dict[str, Any]:
    """The grid of a table; rows come as ready cells, for a long table is what takes the time."""
    grid = columns(table)
    return {
        "widths": [f"{width:.2f}" for width in widths(table)],
        "header": table.header,
        "column_numbers": range(1, len(grid) + 1) if table.numbers_columns else [],
        "rows": [(row.emphasis.value, _cells(row, grid, notes)) for row in table.rows],
        "empty": "" if table.rows else table.empty,
        "count": column_count(table),
        "note": inline(table.note, notes),
    }


def _cells(row: Row, grid: tuple, notes: Iterator[NumberedNote]) -> SafeString:
    cells: list[str] = []
    for cell, align in aligned_cells(row, grid):
        span = format_html(' colspan="{}"', cell.colspan) if cell.colspan > 1 else ""
        text = inline(words.cell_text(cell), notes)
        indent = f" indent-{min(row.indent, 4)}" if row.indent > 0 and not cells else ""
        cells.append(f'<td class="{align.value}{indent}"{span}>{text}</td>')
    return mark_safe("".join(cells))  # noqa: S308 - texts are escaped by `inline`


def _chart(item: Placed) -> dict[str, Any]:
    chart: Chart = item.block.chart
    made: dict[str, Any] = {
        "svg": chart.svg(),
        "caption_text": words.figure_caption(item.number, chart.title),
    }
    if item.block.with_table:
        made |= table_context(data_table(chart), iter(()))
    return made


def _missing_list(item: Placed) -> dict[str, Any]:
    return {"entries": [words.missing_line(missing) for missing in item.block.items]}


def _signature(item: Placed) -> dict[str, Any]:
    return {"basis": words.signature_basis(item.block)}


def _verification(item: Placed) -> dict[str, Any]:
    label = "QR-код страницы проверки документа"
    block = item.block
    return {
        "lines": words.verification_lines(block),
        "qr": qr_svg(block.url, size_mm=26, label=label) if block.with_qr else "",
    }


_EXTRAS = {
    "paragraph": _paragraph,
    "bullet_list": _bullet_list,
    "table": _table,
    "chart": _chart,
    "missing_list": _missing_list,
    "signature": _signature,
    "verification_block": _verification,
}
