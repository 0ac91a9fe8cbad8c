"""Tables of a report made of the form's own tables."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from apps.core.charts import Chart, Series
from apps.core.russian import difference, number, percent, points
from apps.monitoring.definition import CompiledForm
from apps.monitoring.definition.model import Question, Section
from apps.monitoring.grids import Grid, GridRow, HeadCell, Part, header_rows, parts_of, titles_of
from apps.monitoring.models import Campaign
from apps.monitoring.reporting.figures import Figures, share
from apps.monitoring.summaries.summary import Round, Summary
from apps.papers.reports.blocks import (
    Align,
    Block,
    Cell,
    ChartBlock,
    Column,
    DataTable,
    Emphasis,
    Head,
    Heading,
    Note,
    Paragraph,
    Row,
)

# A table with more columns of values than this lies on landscape pages.
PORTRAIT_COLUMNS = 5
MAX_CHART_CATEGORIES = 12
Notes = Mapping[str, Sequence[str]]
NO_NOTES: Notes = {}
ANSWER_HEADER = ((Head("Ответ"), Head("Организаций"), Head("Доля отчитавшихся")),)
ANSWER_COLUMNS = (Column(6), Column(2), Column(2))


def section_blocks(compiled: CompiledForm, summary: Summary, notes: Notes) -> Iterator[Block]:
    """The form's sections with the city's values: a table each, a distribution for each question."""
    for part in parts_of(compiled):
        items = [block for item in part.items for block in _item_blocks(compiled, summary, notes, part, item)]
        if items or part.section.sections:
            yield Heading(part_title(part), level=_level(compiled, part.section), numbered=False)
            yield from items


def part_title(part: Part) -> str:
    number_ = f"Раздел {part.section.number}. " if part.section.number else ""
    copy = f" ({part.copy_title})" if part.copy_title else ""
    return f"{number_}{part.section.title}{copy}"


def _level(compiled: CompiledForm, section: Section) -> int:
    """Top sections stand under the chapter of results."""
    return 2 if section in compiled.form.sections else 3


def _item_blocks(
    compiled: CompiledForm, summary: Summary, notes: Notes, part: Part, item: Grid | Question
) -> Iterator[Block]:
    if isinstance(item, Question):
        yield from _question_blocks(compiled, summary, part, item)
    elif item.rows and _is_summed(compiled, item):
        yield grid_table(compiled, item, summary.values, notes)
        yield from coded_answers(compiled, item, summary)


def _is_summed(compiled: CompiledForm, grid: Grid) -> bool:
    return any(at in compiled.numeric_set for row in grid.rows for at in row.addresses)


def grid_table(
    compiled: CompiledForm, grid: Grid, values: Mapping[str, Decimal], notes: Notes = NO_NOTES
) -> DataTable:
    """A coded table with summed values; X where the form has it, a dash where nobody answered.

    `notes`: address → explanations of organisations, printed as footnotes of the figure.
    """
    heads = header_rows(grid.table)
    front = [HeadCell("Показатель", rowspan=len(heads)), HeadCell("№ строки", rowspan=len(heads))]
    unit = [HeadCell("Единица", rowspan=len(heads))] if grid.has_units else []
    header = tuple(
        tuple(Head(one.title, one.colspan, one.rowspan) for one in [*(front + unit if not i else []), *row])
        for i, row in enumerate(heads)
    )
    header = (*header, tuple(map(Head, _numbers(grid))))
    rows = tuple(_row(compiled, row, values, grid, notes) for row in grid.rows)
    width = len(grid.table.columns)
    columns = (Column(6), Column(1, Align.CENTER), *((Column(2),) if unit else ()), *(Column(2),) * width)
    return DataTable(
        title=grid.table.title,
        header=header,
        rows=rows,
        columns=columns,
        wide=width > PORTRAIT_COLUMNS,
    )


def _numbers(grid: Grid) -> list[str]:
    """The numbers under the header: the form's own for its columns, so that «гр. 3» means what is printed."""
    front = ["1", "2"] if not {"1", "2"} & set(grid.column_codes) else ["А", "Б"]
    return [*front, *([""] if grid.has_units else []), *grid.column_codes]


def coded_answers(compiled: CompiledForm, grid: Grid, summary: Summary) -> Iterator[Block]:
    """How many organisations gave each code in the coded cells of a table."""
    rows: list[Row] = []
    for row in grid.rows:
        for address in row.addresses:
            counts = summary.answers.get(address)
            if counts:
                rows.append(Row((Cell(f"{row.title} (стр. {row.code})", colspan=3),), Emphasis.GROUP))
                rows += _answer_rows(compiled.cells[address].choices, counts, summary.organizations)
    if rows:
        yield DataTable("Ответы организаций по кодам", ANSWER_HEADER, tuple(rows), ANSWER_COLUMNS)


def _row(
    compiled: CompiledForm, row: GridRow, values: Mapping[str, Decimal], grid: Grid, notes: Notes
) -> Row:
    if row.kind == "heading":
        span = len(grid.table.columns) + 2 + grid.has_units
        return Row((Cell(row.title, colspan=span),), emphasis=Emphasis.GROUP)
    cells = [Cell(row.title), Cell(row.code, align=Align.CENTER)]
    if grid.has_units:
        cells.append(Cell(row.unit))
    cells += [value_cell(compiled, address, values, notes) for address in row.addresses]
    bold = Emphasis.TOTAL if row.kind in ("total", "grand_total") else Emphasis.NONE
    return Row(tuple(cells), emphasis=bold, indent=row.level)


