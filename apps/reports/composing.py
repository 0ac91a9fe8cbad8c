"""A report on activity as blocks: the same for PDF and DOCX, live while it is a draft, frozen afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from apps.core.charts import Chart, Series
from apps.core.magadan import magadan_today
from apps.core.registry import Scope
from apps.core.russian import DASH, date_long, difference, initials_before, number
from apps.organizations.models import Department
from apps.papers.headers import PaperHeader, stamp_of
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
    Signature,
    TitlePage,
)
from apps.papers.reports.words import paragraphs
from apps.reports.enums import SectionKind
from apps.reports.models import ActivityReport, ReportFigure, ReportSection

UNKNOWN = "показатель больше не ведётся"


@dataclass(frozen=True)
class Line:
    """One figure as it is shown: live, or as it was frozen."""

    figure: ReportFigure
    title: str
    value: Decimal | int | None
    before: Decimal | int | None
    unit: str = ""
    decimals: int = 0

    @property
    def text(self) -> str:
        return self._printed(self.value)

    @property
    def text_before(self) -> str:
        return self._printed(self.before)

    @property
    def change(self) -> str:
        """«+3», «−1,5»; a dash where there is nothing to compare."""
        return difference(self.value, self.before, self.decimals)

    def drawn(self, value: Decimal | int | None) -> Decimal | int | None:
        """The number with the places it is printed with: 90,6 and not 90,5660377358."""
        step = Decimal(1).scaleb(-self.decimals)
        return None if value is None else Decimal(value).quantize(step, ROUND_HALF_UP)

    def _printed(self, value: Decimal | int | None) -> str:
        if value is None:
            return DASH
        return number(value, self.decimals) + (f"\u00a0{self.unit}" if self.unit else "")


@dataclass(frozen=True)
class Shown:
    """A section with its figures."""

    section: ReportSection
    lines: tuple[Line, ...]

    @property
    def kind(self) -> SectionKind:
        return SectionKind(self.section.kind)

    @property
    def chart(self) -> Chart:
        """Two bars for each figure: the period and the same days a year earlier."""
        return Chart(
            kind="bar",
            title=self.section.title,
            description="Показатели за период отчёта и за те же дни годом раньше.",
            categories=tuple(line.title for line in self.lines),
            series=(
                Series("Период отчёта", tuple(line.drawn(line.value) for line in self.lines)),
                Series("Годом раньше", tuple(line.drawn(line.before) for line in self.lines)),
            ),
        )

    def frozen(self) -> dict[str, Any]:
        """For the snapshot of the paper: what can be explained in two years."""
        figures = [
            {
                "indicator": line.figure.indicator,
                "title": line.title,
                "value": _plain(line.value),
                "before": _plain(line.before),
                "names": line.figure.names,
            }
            for line in self.lines
        ]
        return {"title": self.section.title, "kind": self.section.kind, "text": self.section.text,
                "figures": figures}  # fmt: skip


def live_sections(report: ActivityReport, actor: Any) -> list[Shown]:
    """Every section with its figures as they stand now, as far as the actor may see."""
    scope, before = report.scope, report.scope_before
    return [
        Shown(section, tuple(_live(one, actor, scope, before) for one in section.figures.all()))
        for section in _sections(report)
    ]


def frozen_sections(report: ActivityReport) -> list[Shown]:
    """Every section with the numbers kept when the report was sent."""
    return [
        Shown(section, tuple(_line(one, one.value, one.before) for one in section.figures.all()))
        for section in _sections(report)
    ]


def sections_of(report: ActivityReport, actor: Any) -> list[Shown]:
    """Frozen once the report was sent, live before."""
    return frozen_sections(report) if report.frozen_on else live_sections(report, actor)


def _sections(report: ActivityReport) -> list[ReportSection]:
    return list(report.sections.order_by("order", "pk").prefetch_related("figures"))


def _live(figure: ReportFigure, actor: Any, scope: Scope, before: Scope) -> Line:
    source = figure.source
    if source is None or not source.allowed(actor):
        return _line(figure, None, None)
    return _line(figure, source.value(actor, scope), source.value(actor, before))


def _line(figure: ReportFigure, value: Any, before: Any) -> Line:
    source = figure.source
    if source is None:
        return Line(figure, f"{figure.indicator} ({UNKNOWN})", value, before)
    title = f"{source.clause}. {source.title}" if source.clause else source.title
    return Line(figure, title, value, before, source.unit, source.decimals)


def _plain(value: Decimal | int | None) -> str | None:
    return None if value is None else str(value)


def compose(
    report: ActivityReport, sections: list[Shown], department: Department, header: PaperHeader | None = None
) -> Report:
    """The whole report; without a header (number, date, signatory, code) it is a draft."""
    return Report(
        title=report.title,
        title_page=TitlePage(
            issuer=(department.full_name, department.imo_name),
            heading="ОТЧЁТ",
            lines=(report.title.removeprefix("Отчёт "), f"за период: {report.period}"),
            place=f"г.\u00a0{department.city}",
            date=header.issued_on if header else None,
            number=header.number if header else "",
            approval=stamp_of(header),
        ),
        blocks=tuple(_blocks(report, sections, header)),
        author=department.full_name,
        subject=report.period,
    )


def _blocks(report: ActivityReport, sections: list[Shown], header: PaperHeader | None) -> Iterator[Block]:
    for shown in sections:
        if not (shown.lines or shown.section.text.strip()):
            continue
        yield Heading(shown.section.title)
        yield from paragraphs(shown.section.text)
        yield from _figures(shown)
    yield Paragraph(_source(report))
    author = report.created_by
    name = initials_before(author.last_name, author.first_name, author.middle_name)
    yield Signature(author.position or "Составил", name)
    if header is not None:
        yield header.verification


def _source(report: ActivityReport) -> str:
    """Where the figures come from and as of which day."""
    day = report.frozen_on or magadan_today()
    return f"Источник показателей — портал ИМО, дата среза — {date_long(day)}"


def _figures(shown: Shown) -> Iterator[Block]:
    if not shown.lines:
        return
    match shown.kind:
        case SectionKind.LIST:
            yield BulletList(tuple(f"{line.title} — {line.text};" for line in shown.lines))
        case SectionKind.TABLE:
            yield _table(shown)
        case SectionKind.CHART:
            yield ChartBlock(shown.chart)


def _table(shown: Shown) -> DataTable:
    return DataTable(
        title=shown.section.title,
        header=((Head("Показатель"), Head("Период отчёта"), Head("Годом раньше"), Head("Изменение")),),
        rows=tuple(
            Row((Cell(line.title), Cell(line.text), Cell(line.text_before), Cell(line.change)))
            for line in shown.lines
        ),
        columns=(Column(6), Column(2, Align.RIGHT), Column(2, Align.RIGHT), Column(2, Align.RIGHT)),
    )
