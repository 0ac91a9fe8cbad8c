"""What is measured over HTTP: the portal's own server against clients on the same machine."""

import http.client
import json
import re
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from apps.monitoring.compiled import compiled_for
from apps.monitoring.models import CellChange, Response
from tests.bench import data, definitions
from tests.bench.anchor.models import Answer
from tests.bench.report import Results

ROUNDS = 2
SECONDS = 4.0
EDITORS = 50
COLLEAGUES = 5
EDIT_SECONDS = 10.0
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Person:
    """A signed-in browser: one connection, two cookies."""

    port: int
    session: str
    token: str = ""
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def request(self, method: str, path: str, body: str = "", kind: str = "") -> tuple[int, str]:
        cookie = f"{settings.SESSION_COOKIE_NAME}={self.session}"
        headers = {"Cookie": f"{cookie}; {settings.CSRF_COOKIE_NAME}={self.token}"}
        if body:
            headers |= {"Content-Type": kind, "X-CSRFToken": self.token}
        try:
            self.connection.request(method, path, body.encode(), headers)
            answer = self.connection.getresponse()
        except (http.client.HTTPException, ConnectionError):
            self.connection.close()
            self.connection.request(method, path, body.encode(), headers)
            answer = self.connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            if cookie.startswith(f"{settings.CSRF_COOKIE_NAME}="):
                self.token = cookie.split("=", 1)[1].split(";")[0]
        return answer.status, text


def sign_in(user: Any) -> str:
    """The key of a new session, as a sign-in would make it."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["started_at"] = time.time()
    store.create()
    return store.session_key or ""


def run(results: Results, by: Any, port: int) -> None:
    answering(results, by, port)
    autosave(results, by, port)


@dataclass
class Load:
    """Pairs of requests a second, and the slowest twentieth of them in milliseconds."""

    throughput: float
    p95: float


def loaded(people: list[Person], turn: Callable[[Person, int], None], seconds: float = SECONDS) -> Load:
    """Every person takes turns on a thread of his own for some seconds."""
    times: list[float] = []
    end = time.perf_counter() + seconds

    def work(person: Person, number: int) -> None:
        while time.perf_counter() < end:
            started = time.perf_counter()
            turn(person, number)
            times.append(time.perf_counter() - started)

    threads = [threading.Thread(target=work, args=(one, n)) for n, one in enumerate(people)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - started
    return Load(len(times) / spent, statistics.quantiles(times, n=20)[-1] * 1000)


def answering(results: Results, by: Any, port: int) -> None:
    """One GET and one POST with all 25 answers, ours against the anchor, by turns in one run."""
    form = data.version(definitions.questions(), by)
    campaign = data.campaign(form, by, 2026)
    users, responses, answers = [], [], []
    for number, organization in enumerate(data.organizations_named("Анкета", 16)):
        users.append(data.responsible(organization, number))
        responses.append(Response.objects.create(campaign=campaign, organization=organization).pk)
        answers.append(Answer.objects.create().pk)
    people = [Person(port, sign_in(user)) for user in users]

    def ours(person: Person, number: int) -> None:
        page = f"/monitoring/responses/{responses[number]}/"
        status, text = person.request("GET", page)
        assert status == 200, status
        fields = {f"c:q{n}": str(n + number) for n in range(1, definitions.QUESTION_COUNT + 1)}
        _post(person, text, page, {**fields, "do": "save"})

    def anchor(person: Person, number: int) -> None:
        page = f"/anchor/{answers[number]}/"
        status, text = person.request("GET", page)
        assert status == 200, status
        _post(person, text, page, {f"q{n}": str(n) for n in range(1, definitions.QUESTION_COUNT + 1)})

    for clients in (4, 16):
        pairs = [(loaded(people[:clients], anchor), loaded(people[:clients], ours)) for _ in range(ROUNDS)]
        share = statistics.median(mine.throughput / base.throughput for base, mine in pairs)
        slower = statistics.median(mine.p95 / base.p95 for base, mine in pairs)
        base, mine = pairs[-1]
        told = f"{mine.throughput:.0f} against {base.throughput:.0f} pairs a second"
        results.told(f"25 questions, {clients} clients: throughput", told)
        results.at_least(f"25 questions, {clients} clients: share of the anchor's throughput", share, 0.5)
        results.at_most(f"25 questions, {clients} clients: p95 to the anchor's", slower, 2, "×")


def _post(person: Person, page: str, path: str, fields: dict[str, str]) -> None:
    found = TOKEN.search(page)
    assert found, "no CSRF token on the page"
    body = urlencode({"csrfmiddlewaretoken": found[1], **fields})
    status, text = person.request("POST", path, body, "application/x-www-form-urlencoded")
    assert status in (200, 302), (status, text[:300])


def autosave(results: Results, by: Any, port: int) -> None:
    """50 editors of a 1,500-cell form, five in each of ten organisations, an edit a second each."""
    form = data.version(definitions.tables("bench-1500", 10, 25, 6, 100), by)
    campaign = data.campaign(form, by, 2026)
    cells = compiled_for(form.pk).numeric
    people: list[Person] = []
    pages: list[str] = []
    responses: list[Response] = []
    for organization in data.organizations_named("Автосохранение", EDITORS // COLLEAGUES):
        response = Response.objects.create(campaign=campaign, organization=organization)
        responses.append(response)
        for _ in range(COLLEAGUES):
            person = Person(port, sign_in(data.responsible(organization, 1000 + len(people))))
            people.append(person)
            pages.append(f"/monitoring/responses/{response.pk}/")
            person.request("GET", pages[-1])
    times: list[float] = []
    written: dict[tuple[int, str], str] = {}
    end = time.perf_counter() + EDIT_SECONDS

    def edit(number: int) -> None:
        person, turn, base = people[number], 0, 0
        time.sleep(number / EDITORS)
        while time.perf_counter() < end:
            address = cells[(number + turn * EDITORS) % len(cells)]
            value = str(number * 1000 + turn)
            edits = [{"address": address, "value": value, "was": "", "source": "typed"}]
            body = json.dumps({"key": f"k{number:04d}{turn:04d}bench", "base": base, "edits": edits})
            started = time.perf_counter()
            status, text = person.request("POST", f"{pages[number]}cells/", body, "application/json")
            spent = time.perf_counter() - started
            assert status == 200, (status, text[:300])
            times.append(spent)
            base = json.loads(text)["base"]
            written[number // COLLEAGUES, address] = value
            turn += 1
            time.sleep(max(0.0, 1 - spent))

    threads = [threading.Thread(target=edit, args=(number,)) for number in range(EDITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for response in responses:
        response.refresh_from_db()
    lost = [place for place, value in written.items() if responses[place[0]].values.get(place[1]) != value]
    p95 = statistics.quantiles(times, n=20)[-1] * 1000
    results.at_most(f"autosave, 1,500 cells, {EDITORS} editors: p95", p95, 150, "ms")
    results.at_most(f"autosave: lost updates of {len(written)}", len(lost), 0, "")
    assert CellChange.objects.filter(response__in=responses).count() == len(times)
