"""The map of the statute as an official paper."""

from collections.abc import Iterator

from apps.core.magadan import magadan_today
from apps.core.russian import counted, date_long
from apps.core.school_year import SchoolYear
from apps.organizations.models import Department
from apps.papers.reports.blocks import (
    Align,
    Block,
    Cell,
    Column,
    DataTable,
    Emphasis,
    Head,
    Heading,
    Paragraph,
    Report,
    Row,
    TitlePage,
)
from apps.papers.signatories import head_stamp
from apps.reports.figures import year_scope
from apps.reports.statute import ClauseRow, Section

TITLE = "Исполнение Положения об информационно-методическом отделе"


def statute_report(sections: list[Section], year: SchoolYear) -> Report:
    """«Исполнение Положения … за … учебный год»: every clause, its figures beside last year's, its work."""
    department = Department.objects.get()
    return Report(
        title=f"{TITLE} за {year.title}",
        title_page=TitlePage(
            issuer=(department.full_name, department.imo_name),
            heading="ОТЧЁТ",
            lines=("об исполнении Положения об информационно-методическом отделе", f"за {year.title}"),
            place=f"г.\u00a0{department.city}",
            approval=head_stamp(magadan_today()),
        ),
        blocks=tuple(_blocks(sections, year)),
        author=department.full_name,
        subject=year.title,
    )


def _blocks(sections: list[Section], year: SchoolYear) -> Iterator[Block]:
    rows = [row for section in sections for row in section.rows]
    inside = sum(1 for row in rows if row.figures)
    yield Heading("Общие сведения", numbered=False)
    yield Paragraph(
        f"Показатели вычислены порталом на {date_long(year_scope(year).last)} по данным, внесённым "
        "сотрудниками и организациями."
    )
    yield Paragraph(
        f"Из {counted(len(rows), 'пункта', 'пунктов', 'пунктов')} Положения в портале ведётся {inside}. "
        "По остальным указана работа, привязанная к пункту вручную; они отмечены словами «вне портала»."
    )
    for section in sections:
        yield Heading(section.title, numbered=False)
        yield section_table(section, year)


def section_table(section: Section, year: SchoolYear) -> DataTable:
    """Clause by clause: a bold line with its name, then figures, then linked work."""
    return DataTable(
        title="",
        header=((Head("Пункт, показатель"), Head(year.short), Head(year.previous.short)),),
        rows=tuple(row for clause in section.rows for row in clause_rows(clause)),
        columns=(Column(6), Column(1, Align.RIGHT), Column(1, Align.RIGHT)),
    )


def clause_rows(row: ClauseRow) -> Iterator[Row]:
    outside = "" if row.figures else " (вне портала)"
    yield Row((Cell(f"{row.clause.code}. {row.clause.title}{outside}", colspan=3),), Emphasis.GROUP)
    for one in row.figures:
        yield Row((Cell(one.title), Cell(one.text), Cell(one.text_before)), indent=1)
    for work in row.linked:
        detail = f", {work.detail}" if work.detail else ""
        yield Row((Cell(f"{work.kind.capitalize()}: {work.title}{detail}", colspan=3),), indent=1)
