"""What other forms ask already: nobody should tell the department the same figure twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from apps.monitoring.compiled import form_of
from apps.monitoring.definition import Question, Table
from apps.monitoring.enums import VersionState
from apps.monitoring.library import uses
from apps.monitoring.models import FormVersion

SHORTEST = 8
"""Shorter titles («Всего», «очно») mean nothing by themselves."""
PLAIN_KINDS = ("", "plain")


@dataclass(frozen=True)
class Asked:
    """A row or question of a draft that another form asks too."""

    title: str
    elsewhere: tuple[str, ...]


def asked_already(version: FormVersion) -> list[Asked]:
    """Rows and questions of the draft whose words, or whose element of the library, another form in use has.

    The draft may be faulty. One query, and one more for each form met for the first time.
    """
    known: dict[str, list[str]] = {}
    for pk, title in _latest_of_others(version):
        for name, place in _names(form_of(pk)):
            known.setdefault(_plain(name), []).append(f"{title}, {place}")
    own = dict.fromkeys(_titles(version.definition))
    by_words = {title: known[_plain(title)][:5] for title in own if _plain(title) in known}
    return [Asked(title, tuple(where)) for title, where in (by_words | _by_element(version)).items()]


def _by_element(version: FormVersion) -> dict[str, list[str]]:
    """Title in the draft → where other forms ask the same element, whatever they call it."""
    found: dict[str, list[str]] = {}
    for ones in uses().values():
        here = [one for one in ones if one.form_id == version.form_id and one.is_draft]
        others = [f"{one.form}, {one.place}" for one in ones if one.form_id != version.form_id]
        found |= {one.title: others[:5] for one in here if others}
    return found


def _latest_of_others(version: FormVersion) -> list[tuple[int, str]]:
    rows = (
        FormVersion.objects.filter(state=VersionState.PUBLISHED, form__is_archived=False)
        .exclude(form_id=version.form_id)
        .order_by("form_id", "-number")
        .distinct("form_id")
    )
    return list(rows.values_list("pk", "form__title"))


def _names(form: Any) -> Iterator[tuple[str, str]]:
    """(words, place) of what a form asks by words of its own."""
    for section in form.walk():
        for item in section.items:
            if isinstance(item, Question) and _is_telling(item.title):
                yield item.title, f"вопрос {item.code}"
            elif isinstance(item, Table):
                for row in item.rows:
                    if row.kind in PLAIN_KINDS and _is_telling(row.title):
                        yield row.title, f"разд. {section.number or section.code}, стр. {row.code}"


def _titles(node: Any) -> Iterator[str]:
    """Words of the plain rows and questions of a document that may be faulty."""
    for section in node.get("sections", ()):
        for item in section.get("items", ()):
            asked = [item] if item.get("type") == "question" else item.get("rows", ())
            for one in asked:
                title = one.get("title", "")
                if one.get("kind", "") in PLAIN_KINDS and _is_telling(title):
                    yield title
        yield from _titles(section)


def _is_telling(title: str) -> bool:
    return len(_plain(title)) >= SHORTEST


def _plain(title: str) -> str:
    return " ".join(title.casefold().replace("ё", "е").split())
