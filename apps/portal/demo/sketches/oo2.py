"""The big form: each table from its total down, split among the rows by the marks of the definition."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from random import Random
from typing import Any

from django.conf import settings

from apps.portal.demo.size import Size
from apps.portal.demo.sketches.numbers import likely, tenths, whole

# Section → size of the total row: a constant and so much for each pupil.
TOTALS = {
    "1.1": (3, 0.002), "1.2": (22, 0.05), "1.3": (7, 0.002), "2.1": (60, 0.5), "2.2": (120, 2.6),
    "2.3": (30, 0.28), "2.4": (8, 0.05), "2.5": (20, 0.06), "2.6": (60, 0.4), "3.1": (60, 0.35),
    "3.2": (24, 0.05), "3.3": (30, 0.6), "3.4": (1, 0.001), "4.1": (0, 0.92), "4.2": (0, 0.95),
    "4.3": (0, 1.0), "5.1": (14, 0.105), "5.2": (9000, 190), "5.3": (8700, 186),
}  # fmt: skip
# Section → shares of the addends of its total row, in their order; elsewhere the earlier, the more.
WEIGHTS = {
    "1.2": (0.42, 0.05, 0.04, 0.05, 0.05, 0.03, 0.02, 0.02, 0.04, 0.08, 0.2), "4.1": (0.28, 0.3, 0.4, 0.02),
    "4.2": (0.17, 0.56, 0.24, 0.03), "4.3": (0.7, 0.3), "5.1": (0.07, 0.66, 0.08, 0.19),
    "5.2": (0.74, 0.19, 0.03, 0.01, 0.01, 0.01, 0.01),
    "5.3": (0.56, 0.16, 0.01, 0.1, 0.07, 0.06, 0.03, 0.01),
}  # fmt: skip
# Section or group → share of the first column for each column from 3 on.
SHARES = {
    "1.1": (1, 0, 1, 0, 0.2, 0.05), "1.2": (1, 0.7, 0.2, 0.1, 0.6, 48), "1.3": (1, 1, 0, 0.3, 0.1, 900),
    "2": (1, 0.06, 0.04, 1.02, 0.85, 0.1), "3.4": (1, 0, 0, 1, 1, 0),
    "3": (1, 1, 0.95, 0.8, 0.08, 0.05), "4": (1, 0.42, 0.46, 0.12, 0.05, 0.14),
    "5.1": (1, 0.94, 0.06, 0.84, 0.66, 0.22), "5": (1, 0.08, 0.62, 0.24, 0.06, 0.2),
}  # fmt: skip
# Water, sewerage and a kitchen are in every school of the city.
EVERYWHERE = frozenset({"01", "03", "05", "10", "11", "13"})
WORKS = ("Замена окон", "Ремонт кровли", "Ремонт спортивного зала", "Замена освещения", "Покраска коридоров")


def sketch(size: Size, rng: Random, year: Random, previous: Mapping[str, str] | None) -> dict[str, str]:
    values = {"pupils": str(size.pupils)}
    for section, table in _tables():
        if section == "6":
            values |= {f"6/{row['code']}/3": _answer(row["code"], rng) for row in table["rows"]}
        else:
            constant, a_pupil = TOTALS[section]
            values |= _table(section, table, constant + size.pupils * a_pupil, rng)
    return values | _works(rng)


@cache
def _tables() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Section → its coded table, as the definition has them."""
    path = settings.BASE_DIR / "fixtures" / "forms" / "oo2.json"
    return tuple(_tables_of(json.loads(path.read_text(encoding="utf-8"))["sections"]))


def _tables_of(sections: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for section in sections:
        for item in section["items"]:
            if item["type"] == "table":
                yield section["code"], item
        yield from _tables_of(section.get("sections", []))


def _table(section: str, table: dict[str, Any], total: float, rng: Random) -> dict[str, str]:
    rows = [row for row in table["rows"] if row.get("code")]
    leads: dict[str, float] = {}
    values: dict[str, str] = {}
    for number, row in enumerate(rows):
        parent = _parent(rows, number)
        row_total = (
            total if parent is None else leads[parent["code"]] * _share(section, rows, row, parent, rng)
        )
        leads[row["code"]] = row_total
        values |= _row(section, row["code"], table["columns"], row_total)
    return values


def _parent(rows: list[dict[str, Any]], number: int) -> dict[str, Any] | None:
    level = rows[number].get("level", 0)
    return next((row for row in reversed(rows[:number]) if row.get("level", 0) < level), None)


def _share(
    section: str, rows: list[dict[str, Any]], row: dict[str, Any], parent: dict[str, Any], rng: Random
) -> float:
    """What an addend or a part takes of the row above it."""
    if row["kind"] == "of_which":
        return rng.uniform(0.1, 0.6)
    mates = [one for one in rows[rows.index(parent) + 1 :] if one.get("kind") == "including"]
    weights = WEIGHTS.get(section) or [1 / (1 + number / 3) for number in range(len(mates))]
    return weights[mates.index(row)] / sum(weights) * rng.uniform(0.9, 1.1)


def _row(section: str, code: str, columns: list[dict[str, Any]], lead: float) -> dict[str, str]:
    shares = SHARES.get(section) or SHARES[section[0]]
    values: dict[str, str] = {}
    count = lead if section.startswith("5.") and section != "5.1" else round(lead)
    for column, share in zip(columns, shares, strict=True):
        is_decimal = column.get("value", {}).get("type") == "decimal"
        write = tenths if is_decimal else whole
        values[f"{section}/{code}/{column['code']}"] = write(count * share)
    return values


def _answer(row: str, rng: Random) -> str:
    return "1" if row in EVERYWHERE else likely(rng, 0.7)


def _works(rng: Random) -> dict[str, str]:
    values: dict[str, str] = {}
    for number, title in enumerate(rng.sample(WORKS, rng.randint(0, 3)), start=1):
        values |= {f"7/n{number}/1": title, f"7/n{number}/3": tenths(rng.uniform(80, 2400))}
    return values
