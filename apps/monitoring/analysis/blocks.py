"""An analysis as tables: for a report, and for a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.core.charts import Chart, Series
from apps.core.exports import Sheet
from apps.monitoring.analysis.pivot import Pivot, pivot_of
from apps.monitoring.analysis.ranking import Ranking, method_of, ranking_of
from apps.monitoring.analysis.spec import Attribute, Kind, Measure, Wish
from apps.monitoring.compiled import compiled_for
from apps.monitoring.grids import titles_of
from apps.monitoring.models import Campaign
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
    Paragraph,
    Row,
)

MOST_BARS = 12
MULTIPLE_LEVELS = "Организация с несколькими уровнями образования учтена на каждом из них."


@dataclass(frozen=True)
class Analysis:
    """One of the two is there. `titles`: words of each indicator."""

    title: str
    wish: Wish
    titles: dict[str, str]
    pivot: Pivot | None = None
    ranking: Ranking | None = None

    @property
    def method(self) -> list[str]:
        """What the figures are, in sentences."""
        told = method_of(self.ranking, self.titles) if self.ranking else [self._measured]
        return [*told, f"Взяты организации: {self.wish.circle}."] if self.wish.circle else told

    @property
    def _measured(self) -> str:
        levels = f" {MULTIPLE_LEVELS}" if self.wish.by == Attribute.LEVEL else ""
        told = f"Группы: {self.wish.by.label}. Показано: {self.wish.measure.label}."
        if self.wish.measure == Measure.PER_HUNDRED:
            told += " Организации без сведений о числе обучающихся не учтены."
        return told + levels

    def frozen(self) -> dict[str, Any]:
        """The figures as JSON, for the snapshot of a report."""
        rows = self.pivot.rows if self.pivot else self.ranking.rows if self.ranking else ()
        return {
            "title": self.title,
            "wish": self.wish.as_query(),
            "rows": [_plain(vars(one)) for one in rows],
        }


def analysis_of(campaign: Campaign, title: str, wish: Wish) -> Analysis:
    """Computes what is wished of the campaign's responses as they are now."""
    words = titles_of(compiled_for(campaign.version_id))
    titles = {address: words[address] for address in wish.indicators}
    if wish.kind == Kind.RANKING:
        return Analysis(title, wish, titles, ranking=ranking_of(campaign, wish))
    return Analysis(title, wish, titles, pivot=pivot_of(campaign, wish))


def table_of(analysis: Analysis) -> DataTable:
    return _ranking_table(analysis) if analysis.ranking else _pivot_table(analysis)


def chart_of(analysis: Analysis) -> Chart | None:
    """The first indicator by group, or the scores of the first places; None where there is nothing to see."""
    if analysis.ranking:
        rows = analysis.ranking.rows[:MOST_BARS]
        name, pairs, places = "Баллы", [(one.organization, one.score) for one in rows], 1
    elif analysis.pivot and analysis.pivot.places:
        name = analysis.titles[analysis.wish.indicators[0]]
        pairs = [(one.title, one.values[0][-1]) for one in analysis.pivot.rows[:-1]][:MOST_BARS]
        places = analysis.pivot.places[0]
    else:
        return None
    if len(pairs) < 2:
        return None
    return Chart(
        kind="bar",
        title=name,
        description=f"{name}: {analysis.wish.by.label if analysis.pivot else 'организации'}.",
        categories=tuple(title for title, _ in pairs),
        series=(Series(name, tuple(value for _, value in pairs)),),
        places=places,
    )


def report_blocks(analyses: list[Analysis]) -> Iterator[Block]:
    """Pages of a report: the figures, then how they came about."""
    if not analyses:
        return
    yield Heading("Анализ показателей")
    for one in analyses:
        yield Heading(one.title, level=2)
        yield table_of(one)
        if chart := chart_of(one):
            yield ChartBlock(chart, with_table=False)
        for sentence in one.method:
            yield Paragraph(sentence)


