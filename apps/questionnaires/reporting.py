"""The results as an official report: blocks for PDF and DOCX."""

from collections.abc import Iterator

from apps.core.magadan import magadan_today
from apps.core.russian import counted, date_long, date_short, number, percent
from apps.organizations.models import Department
from apps.papers.reports.blocks import (
    Align,
    Block,
    BulletList,
    Cell,
    ChartBlock,
    Column,
    DataTable,
    Head,
    Heading,
    Paragraph,
    Report,
    Row,
    TitlePage,
)
from apps.papers.signatories import head_stamp
from apps.questionnaires.enums import Audience, Cut, Mode
from apps.questionnaires.exports import HIDDEN
from apps.questionnaires.models.questionnaires import VOLUNTARY
from apps.questionnaires.results.tables import CutTable, QuestionResult, Results

PEOPLE = ("человек", "человека", "человек")
# A wider table than this leaves as XLSX only.
WIDEST = 9
# About four seconds of rendering.
MOST_ROWS = 300


def results_report(results: Results) -> Report:
    """«Отчёт об анкетировании …»: results of all, by kind of organisation and position, directions chosen."""
    department, questionnaire = Department.objects.get(), results.answers.questionnaire
    return Report(
        title=f"Отчёт об анкетировании «{questionnaire.title}»",
        title_page=TitlePage(
            issuer=(department.full_name, department.imo_name),
            heading="ОТЧЁТ",
            lines=("об анкетировании", f"«{questionnaire.title}»", _term(results)),
            place=f"г.\u00a0{department.city}",
            approval=head_stamp(magadan_today()),
            is_draft=False,
        ),
        blocks=_within_reason(results),
        author=department.full_name,
        subject=questionnaire.title,
    )


def _within_reason(results: Results) -> tuple[Block, ...]:
    """With the cuts, or without them where the paper would not be ready while one waits for it."""
    whole = tuple(_blocks(results, with_cuts=True))
    rows = sum(len(block.rows) for block in whole if isinstance(block, DataTable))
    return whole if rows <= MOST_ROWS else tuple(_blocks(results, with_cuts=False))


def _term(results: Results) -> str:
    one = results.answers.questionnaire
    first = date_short(one.opens_on) if one.opens_on else ""
    return f"с {first} по {date_short(one.closes_on)}" if one.closes_on else f"начато {first}"


def _blocks(results: Results, *, with_cuts: bool) -> Iterator[Block]:
    questionnaire = results.answers.questionnaire
    yield Heading("Общие сведения")
    yield Paragraph(questionnaire.purpose)
    asked = counted(len(results.answers.organizations), "организации", "организаций", "организаций")
    audience = str(Audience(questionnaire.audience).label)
    yield Paragraph(
        f"Опрошены {audience} {asked}, {Mode(questionnaire.mode).label}. {VOLUNTARY} "
        f"На {date_long(magadan_today())} ответили {counted(results.answers.count, *PEOPLE)}."
    )
    yield Paragraph(
        f"Группы, в которых меньше {results.threshold} ответов, не показываются; вместе с ними скрыты "
        f"значения, по которым их можно вычислить. В таблицах такие ячейки отмечены словом «{HIDDEN}»."
    )
    found = results.all()
    if not found:
        yield Paragraph("Ответов меньше порога показа: итоги не подводятся.")
        return
    yield Heading("Результаты")
    if not with_cuts:
        yield Paragraph("Итоги по видам организаций и должностям — в файле Excel.")
    for one in found:
        yield from _question(results, one, with_cuts)
    directions = list(questionnaire.directions.order_by("pk"))
    if directions:
        yield Heading("Направления совершенствования")
        for direction in directions:
            yield Paragraph(f"{direction.title}. {direction.reason}")
            yield BulletList((direction.evidence,))


def _question(results: Results, one: QuestionResult, with_cuts: bool) -> Iterator[Block]:
    yield Heading(f"{one.question.text}", level=2)
    if one.is_hidden:
        yield Paragraph("Ответов меньше порога показа.")
        return
    if one.options:
        yield _options(one)
    if one.items:
        yield _items(one)
    if one.mean is not None:
        yield Paragraph(f"Среднее — {number(one.mean, 2)}, медиана — {number(one.median, 2)}.")
    if one.chart is not None:
        yield ChartBlock(one.chart, with_table=False)
    for cut in results.answers.cuts() if with_cuts else ():
        table = results.cut(one.question, cut) if cut in (Cut.KIND, Cut.POSITION) else None
        if table is not None and len(table.columns) <= WIDEST:
            yield _cut(table)


def _options(one: QuestionResult) -> DataTable:
    rows = tuple(
        Row(
            (
                Cell(row.title),
                Cell(HIDDEN if row.count is None else row.count),
                Cell(HIDDEN if row.share is None else percent(row.share), align=Align.RIGHT),
            )
        )
        for row in one.options
    )
    return DataTable(
        title="Ответы",
        header=((Head("Ответ"), Head("Человек"), Head("% от ответивших на анкету")),),
        rows=rows,
        columns=(Column(6), Column(2, Align.RIGHT), Column(2, Align.RIGHT)),
    )


def _items(one: QuestionResult) -> DataTable:
    """Mean and Borda points, or mean and how many gave which point."""
    is_ranking = any(item.borda is not None for item in one.items)
    points = [] if is_ranking else one.question.options
    heads = ["", "Среднее место" if is_ranking else "Среднее", *(["Баллы Борда"] if is_ranking else points)]
    rows = tuple(
        Row(
            (
                Cell(item.title),
                Cell(HIDDEN if item.mean is None else item.mean, decimals=2),
                *((Cell(item.borda),) if is_ranking else (_count(count) for count in item.points)),
            )
        )
        for item in one.items
    )
    return DataTable(
        title="Оценки",
        header=(tuple(Head(title) for title in heads),),
        rows=rows,
        columns=(Column(4), *(Column(1, Align.RIGHT) for _ in heads[1:])),
    )


def _count(value: object, decimals: int | None = None) -> Cell:
    return Cell(HIDDEN if value is None else value, decimals=decimals)  # type: ignore[arg-type]


def _cut(table: CutTable) -> DataTable:
    title = "По видам организаций" if table.cut == Cut.KIND else "По должностям"
    rows = tuple(
        Row(
            (
                Cell(row.title),
                _count(row.size),
                *(_count(cell, 2 if table.is_mean else None) for cell in row.cells),
            ),
            indent=row.level,
        )
        for row in table.rows
    )
    heads = (Head("Группа"), Head("Ответили"), *(Head(column) for column in table.columns))
    return DataTable(
        title=title,
        header=(heads,),
        rows=rows,
        columns=(Column(3), *(Column(1, Align.RIGHT) for _ in heads[1:])),
        wide=len(heads) > 6,
    )
