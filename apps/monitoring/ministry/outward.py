"""Figures of the portal put into a copy of the ministry's workbook."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from apps.monitoring.compiled import compiled_for, compiled_of
from apps.monitoring.definition import Cell, CompiledForm
from apps.monitoring.ministry.places import Place, parse_place
from apps.monitoring.ministry.sheetxml import Value
from apps.monitoring.ministry.workbook import KeptWorkbook
from apps.monitoring.models import BlankPlace, Campaign, ForeignBlank, Response
from apps.monitoring.summaries.summary import summary_of

NUMBERS = frozenset(["integer", "decimal", "scale"])


def places_of(blank: ForeignBlank) -> dict[str, Place]:
    """Address → place, as saved."""
    return {one.address: place_of(one) for one in blank.places.all()}


def place_of(one: BlankPlace) -> Place:
    place = parse_place(one.place, one.sheet)
    assert place is not None  # the database holds nothing else
    return place


def summary_in(blank: ForeignBlank, campaign: Campaign) -> bytes:
    """The workbook with the summary over the accepted responses of the campaign.

    Words can't be added up, so places of texts and choices stay blank.
    """
    compiled = compiled_for(campaign.version_id)
    summary = summary_of(campaign)
    figures: Mapping[str, Value] = summary.values if summary else {}
    return _written(blank, compiled, figures)


def answers_in(blank: ForeignBlank, response: Response) -> bytes:
    """The workbook with the answers of one organisation as they are now."""
    compiled = compiled_of(response)
    return _written(
        blank,
        compiled,
        {
            address: _value(compiled, cell, response.values.get(address, ""))
            for address, cell in compiled.cells.items()
        },
    )


def _value(compiled: CompiledForm, cell: Cell, stored: str) -> Value:
    if not stored:
        return None
    return Decimal(stored) if cell.type in NUMBERS else compiled.format_value(cell.address, stored)


def _written(blank: ForeignBlank, compiled: CompiledForm, figures: Mapping[str, Value]) -> bytes:
    """Every mapped place takes what the portal knows; what it does not know is emptied."""
    values = {
        place: figures.get(address)
        for address, place in places_of(blank).items()
        if address in compiled.cells
    }
    with blank.file.content.open("rb") as content:
        return KeptWorkbook(content).written(values)
