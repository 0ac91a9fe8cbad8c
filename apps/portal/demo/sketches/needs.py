"""Answers of the organisations about the help they need."""

from collections.abc import Mapping
from random import Random

from apps.portal.demo.size import Size

# Topic → how often it is asked for; the list of the form.
TOPICS = {"1": 0.45, "2": 0.6, "3": 0.35, "4": 0.55, "5": 0.3, "6": 0.5, "7": 0.65, "8": 0.08}
WAYS = {"1": 0.7, "2": 0.6, "3": 0.5, "4": 0.55, "5": 0.2, "6": 0.25}
OTHER = ("оформление портфолио педагога", "сетевое взаимодействие с организациями культуры")
PROPOSALS = (
    "Проводить семинары в первой половине дня и присылать план на месяц заранее.",
    "Чаще показывать открытые занятия в разных организациях.",
    "Собрать на одной странице образцы рабочих программ.",
    "Расширить перечень тем для узких специалистов.",
)
YOUNG_HELP = (
    "Посещение уроков наставников и помощь в подготовке рабочих программ.",
    "Консультации психолога и занятия по работе с родителями.",
)
THEMES = (
    ("Формирование функциональной грамотности на уроках", "3"),
    ("Обновлённые рабочие программы начального общего образования", "2"),
    ("Игровые технологии в дошкольном образовании", "4"),
    ("Психолого-педагогическое сопровождение детей с ОВЗ", "6"),
    ("Цифровые средства обучения в работе педагога", "3"),
    ("Управление качеством образования в организации", "1"),
    ("Проектная деятельность в дополнительном образовании", "5"),
    ("Воспитательная работа классного руководителя", "3"),
)
BANK_WHY = ("Не знали, что банк открыт для организаций.", "Не нашли материалов для дошкольников.")


def sketch(size: Size, rng: Random, year: Random, previous: Mapping[str, str] | None) -> dict[str, str]:
    """What people ask for changes from year to year, so nothing here is a lasting trait."""
    return {**_help(year), **_young(size, year), **_themes(size, year), **_materials(year)}


def _chosen(rng: Random, shares: Mapping[str, float], otherwise: str) -> str:
    return ",".join(code for code, share in shares.items() if rng.random() < share) or otherwise


def _help(rng: Random) -> dict[str, str]:
    topics = _chosen(rng, TOPICS, "7")
    values = {
        "who": rng.choice("112233"),
        "helps": topics,
        "forms": _chosen(rng, WAYS, "1"),
        "satisfied": rng.choices("12345", (1, 3, 14, 45, 37))[0],
        "visit": "1" if rng.random() < 0.4 else "0",
    }
    if "8" in topics.split(","):
        values["helps_other"] = rng.choice(OTHER)
    if values["visit"] == "1":
        values["visit_term"] = rng.choice("1234")
    if values["satisfied"] in "12" or rng.random() < 0.35:
        values["proposals"] = rng.choice(PROPOSALS)
    return values


def _young(size: Size, rng: Random) -> dict[str, str]:
    young = round(size.staff * rng.uniform(0, 0.16))
    values = {"staff": str(size.staff), "young": "1" if young else "0"}
    if young:
        values |= {"young_count": str(young), "mentors": str(max(0, young - rng.choice([0, 0, 0, 1])))}
        values["young_help"] = rng.choice(YOUNG_HELP)
    return values


def _themes(size: Size, rng: Random) -> dict[str, str]:
    values: dict[str, str] = {}
    for number, (title, staff) in enumerate(rng.sample(THEMES, rng.randint(1, 4)), start=1):
        listeners = max(1, round(size.staff * rng.uniform(0.04, 0.2)))
        cells = (title, staff, str(listeners), rng.choice(["16", "24", "36", "72"]))
        values |= {f"3/n{number}/{column}": cell for column, cell in zip("1234", cells, strict=True)}
    return values


def _materials(rng: Random) -> dict[str, str]:
    bank = "1" if rng.random() < 0.75 else "0"
    values = {"materials": rng.choices("12345", (2, 6, 22, 45, 25))[0], "bank": bank}
    return values if bank == "1" else {**values, "bank_why": rng.choice(BANK_WHY)}
