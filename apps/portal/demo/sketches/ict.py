"""Computers and the network: what was there, what has come, what was written off."""

from collections.abc import Mapping
from random import Random

from apps.portal.demo.size import Size
from apps.portal.demo.sketches.numbers import earlier, likely, tenths, whole

# Row → share of all computers, used for teaching, open to pupils in their free time.
KINDS = {
    "02": (0.45, 0.8, 0.2), "03": (0.08, 0.9, 0.3), "04": (0.75, 0.7, 0.25), "05": (0.85, 0.7, 0.25),
    "06": (0.5, 0.6, 0.2), "08": (0.38, 0.7, 0.3),
}  # fmt: skip
# Row → pieces a class or a group in a school, in a kindergarten, in a centre.
DEVICES = {
    "11": (0.7, 0.35, 0.12), "12": (0.4, 0.2, 0.05), "13": (0.25, 0.15, 0.05), "14": (0.5, 0.4, 0.15),
    "15": (0.1, 0.1, 0.04), "16": (0.5, 0.4, 0.15), "17": (0.06, 0.0, 0.08), "18": (0.06, 0.02, 0.01),
}  # fmt: skip
SPEEDS = {"5": (10, 29), "6": (30, 49), "7": (50, 99), "8": (100, 200)}
PERSONS = ("Заместитель руководителя", "Учитель информатики", "Техник", "Старший воспитатель", "Методист")
TEACHING, FREE = 0.8, 0.3


def sketch(size: Size, rng: Random, year: Random, previous: Mapping[str, str] | None) -> dict[str, str]:
    computers = _computers(size, rng, year, previous)
    return {
        "pupils": str(size.pupils),
        "answerable": rng.choice(PERSONS),
        **computers,
        **_devices(size, rng, previous),
        **_network(rng, year),
        **_software(int(computers["2.1/01/3"]), rng),
    }


def _computers(size: Size, rng: Random, year: Random, previous: Mapping[str, str] | None) -> dict[str, str]:
    first = size.staff * rng.uniform(0.6, 1.0) + size.pupils * (
        rng.uniform(0.06, 0.14) if size.is_school else 0
    )
    before = earlier(previous, "2.1/01/3") or first
    come, gone = year.uniform(0.02, 0.12), year.uniform(0.0, 0.07)
    come_now = round(before * come)
    total = max(3, round(before) + come_now - round(before * gone)) if previous else max(3, round(before))
    teaching = TEACHING if size.is_school else 0.45
    values = {"2.1/01/3": str(total), **_used("01", total, teaching, FREE)}
    for row, (share, use, free) in KINDS.items():
        number = round(total * share * rng.uniform(0.85, 1.1) * year.uniform(0.97, 1.03))
        values |= {f"2.1/{row}/3": str(number), **_used(row, number, use * teaching, free)}
    return values | {"2.1/07/3": str(come_now), **_used("07", come_now, 0.6, 0.2)}


def _used(row: str, number: int, teaching: float, free: float) -> dict[str, str]:
    used = int(number * teaching)
    return {f"2.1/{row}/4": str(used), f"2.1/{row}/5": str(int(used * free))}


def _devices(size: Size, rng: Random, previous: Mapping[str, str] | None) -> dict[str, str]:
    terminals = rng.choice([0, 0, 1, 2]) if size.is_school else 0
    values = {"2.1/09/3": str(terminals), "2.1/10/3": str(terminals // 2)}
    column = 0 if size.is_school else 1 if size.is_kindergarten else 2
    for row, rates in DEVICES.items():
        had = earlier(previous, f"2.1/{row}/3")
        drawn = size.groups * rates[column] * rng.uniform(0.6, 1.4)
        number = round(drawn) if had is None else round(had * rng.uniform(0.97, 1.15))
        values[f"2.1/{row}/3"] = str(number)
        if row != "18":
            values[f"2.1/{row}/4"] = str(int(number * 0.7))
        if row in ("11", "12", "13"):
            values[f"2.1/{row}/5"] = str(int(number * 0.15))
    return values


def _network(rng: Random, year: Random) -> dict[str, str]:
    band = rng.choice(list("567788"))
    promised = rng.uniform(*SPEEDS[band])
    values = {
        "01": "1", "02": rng.choice("1112"), "03": band, "04": tenths(promised),
        "05": tenths(promised * year.uniform(0.62, 1.0)), "06": whole(rng.uniform(1, 14)), "07": "1",
        "08": "1", "09": likely(rng, 0.7),
    }  # fmt: skip
    return {f"2.2/{row}/3": value for row, value in values.items()}


def _software(computers: int, rng: Random) -> dict[str, str]:
    values: dict[str, str] = {}
    for number in range(1, 11):
        there = "1" if number == 9 else likely(rng, 0.65)
        places = round(computers * rng.uniform(0.15, 0.95)) if there == "1" else 0
        values |= {f"2.3/{number:02d}/3": there, f"2.3/{number:02d}/4": str(places)}
    return values
