"""Old codes → new codes: where the values of a version went in the next one.

A map of old codes names successors of rows («1/01» → «2/05»), of columns («1//3» → «1//4»), of questions and,
where that is not enough, of single cells («1/01/3» → «2/05/4»). What is not named keeps its address; what has
no successor is named with `GONE`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apps.monitoring.definition import CompiledForm
from apps.monitoring.definition import model as m

GONE = ""


def moved(address: str, old_codes: Mapping[str, str]) -> str:
    """The address in the next version of a value that stood at `address`; `GONE` where it has no place."""
    if address in old_codes or not old_codes:
        return old_codes.get(address, address)
    section, _, rest = address.partition("/")
    code, at, copy = section.partition("@")
    if not rest:
        found = old_codes.get(code, code)
        return f"{found}{at}{copy}" if found else GONE
    row, _, column = rest.partition("/")
    to_row = old_codes.get(f"{code}/{row}", f"{code}/{row}")
    to_column = old_codes.get(f"{code}//{column}", f"{code}//{column}")
    if GONE in (to_row, to_column):
        return GONE
    to_section, _, row = to_row.partition("/")
    return f"{to_section}{at}{copy}/{row}/{to_column.partition('//')[2]}"


@dataclass(frozen=True)
class Named:
    """A row («1/01»), a column («1//3») or a question («q1») with its words and its section's number."""

    key: str
    title: str
    section: str

    @property
    def kind(self) -> str:
        if "//" in self.key:
            return "графа"
        return "строка" if "/" in self.key else "вопрос"

    @property
    def code(self) -> str:
        return self.key.rpartition("/")[2]


def names_of(form: m.Form) -> dict[str, Named]:
    """Rows, columns and questions of a form by their keys, in reading order."""
    return {one.key: one for section in form.walk() for one in _names(section)}


def _names(section: m.Section) -> Iterator[Named]:
    place = section.number or section.code
    for item in section.items:
        if isinstance(item, m.Question):
            yield Named(item.code, item.title, place)
        if isinstance(item, m.Table):
            rows = (one for one in item.rows if one.code)
            yield from (Named(f"{section.code}/{one.code}", one.title, place) for one in rows)
        if isinstance(item, m.Table | m.OpenTable):
            yield from (Named(f"{section.code}//{one.code}", one.title, place) for one in item.columns)


@dataclass(frozen=True)
class Move:
    """A name of the old version that a person has to look at, with its successor, saved or proposed."""

    old: Named
    to: str
    new: Named | None
    is_said: bool


def moves_of(old: m.Form, new: m.Form, old_codes: Mapping[str, str]) -> list[Move]:
    """Names that are gone or mean something else by now, and those with a successor; others keep their place.

    What nobody has said yet is proposed: the only name with the same words, else the same code.
    """
    before, after = names_of(old), names_of(new)
    same_words = _only_ones(after)
    found = []
    for key, name in before.items():
        if key in old_codes:
            to = old_codes[key]
        elif key in after and _plain(after[key].title) == _plain(name.title):
            continue
        else:
            to = same_words.get(_words(name)) or (key if key in after else GONE)
        found.append(Move(name, to, after.get(to), key in old_codes))
    return found


def _only_ones(names: Mapping[str, Named]) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], list[str]] = {}
    for name in names.values():
        found.setdefault(_words(name), []).append(name.key)
    return {words: keys[0] for words, keys in found.items() if len(keys) == 1}


def _words(name: Named) -> tuple[str, ...]:
    """Columns are looked for in their own section, rows and questions in the whole form."""
    section = name.key.partition("//")[0] if name.kind == "графа" else ""
    return (name.kind, section, _plain(name.title))


def _plain(title: str) -> str:
    return " ".join(title.casefold().replace("ё", "е").split())


def unmapped(old: CompiledForm, new: CompiledForm, old_codes: Mapping[str, str]) -> list[str]:
    """Addresses of the old cells whose values have no place in the new version, in reading order."""
    return [at for at in old.cells if moved(at, old_codes) not in new.cells]
