"""Invented names of the demo's persons: no two of them are alike unless a part of the demo wants it so."""

from random import Random

from apps.core.declension import Case, decline_name
from apps.portal.demo.cast import invented_name
from apps.teachers.models import Person

MORE_SURNAMES = [
    "Айсбергов",
    "Арбузов",
    "Багульников",
    "Барсуков",
    "Березняков",
    "Бобров",
    "Бруснёв",
    "Вербин",
    "Верхоянцев",
    "Волнов",
    "Горицветов",
    "Грибанов",
    "Дельфинов",
    "Долинин",
    "Ершов",
    "Жасминов",
    "Жаворонков",
    "Заливин",
    "Звёздин",
    "Ивушкин",
    "Инеев",
    "Калужницын",
    "Камнев",
    "Каштанов",
    "Клюквин",
    "Колокольцев",
    "Кораблёв",
    "Крыжовников",
    "Лавандин",
    "Лиственницын",
    "Лугинин",
    "Маяков",
    "Мореходов",
    "Мятлев",
    "Норкин",
    "Облаков",
    "Орешкин",
    "Осенев",
    "Пихтин",
    "Полынин",
    "Проталин",
    "Пургин",
    "Радугин",
    "Росинкин",
    "Рябинкин",
    "Светлячков",
    "Северянин",
    "Сиренев",
    "Соболев",
    "Стлаников",
    "Сугробов",
    "Таёжников",
    "Тополев",
    "Тростников",
    "Утёсов",
    "Ягелев",
    "Яблонев",
    "Ясенков",
]


class Names:
    """Hands out names that nobody in the demo bears yet."""

    def __init__(self, taken: set[tuple[str, str, str]]) -> None:
        self.taken = taken

    def next(self, rng: Random, men: float) -> tuple[str, str, str]:
        """Surname, name and patronymic; `men` is the share of men."""
        wants_man = rng.random() < men
        while True:
            name = self._drawn(rng)
            if name[2].endswith("ич") == wants_man and name not in self.taken:
                self.taken.add(name)
                return name

    def _drawn(self, rng: Random) -> tuple[str, str, str]:
        last, first, middle = invented_name(rng)
        if rng.random() < 0.6:
            last = rng.choice(MORE_SURNAMES) + ("" if middle.endswith("ич") else "а")
        return last, first, middle


def named(name: tuple[str, str, str]) -> Person:
    """A person of the name with its gender and cases, not saved."""
    last, first, middle = name
    gender = "male" if middle.endswith("ич") else "female"
    person = Person(last_name=last, first_name=first, middle_name=middle, gender=gender)
    for case in (Case.GENITIVE, Case.DATIVE, Case.INSTRUMENTAL):
        setattr(person, f"{case.value}_name", decline_name(*name, case, gender))
    return person
