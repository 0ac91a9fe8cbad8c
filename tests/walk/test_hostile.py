"""Hostile addresses, parameters and posted fields: refused or passed over, never an error of the portal."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode

from tests.walk.conftest import signed_in_as
from tests.walk.pages import PAGES
from tests.walk.parts import list_pages, patterns, view_class
from tests.walk.test_addresses import address_of, body_of, got

pytestmark = pytest.mark.django_db
HOSTILE = {
    "long": "я" * 5_000,
    "nul": "a\x00b",
    "word": "не число",
    "digits": "9" * 40,
    "negative": "-1",
    "fraction": "1e309",
    "quote": "' OR 1=1 --",
    "brackets": "[]{}%(x)s{{7*7}}",
    "surrogate": "",
    "date": "9999-99-99",
    "far date": "0001-01-01",
    "superscript": "²",
}
ANSWERS = {200, 302, 400, 403, 404, 405, 409, 413, 422}
# Asked everywhere; of the rest each page answers alike, and the whole statute takes long to compose.
FEW = ("nul", "digits")
# Asked of a page that has neither a list nor parameters of its own in its line.
SOME = (*FEW, "surrogate")
HEAVY = {"monitoring:report-docx", "reports:report-detail", "reports:report-pdf", "reports:report-docx"}
HEAVY |= {"reports:statute-map", "reports:statute-pdf", "reports:statute-docx", "reports:figure-behind"}
GETS = [page for page in PAGES if page.get != "405 " * 9 and page.name != "accounts:logout"]
LISTS = [page for page in GETS if page.name in list_pages()]
POSTS = [page for page in PAGES if page.body]


def reader_of(statuses: str) -> str:
    """The first who is let in, the staff before the organisation."""
    words = ("own", "other", "nobody", "juror", "assistant", "methodist", "director", "head", "admin")
    let_in = [word for word, status in zip(words, statuses.split(), strict=True) if status[0] in "235"]
    return let_in[-1] if let_in else "head"


def own_names(page) -> list[str]:
    """What a list reads: its own parameters and each widget of its filters."""
    filters = getattr(view_class(page.name), "filterset_class", None)
    asked = [*filters.base_filters] if filters else []
    ranges = [
        f"{name}_{end}"
        for name in asked
        if filters and "Range" in type(filters.base_filters[name]).__name__
        for end in ("min", "max", "after", "before")
    ]
    return ["q", "sort", "page", "size", "format", *asked, *ranges]


OTHERS = ["code", "next", "year", "on", "cell", "with_submitted", "per", "base", "stamp", "cells", "last"]
OTHERS += ["checked", "version"]


def asked(client, url: str, query: str) -> int:
    mark = transaction.savepoint()
    status = got(client, f"{url}?{query}")
    transaction.savepoint_rollback(mark)
    return status


def query_of(names: list[str], kind: str) -> str:
    if kind == "surrogate":
        return "&".join(f"{name}=%ED%A0%80%FF" for name in names)
    return urlencode(dict.fromkeys(names, HOSTILE[kind]))


@pytest.mark.parametrize("page", GETS, ids=lambda page: page.name)
def test_parameters(page, world, sessions):
    client, url = signed_in_as(sessions, reader_of(page.get)), address_of(world, page)
    names = [*own_names(page), *OTHERS]
    kinds = HOSTILE if page in LISTS or page.query else SOME
    kinds = FEW if page.name in HEAVY else kinds
    answers = {kind: asked(client, url, query_of(names, kind)) for kind in kinds}
    assert set(answers.values()) <= ANSWERS, answers


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.name)
def test_each_parameter_of_a_list_alone(page, world, sessions):
    """One bad filter hides what the next would have done, so each is also asked by itself."""
    client, url = signed_in_as(sessions, reader_of(page.get)), address_of(world, page)
    answers = {
        (name, kind): asked(client, url, query_of([name], kind)) for name in own_names(page) for kind in FEW
    }
    assert set(answers.values()) <= ANSWERS, answers


def hostile_addresses() -> list[str]:
    """Each pattern with numbers and words that fit its converters and no row."""
    uuid = "00000000-0000-0000-0000-000000000000"
    found = []
    for name, kinds in patterns():
        for number, text in (("9" * 40, "%00"), ("9" * 19, "я" * 300), ("0", "' OR 1=1")):
            values = {"int": number, "uuid": uuid, "slug": "a-" * 150}
            found.append((name, {key: values.get(kind, text) for key, kind in kinds.items()}))
    return sorted({reverse(name, kwargs=kwargs).replace("%2500", "%00") for name, kwargs in found if kwargs})


def test_addresses(world, sessions):
    client = signed_in_as(sessions, "head")
    mark = transaction.savepoint()
    answers = {
        url: {client.get(url).status_code, client.post(url, {"comment": "Ошибка"}).status_code}
        for url in hostile_addresses()
    }
    transaction.savepoint_rollback(mark)
    assert {url: found for url, found in answers.items() if not found <= ANSWERS} == {}


@pytest.mark.parametrize("page", POSTS, ids=lambda page: page.name)
def test_bodies(page, world, sessions):
    """Every field of the right body in turn, the others right."""
    client, url = signed_in_as(sessions, reader_of(page.post)), address_of(world, page)
    right = body_of(world, page)
    for kind in ("nul", "digits", "far date"):
        bodies = [right | {name: HOSTILE[kind]} for name in right]
        for body in bodies:
            mark = transaction.savepoint()
            assert client.post(url, body).status_code in ANSWERS, (kind, body)
            transaction.savepoint_rollback(mark)
