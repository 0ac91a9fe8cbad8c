"""Everything a campaign has gathered as tables: the summary, organisations × cells, what stands beside."""

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import numpy as np

from apps.core.exports import Sheet
from apps.core.magadan import in_magadan
from apps.monitoring.compiled import compiled_for
from apps.monitoring.definition import CompiledForm
from apps.monitoring.enums import ResponseState
from apps.monitoring.grids import titles_of
from apps.monitoring.models import Campaign, Explanation
from apps.monitoring.summaries.behind import by_organization, included
from apps.monitoring.summaries.moments import Moment, explained_at
from apps.monitoring.summaries.summary import coverage_of, rounds_of, summary_of
from apps.monitoring.vectors import BLANK
from apps.organizations.enums import OrganizationKind


def campaign_sheets(
    campaign: Campaign, *, with_submitted: bool = False, moment: Moment | None = None
) -> list[Sheet]:
    """Sheets of the export, as of a past moment where one is given; the large one is streamed.

    Nothing is cut off.
    """
    compiled = compiled_for(campaign.version_id)
    return [
        _summary_sheet(campaign, compiled, with_submitted, moment),
        organizations_sheet(campaign, compiled, with_submitted, moment),
        _open_rows_sheet(campaign, compiled, with_submitted, moment),
        _explanations_sheet(campaign, moment),
        _missing_sheet(campaign, with_submitted, moment),
    ]


def cell_count(campaign: Campaign, *, with_submitted: bool = False) -> int:
    """How many cells the export holds: decides whether it is made at once or as a job."""
    return included(campaign, with_submitted=with_submitted).count() * len(
        compiled_for(campaign.version_id).cells
    )


def noted(campaign: Campaign, moment: Moment | None) -> str:
    """The line over a sheet: the campaign and, where it is not today, the day."""
    day = "" if moment is None else as_of(moment)
    return f"{campaign}{day}"


def as_of(moment: Moment) -> str:
    """«, по состоянию на 20.11.2026»: of the end of that day."""
    day = in_magadan(moment - datetime.timedelta(microseconds=1)).date()
    return f", по состоянию на {day:%d.%m.%Y}"


def _summary_sheet(
    campaign: Campaign, compiled: CompiledForm, with_submitted: bool, moment: Moment | None
) -> Sheet:
    summary = summary_of(campaign, with_submitted=with_submitted, moment=moment)
    rounds = rounds_of(campaign, moment=moment)
    titles = titles_of(compiled)
    periods = [one.campaign.period_title for one in rounds]

    def rows() -> Iterator[list[Any]]:
        for address in compiled.numeric:
            cell = compiled.cells[address]
            now = summary.values.get(address) if summary else None
            filled = summary.filled.get(address, 0) if summary else 0
            unit = cell.unit.name if cell.unit else ""
            before = [one.values.get(address) for one in rounds]
            change = now - before[0] if before and now is not None and before[0] is not None else None
            yield [address, titles.get(address, cell.title), unit, now, filled, *before, change]

    columns = ["Адрес", "Показатель", "Единица", campaign.period_title, "Заполнили", *periods, "Отклонение"]
    widths = [14, 60, 12, *(18 for _ in columns[3:])]
    return Sheet("Свод", columns, rows(), widths, note=noted(campaign, moment))


def organizations_sheet(
    campaign: Campaign, compiled: CompiledForm, with_submitted: bool, moment: Moment | None = None
) -> Sheet:
    """Organisations × cells, every fixed cell of the form; the first row holds the words of the cells."""
    titles = titles_of(compiled)
    addresses = [address for address, cell in compiled.cells.items() if not cell.is_x]

    def rows() -> Iterable[list[Any]]:
        yield ["", "", *(titles.get(address, address) for address in addresses)]
        reader = RowReader(compiled, addresses)
        for name, kind, _, vector, answers in by_organization(
            campaign, with_submitted=with_submitted, moment=moment
        ):
            yield [name, OrganizationKind(kind).label if kind else "", *reader.cells(vector, answers)]

    columns = ["Организация", "Вид", *addresses]
    widths = [36, 30, *(18 for _ in addresses)]
    return Sheet("По организациям", columns, rows(), widths, note=noted(campaign, moment))


class RowReader:
    """Turns a stored vector and answers into the cells of a table's row."""

    def __init__(self, compiled: CompiledForm, addresses: list[str]) -> None:
        place = {address: index for index, address in enumerate(compiled.numeric)}
        self._compiled = compiled
        self._plan = [
            (address, place.get(address), compiled.cells[address].decimals) for address in addresses
        ]

    def cells(self, vector: bytes | None, answers: dict[str, str]) -> Iterator[Any]:
        numbers = np.frombuffer(bytes(vector), dtype="<i8").tolist() if vector else None
        for address, place, decimals in self._plan:
            if place is None:
                value = answers.get(address)
                yield self._compiled.format_value(address, value) if value else None
            elif numbers is None or numbers[place] == BLANK:
                yield None
            else:
                yield Decimal(numbers[place]).scaleb(-decimals) if decimals else numbers[place]


def _open_rows_sheet(
    campaign: Campaign, compiled: CompiledForm, with_submitted: bool, moment: Moment | None
) -> Sheet:
    """Rows that respondents added to open tables, a cell a line."""

    def rows() -> Iterator[list[Any]]:
        for name, _kind, _late, _vector, answers in by_organization(
            campaign, with_submitted=with_submitted, moment=moment
        ):
            for address in sorted(answers):
                cell = None if address in compiled.cells else compiled.cell(address)
                if cell is not None:
                    row = address.split("/")[1]
                    yield [
                        name,
                        cell.section,
                        row,
                        cell.column,
                        compiled.format_value(address, answers[address]),
                    ]

    columns = ["Организация", "Раздел", "Строка", "Графа", "Значение"]
    return Sheet("Открытые таблицы", columns, rows(), [36, 12, 12, 12, 40])


def _explanations_sheet(campaign: Campaign, moment: Moment | None) -> Sheet:
    columns = ["Организация", "Соотношение", "Предупреждение", "Пояснение"]
    widths = [36, 16, 60, 60]
    if moment is not None:
        told = [
            [one.response.organization.short_name, one.relation, one.message, one.text]
            for one in explained_at(campaign, moment)
        ]
        return Sheet("Пояснения", columns, told, widths)
    given = (
        Explanation.objects.filter(response__campaign=campaign)
        .order_by("response__organization__short_name", "pk")
        .values_list("response__organization__short_name", "relation", "message", "text")
    )
    return Sheet("Пояснения", columns, given.iterator(), widths)


def _missing_sheet(campaign: Campaign, with_submitted: bool, moment: Moment | None) -> Sheet:
    coverage = coverage_of(campaign, with_submitted=with_submitted, moment=moment)
    rows = [
        [
            one.organization.short_name,
            ResponseState(one.state).label if moment is None else "не был принят",
            in_magadan(one.due_at).replace(tzinfo=None),
            "да" if one.is_overdue else "нет",
        ]
        for one in coverage.missing + coverage.waiting
    ]
    return Sheet("Не вошли в свод", ["Организация", "Состояние", "Срок", "Просрочен"], rows, [36, 18, 18, 12])