def value_cell(
    compiled: CompiledForm, address: str, values: Mapping[str, Decimal], notes: Notes = NO_NOTES
) -> Cell:
    cell = compiled.cells.get(address)
    if cell is None or cell.is_x:
        return Cell("X", align=Align.CENTER)
    if address not in compiled.numeric_set:
        return Cell("—", align=Align.CENTER)
    value = values.get(address)
    if address in notes:
        marks = (Note(text) for text in notes[address])
        return Cell((number(value, cell.decimals), *marks), align=Align.RIGHT)
    return Cell("—", align=Align.RIGHT) if value is None else Cell(value, decimals=cell.decimals)


def _question_blocks(
    compiled: CompiledForm, summary: Summary, part: Part, question: Question
) -> Iterator[Block]:
    address = question.code
    cell = compiled.cells[address]
    counts = summary.answers.get(address)
    if counts:
        yield distribution_table(question.title, cell.choices, counts, summary.organizations)
        yield ChartBlock(distribution_chart(question.title, cell.choices, counts), with_table=False)
    elif address in summary.values:
        yield Paragraph(f"{question.title}: {number(summary.values[address], cell.decimals)}.")


def titled(choices: tuple, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """(words of the answer, how many) by falling number; an answer that nobody gave stands with a nought."""
    titles = {choice.code: choice.title for choice in choices} or {"1": "да", "0": "нет"}
    known = [(titles.get(code, code), counts.get(code, 0)) for code in {**titles, **counts}]
    return sorted(known, key=lambda pair: -pair[1])


def distribution_table(title: str, choices: tuple, counts: Mapping[str, int], answered: int) -> DataTable:
    return DataTable(title, ANSWER_HEADER, _answer_rows(choices, counts, answered), ANSWER_COLUMNS)


def _answer_rows(choices: tuple, counts: Mapping[str, int], answered: int) -> tuple[Row, ...]:
    return tuple(
        Row((Cell(words), Cell(count), Cell(percent(share(count, answered)), align=Align.RIGHT)))
        for words, count in titled(choices, counts)
    )


def distribution_chart(title: str, choices: tuple, counts: Mapping[str, int]) -> Chart:
    pairs = titled(choices, counts)[:MAX_CHART_CATEGORIES]
    return Chart(
        kind="bar",
        title=title,
        description="Сколько организаций дали каждый ответ.",
        categories=tuple(words for words, _ in pairs),
        series=(Series("Организаций", tuple(Decimal(count) for _, count in pairs)),),
    )


def comparison_table(
    compiled: CompiledForm,
    rounds: Sequence[Round],
    summary: Summary | None,
    campaign: Campaign,
    addresses: list[str],
    *,
    title: str = "Сравнение с прошлыми периодами",
    with_changes: bool = True,
) -> DataTable:
    """Chosen indicators over the rounds (given the latest first) and now.

    `with_changes` adds the difference to the round before, in п.п. for shares.
    """
    earlier = list(reversed(rounds))
    titles = titles_of(compiled)
    periods = [one.campaign.period_title for one in earlier] + [campaign.period_title]
    changes = ["Отклонение", "%"] if with_changes else []
    header = (tuple(map(Head, ["Показатель", *periods, *changes])),)
    rows = []
    for address in addresses:
        cell = compiled.cells[address]
        now = summary.values.get(address) if summary else None
        series = [*(one.values.get(address) for one in earlier), now]
        shown = [Cell(titles[address]), *_levels(series, cell.decimals)]
        rows.append(Row((*shown, *(_changes(series, cell) if with_changes else ()))))
    columns = (Column(6), *(Column(2),) * (len(periods) + len(changes)))
    return DataTable(title, header, tuple(rows), columns)


def _levels(series: list[Decimal | None], decimals: int) -> list[Cell]:
    return [
        Cell("—", align=Align.RIGHT) if value is None else Cell(value, decimals=decimals) for value in series
    ]


def _changes(series: list[Decimal | None], cell: object) -> tuple[Cell, Cell]:
    now, before = series[-1], series[-2] if len(series) > 1 else None
    is_share = getattr(getattr(cell, "unit", None), "name", "").startswith(("процент", "%"))
    change = points(now, before) if is_share else difference(now, before)
    growth = percent((now - before) * 100 / before) if now is not None and before and not is_share else "—"
    return Cell(change, align=Align.RIGHT), Cell(growth, align=Align.RIGHT)


def appendix(compiled: CompiledForm, figures: Figures) -> DataTable:
    """Organisations × chosen indicators, with the total of the city."""
    addresses = list(figures.indicators)
    titles = titles_of(compiled)
    header = (tuple(map(Head, ["Организация", *(titles[address] for address in addresses)])),)
    by_name: dict[str, dict[str, Cell]] = {}
    for address, rows in figures.indicators.items():
        for row in rows:
            value = row.text or "—" if row.value is None else row.value
            by_name.setdefault(row.organization, {})[address] = Cell(
                value, decimals=compiled.cells[address].decimals, align=Align.RIGHT
            )
    body = [Row((Cell(name), *(cells[a] for a in addresses))) for name, cells in by_name.items()]
    if figures.summary:
        totals = (value_cell(compiled, address, figures.summary.values) for address in addresses)
        body.append(Row((Cell("Всего"), *totals), emphasis=Emphasis.TOTAL))
    columns = (Column(6), *(Column(2),) * len(addresses))
    return DataTable("", header, tuple(body), columns, wide=len(addresses) > 3)
