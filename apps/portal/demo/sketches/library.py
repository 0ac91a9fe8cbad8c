"""Library holdings: the stock grows by what has come and shrinks by what was written off."""

from collections.abc import Mapping
from random import Random

from apps.portal.demo.size import Size
from apps.portal.demo.sketches.numbers import around, earlier, likely, tenths, whole

# Row → its share of the whole stock. Rows 06–09 make up the stock, rows 02–05 are parts of it.
SHARES = {
    "02": 0.60, "03": 0.08, "04": 0.22, "05": 0.04,
    "06": 0.93, "07": 0.02, "08": 0.0, "09": 0.05,
}  # fmt: skip


def sketch(size: Size, rng: Random, year: Random, previous: Mapping[str, str] | None) -> dict[str, str]:
    return {"pupils": str(size.pupils), **_stock(size, rng, year, previous), **_service(size, rng, year)}


def _stock(size: Size, rng: Random, year: Random, previous: Mapping[str, str] | None) -> dict[str, str]:
    values: dict[str, str] = {}
    whole_stock = size.pupils * rng.uniform(18, 26)
    come, gone = year.uniform(0.03, 0.09), year.uniform(0.01, 0.06)
    lent = around(year, rng.uniform(0.45, 0.8), 0.06)
    for row, share in SHARES.items():
        stock = earlier(previous, f"2.6/{row}/5")
        before = round(whole_stock * share) if stock is None else round(stock)
        added, dropped = round(before * around(rng, come)), round(before * around(rng, gone))
        after = before + added - dropped
        values |= {
            f"2.6/{row}/{at}": str(number) for at, number in zip("345", (added, dropped, after), strict=False)
        }
        if row != "08":
            issued = round(after * around(rng, lent, 0.05))
            values |= {f"2.6/{row}/6": str(issued), f"2.6/{row}/7": str(round(issued * 0.93))}
    return values | {f"2.6/01/{column}": "1" for column in "34567"}


def _service(size: Size, rng: Random, year: Random) -> dict[str, str]:
    seats = max(8, round(size.pupils * rng.uniform(0.025, 0.05)))
    with_computers = round(seats * rng.uniform(0.1, 0.4))
    pupils = round(size.pupils * year.uniform(0.9, 0.99))
    users = pupils + size.staff
    visits = round(around(year, users * rng.uniform(0.9, 14), 0.07))
    digital = likely(rng, 0.7)
    counts = {
        "01": seats, "02": with_computers, "03": round(with_computers * rng.uniform(0.5, 1)),
        "04": users, "05": pupils, "06": visits, "07": round(visits * year.uniform(0.05, 0.2)),
        "08": round(visits * year.uniform(0.1, 0.3)), "09": year.randint(8, 45),
        "10": round(pupils * rng.uniform(0.1, 0.6)) if digital == "1" else 0,
    }  # fmt: skip
    values = {f"2.7/{row}/3": whole(number) for row, number in counts.items()}
    return values | {
        "2.7/11/3": likely(rng, 0.6),
        "2.7/12/3": digital,
        "2.7/13/3": likely(rng, 0.8),
        "2.7/14/3": tenths(around(rng, 35 + seats * 1.9)),
        "2.7/15/3": tenths(rng.choice([0.5, 1, 1, 1.5, 2]), 2),
    }