def sheet_of(analysis: Analysis) -> Sheet:
    """The same table for a workbook, numbers as numbers, the method in the note."""
    columns, rows = _ranking_sheet(analysis) if analysis.ranking else _pivot_sheet(analysis)
    widths = [44 if index == _name_column(analysis) else 18 for index in range(len(columns))]
    return Sheet("Анализ", columns, rows, widths, note=" ".join([analysis.title, *analysis.method]))


def _name_column(analysis: Analysis) -> int:
    return 1 if analysis.ranking else 0


def _pivot_table(analysis: Analysis) -> DataTable:
    pivot = analysis.pivot
    assert pivot is not None
    many, periods = len(pivot.periods) > 1, len(pivot.periods)
    first = Head(analysis.wish.by.label.capitalize(), rowspan=2 if many else 1)
    asked = Head("Организаций", rowspan=2 if many else 1)
    indicators = [Head(analysis.titles[one], colspan=periods) for one in analysis.wish.indicators]
    header: tuple[tuple[Head, ...], ...] = ((first, asked, *indicators),)
    if many:
        header = (*header, tuple(Head(period) for _ in indicators for period in pivot.periods))
    rows = []
    for one in pivot.rows:
        values = [
            _number(value, places)
            for by_period, places in zip(one.values, pivot.places, strict=True)
            for value in by_period
        ]
        emphasis = Emphasis.TOTAL if one is pivot.rows[-1] else Emphasis.NONE
        rows.append(Row((Cell(one.title), Cell(one.organizations), *values), emphasis))
    width = len(indicators) * periods
    columns = (Column(5), Column(2), *(Column(2),) * width)
    return DataTable("", header, tuple(rows), columns, wide=width > 3)


def _ranking_table(analysis: Analysis) -> DataTable:
    ranking = analysis.ranking
    assert ranking is not None
    words = [analysis.titles[one] for one in analysis.wish.indicators]
    header = (tuple(map(Head, ["Место", "Организация", "Баллы", *words])),)
    rows = tuple(
        Row(
            (
                Cell(one.place, align=Align.CENTER),
                Cell(one.organization),
                Cell(one.score, decimals=1),
                *(_number(value, 2 if ranking.wish.per_pupil else None) for value in one.values),
            )
        )
        for one in ranking.rows
    )
    columns = (Column(2), Column(5), Column(2), *(Column(2),) * len(words))
    return DataTable("", header, rows, columns, wide=len(words) > 3, empty="Полных данных ни у кого нет.")


def _number(value: Decimal | None, places: int | None) -> Cell:
    return Cell("—", align=Align.RIGHT) if value is None else Cell(value, decimals=places)


def _pivot_sheet(analysis: Analysis) -> tuple[list[str], list[list[Any]]]:
    pivot = analysis.pivot
    assert pivot is not None
    columns = [analysis.wish.by.label.capitalize(), "Организаций"]
    columns += [
        f"{analysis.titles[one]}, {period}" if len(pivot.periods) > 1 else analysis.titles[one]
        for one in analysis.wish.indicators
        for period in pivot.periods
    ]
    flat = [
        [one.title, one.organizations, *(v for values in one.values for v in values)] for one in pivot.rows
    ]
    return columns, flat


def _ranking_sheet(analysis: Analysis) -> tuple[list[str], list[list[Any]]]:
    ranking = analysis.ranking
    assert ranking is not None
    columns = ["Место", "Организация", "Баллы", *(analysis.titles[one] for one in analysis.wish.indicators)]
    rows: list[list[Any]] = [[one.place, one.organization, one.score, *one.values] for one in ranking.rows]
    return columns, [*rows, *(["", name, None, *(None for _ in columns[3:])] for name in ranking.unranked)]


def _plain(value: Any) -> Any:
    """Decimals as text, tuples as lists: what comes back from JSON unchanged."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
