"""Declension of persons' names and of positions, numbers in words; the dictionaries load at the first use."""

import re
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any


class Case(StrEnum):
    """The six cases of Russian grammar."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    PREPOSITIONAL = "prepositional"


class Gender(StrEnum):
    """The gender a person's name is declined by."""

    MALE = "male"
    FEMALE = "female"


_GRAMMEMES = {
    Case.NOMINATIVE: "nomn",
    Case.GENITIVE: "gent",
    Case.DATIVE: "datv",
    Case.ACCUSATIVE: "accs",
    Case.INSTRUMENTAL: "ablt",
    Case.PREPOSITIONAL: "loct",
}
# First parts of compounds that stay: «пресс-секретаря», «вице-президента».
_FIXED_PARTS = frozenset(
    "арт бизнес веб вице видео интернет кино медиа онлайн пресс пиар топ фото экс".split()  # noqa: SIM905
)
# An unknown word with such an ending («тьютор») is a person: its accusative is like its genitive.
_PERSONAL_ENDINGS = ("ор", "ер", "ист", "лог", "тель")
_LONGEST = 300
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|.", re.DOTALL)


def decline_name(
    last: str,
    first: str,
    middle: str,
    case: Case | str,
    gender: Gender | str | None,
    override: str | None = None,
) -> str:
    """«Ивановой Анне Петровне»: the whole name in the case; `override`, stored by the user, wins over rules.

    Without a gender it is told from the name; where it can't be told the name stays in the nominative.
    """
    if override and override.strip():
        return override.strip()
    parts = [("LASTNAME", last), ("FIRSTNAME", first), ("MIDDLENAME", middle)]
    known = Gender(gender) if gender else guess_gender(last, first, middle)
    return " ".join(
        _decline_part(kind, text.strip(), Case(case), known) for kind, text in parts if text.strip()
    )


def guess_gender(last: str, first: str, middle: str) -> Gender | None:
    """The gender as the patronymic, the first name and the surname tell it, or None."""
    from pytrovich.detector import PetrovichGenderDetector

    try:
        found = PetrovichGenderDetector().detect(
            lastname=last.strip() or None, firstname=first.strip() or None, middlename=middle.strip() or None
        )
    except ValueError:
        return None
    return {"MALE": Gender.MALE, "FEMALE": Gender.FEMALE}.get(found.name)


def _decline_part(kind: str, text: str, case: Case, gender: Gender | None) -> str:
    if not text or gender is None or case is Case.NOMINATIVE or len(text) > _LONGEST:
        return text
    from pytrovich import enums

    maker = _name_maker()
    declined: str = maker.make(enums.NamePart[kind], enums.Gender[gender.name], enums.Case[case.name], text)
    return declined


@lru_cache(maxsize=2000)
def decline_phrase(text: str, case: Case | str) -> str:
    """A position in the case: «старший методист отдела» → «старшего методиста отдела».

    Declines the words up to the main one of each part between commas and leaves what depends on it:
    «заведующему отделом». Words the dictionary does not know, and abbreviations, end the part.
    """
    wanted = Case(case)
    if wanted is Case.NOMINATIVE or len(text) > _LONGEST:
        return text
    return ",".join(_decline_chunk(chunk, wanted) for chunk in text.split(","))


def _decline_chunk(chunk: str, case: Case) -> str:
    tokens = _WORDS.findall(chunk)
    places = [i for i, token in enumerate(tokens) if token[0].isalpha()]
    chosen = _modifiers_and_head(tokens, places)
    animate = bool(chosen) and "inan" not in chosen[-1][1].tag
    for place, parse in chosen:
        tokens[place] = _inflected(tokens[place], parse, case, animate)
    return "".join(tokens)


def _modifiers_and_head(tokens: list[str], places: list[int]) -> list[tuple[int, Any]]:
    """The words to decline with their readings: adjectives that agree with the next word, the noun."""
    chosen: list[tuple[int, Any]] = []
    for order, place in enumerate(places):
        following = places[order + 1] if order + 1 < len(places) else None
        if following is not None and tokens[place + 1 : following] == [" "]:
            modifier = _agreeing(tokens[place], tokens[following])
            if modifier is not None:
                chosen.append((place, modifier))
                continue
        abbreviation = tokens[place + 1 : place + 2] == ["."]
        head = None if abbreviation else _head_reading(tokens[place])
        return [*chosen, (place, head)] if head is not None else []
    return []


def _agreeing(word: str, following: str) -> Any:
    """The adjective reading of `word` that agrees with a nominative reading of the next word, or None."""
    for reading in _nominatives(word):
        if reading.tag.POS not in ("ADJF", "PRTF"):
            continue
        for after in _nominatives(following):
            same_number = reading.tag.number == after.tag.number
            if same_number and (reading.tag.gender in (None, after.tag.gender)):
                return reading
    return None


def _head_reading(word: str) -> Any:
    """The nominative reading of the main word; «заведующий» is a participle that serves as a noun."""
    readings = _nominatives(word)
    return readings[0] if readings else None


def _nominatives(word: str) -> list[Any]:
    """Readings of the word as a nominative; a compound («учитель-логопед») is read by its last part."""
    parses = _analyzer().parse(word.rpartition("-")[2])
    known = [parse for parse in parses if parse.is_known] or parses[:1]
    return [p for p in known if "nomn" in p.tag and p.tag.POS in ("NOUN", "ADJF", "PRTF")]


def _inflected(word: str, parse: Any, case: Case, animate: bool) -> str:
    """The word in the case; of a compound every part that is a noun too, «учителя-логопеда»."""
    *leading, last = word.split("-")
    parts = [_inflected_leading(part, parse, case, animate) for part in leading]
    return "-".join([*parts, _inflected_part(last, parse, case, animate)])


def _inflected_leading(part: str, parse: Any, case: Case, animate: bool) -> str:
    if parse.tag.POS != "NOUN" or part.lower() in _FIXED_PARTS:
        return part
    nouns = [reading for reading in _nominatives(part) if reading.tag.POS == "NOUN"]
    return _inflected_part(part, nouns[0], case, animate) if nouns else part


def _inflected_part(word: str, parse: Any, case: Case, animate: bool) -> str:
    grammemes = {_GRAMMEMES[case]}
    if case is Case.ACCUSATIVE and parse.tag.POS != "NOUN" and parse.tag.gender != "femn":
        grammemes.add("anim" if animate else "inan")
    if case is Case.ACCUSATIVE and not parse.is_known and word.lower().endswith(_PERSONAL_ENDINGS):
        grammemes = {_GRAMMEMES[Case.GENITIVE]}
    declined = parse.inflect(grammemes)
    return _as_written(word, declined.word) if declined else word


def _as_written(pattern: str, word: str) -> str:
    if pattern.isupper() and len(pattern) > 1:
        return word.upper()
    if pattern[0].isupper():
        return word[0].upper() + word[1:]
    return word


def number_in_words(value: int, gender: str = "m") -> str:
    """«двадцать одна» with gender "f", «двадцать один» with "m", «двадцать одно» with "n"; whole numbers."""
    from num2words import num2words

    words: str = num2words(value, lang="ru", gender=gender)
    return words


@cache
def _name_maker() -> Any:
    from pytrovich.maker import PetrovichDeclinationMaker

    return PetrovichDeclinationMaker()


@cache
def _analyzer() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")
