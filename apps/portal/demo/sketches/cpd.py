"""Who has been taught: shares of the staff by kind of post."""

from collections.abc import Mapping
from random import Random

from apps.organizations.enums import OrganizationKind
from apps.portal.demo.size import Size
from apps.portal.demo.sketches.numbers import earlier, tenths

# Row → share of the staff.
POSTS = {
    OrganizationKind.SCHOOL: {
        "02": 0.08,
        "03": 0.74,
        "05": 0.04,
        "06": 0.03,
        "07": 0.03,
        "08": 0.03,
        "09": 0.05,
    },
    OrganizationKind.KINDERGARTEN: {"02": 0.07, "04": 0.72, "06": 0.05, "07": 0.09, "09": 0.07},
    OrganizationKind.ADDITIONAL: {"02": 0.1, "05": 0.78, "06": 0.03, "09": 0.09},
}
# Row → share of the teachers of row 03.
SUBJECTS = {"10": 0.28, "11": 0.15, "12": 0.15, "13": 0.12, "14": 0.14}
REASONS = (
    "Курсы перенесены учебным центром.",
    "Два работника были в длительном отпуске.",
    "Не хватило средств на командировки.",
)


def sketch(size: Size, rng: Random, year: Random, previous: Mapping[str, str] | None) -> dict[str, str]:
    shares = POSTS.get(OrganizationKind(size.kind), POSTS[OrganizationKind.ADDITIONAL])
    taught, this_year = rng.uniform(0.84, 0.98) + year.uniform(-0.02, 0.03), year.uniform(0.28, 0.42)
    values: dict[str, str] = {}
    for number in range(2, 10):
        row = f"{number:02d}"
        people = max(1, round(size.staff * shares[row])) if row in shares else 0
        values |= _row(row, people, taught, this_year, year)
    teachers = int(values["1/03/3"])
    for row, share in SUBJECTS.items():
        values |= _row(row, int(teachers * share), taught, this_year, year)
    total = sum(int(values[f"1/{number:02d}/5"]) for number in range(2, 10))
    return values | _ways(total, rng, previous) | _plan(year)


def _row(row: str, people: int, taught: float, this_year: float, rng: Random) -> dict[str, str]:
    trained = min(people, round(people * taught * rng.uniform(0.95, 1.04)))
    lately = min(trained, round(people * this_year))
    counts = {"3": people, "4": trained, "5": lately, "6": lately // 8, "8": min(people, round(people / 3))}
    return {f"1/{row}/{column}": str(number) for column, number in counts.items()}


def _ways(total: int, rng: Random, previous: Mapping[str, str] | None) -> dict[str, str]:
    before = earlier(previous, "2/01/3")
    price = rng.uniform(3.0, 6.5) * (1.06 if before else 1.0)
    face, distant = int(total * 0.25), int(total * 0.45)
    budget, own = int(total * 0.7), int(total * 0.12)
    people = {
        "01": total, "02": face, "03": total - face - distant, "04": distant,
        "05": budget, "06": own, "07": total - budget - own, "08": int(total * 0.1),
    }  # fmt: skip
    # In tenths of a thousand roubles, so that parts add up exactly.
    spent = {row: round(number * price * 10) for row, number in people.items()}
    spent["01"] = spent["02"] + spent["03"] + spent["04"]
    spent["05"] = max(0, spent["01"] - spent["06"] - spent["07"])
    values = {f"2/{row}/3": str(number) for row, number in people.items()}
    return values | {f"2/{row}/4": tenths(number / 10) for row, number in spent.items()}


def _plan(rng: Random) -> dict[str, str]:
    planned = rng.random() < 0.85
    values = {"planned": "1" if planned else "0"}
    if planned:
        values["order"] = f"приказ №\u00a0{rng.randint(40, 320)}-о"
    if rng.random() < 0.3:
        values["comment"] = rng.choice(REASONS)
    return values
