"""What is measured inside one process: queries, checking, summing, exporting, rendering."""

import io
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from apps.api.actions import make_key
from apps.core.charts import Chart, Series
from apps.core.exports import write_xlsx
from apps.monitoring.actions.filling import Edit, save_cells
from apps.monitoring.actions.forms import import_definition
from apps.monitoring.actions.sending import submit
from apps.monitoring.compiled import compiled_for
from apps.monitoring.exports import campaign_sheets
from apps.monitoring.models import Campaign, Response, SummaryRollup
from apps.monitoring.summaries.behind import behind
from apps.monitoring.summaries.rollups import rollup_of
from apps.monitoring.workbook import difference
from apps.monitoring.workbooks import read_for, workbook_of
from apps.papers.reports.pdf import to_pdf
from tests.bench import blanks, data, definitions, plans, questionnaires
from tests.bench.report import Results
from tests.monitoring.xlsform.books import book, q, read_bytes
from tests.papers.sample_report import full_report

ROUNDS = 10


def timed(work: Callable[[], Any]) -> float:
    """Seconds of one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def best(work: Callable[[], Any], times: int = 3) -> float:
    return min(timed(work) for _ in range(times))


def run(results: Results, by: Any) -> None:
    report(results)
    plans.run(results, by)
    questionnaires.run(results, by)
    xlsform(results)
    blanks.run(results)
    opening_and_sending(results, by)
    summaries(results, by)
    rollup_of_many(results, by)
    interface(results, by)
    designer(results, by)
    workbook(results, by)


def workbook(results: Results, by: Any) -> None:
    """A workbook of 1,500 cells out, and back with every answer changed."""
    form = data.version(definitions.tables("bench-book", 10, 25, 6, 100), by)
    organization = data.organizations_named("Книга", 1)[0]
    response = Response.objects.create(campaign=data.campaign(form, by, 2026), organization=organization)
    compiled = compiled_for(form.pk)
    cells = len(compiled.cells)
    out = best(lambda: workbook_of(response))
    results.at_most(f"a workbook of {cells} cells", out, 1.0, "s")
    filled = load_workbook(io.BytesIO(workbook_of(response)))
    for sheet in filled.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if not cell.protection.locked:
                    cell.value = 7
    target = io.BytesIO()
    filled.save(target)
    target.name = "Бланк.xlsx"  # type: ignore[attr-defined]

    def taken() -> int:
        target.seek(0)
        return len(difference(read_for(response, target), response.values).changes)

    assert taken() == len(compiled.numeric)
    results.at_most(f"an uploaded workbook of {cells} cells with its difference", best(taken), 3.0, "s")


def designer(results: Results, by: Any) -> None:
    """One cell marked X, and one row renamed, in a draft of 3,000 cells with 400 relations."""
    draft = import_definition(definition=definitions.tables("bench-designer", 15, 25, 8, 400), by=by)
    client = Client()
    client.force_login(by)
    path = "sections.7.items.0"
    table = draft.definition["sections"][7]["items"][0]
    cross = {"op": "x", "path": path, "row": table["rows"][3]["code"], "column": table["columns"][2]["code"]}
    rename = {"op": "set", "path": f"{path}.rows.4", "fields": {"title": "Новое название"}}
    for what, command in (("a cell", cross), ("a row", rename)):
        draft.refresh_from_db()
        sent = json.dumps({"revision": draft.revision, "command": command})
        url = f"/monitoring/forms/{draft.form_id}/edit/command/"
        seconds = timed(lambda url=url, sent=sent: client.post(url, sent, content_type="application/json"))
        results.at_most(f"an edit of {what} in the designer of 3,000 cells", seconds, 0.2, "s")


def xlsform(results: Results) -> None:
    """A workbook of 1,000 questions, each third with a condition and a constraint."""
    rows = [q("integer", f"q{n}", **(_ruled(n) if n % 3 else {})) for n in range(1000)]
    content = book(rows)
    results.at_most("XLSForm of 1,000 rows", best(lambda: read_bytes(content)), 3.0, "s")


def _ruled(number: int) -> dict[str, str]:
    before = f"${{q{number - 1}}}"
    return {"relevant": f"{before} > 3", "constraint": f". <= {before} * 2"}


def opening_and_sending(results: Results, by: Any) -> None:
    organization = data.organizations_named("Большая", 1)[0]
    user = data.responsible(organization, 90_000)
    for code, size in (("bench-small", (1, 5, 5, 2)), ("bench-3000", (15, 25, 8, 400))):
        form = data.version(definitions.tables(code, *size), by)
        response = Response.objects.create(campaign=data.campaign(form, by, 2026), organization=organization)
        client = Client()
        client.force_login(user)
        address = f"/monitoring/responses/{response.pk}/"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            seconds = timed(lambda client=client, address=address: client.get(address))
        cells = len(compiled_for(form.pk).cells)
        results.at_most(f"opening a form of {cells} cells: queries", len(queries), 12, "")
        results.told(f"opening a form of {cells} cells: time in the process", f"{seconds * 1000:.0f} ms")
    _send_large(results, response, user)


def _send_large(results: Results, response: Response, user: Any) -> None:
    compiled = compiled_for(response.campaign.version_id)
    edits = [Edit(address, "7") for address in compiled.numeric]
    results.told(
        "saving 3,000 cells in one request",
        f"{timed(lambda: save_cells(response_id=response.pk, edits=edits, by=user)) * 1000:.0f} ms",
    )
    save_cells(response_id=response.pk, edits=list(_sound(compiled)), by=user)
    seconds = timed(lambda: submit(response_id=response.pk, by=user))
    results.at_most("check and submit of a 3,000-cell form with 400 relations", seconds, 1.0, "s")


def _sound(compiled: Any) -> Iterator[Edit]:
    """Values with which every relation of `definitions.tables` holds: falling rows, a great first column."""
    last = compiled.cells[compiled.numeric[-1]].column
    for cell in compiled.cells.values():
        height = 1000 - int(cell.row)
        factor = {"3": 1000, last: 1}.get(cell.column, 10)
        yield Edit(cell.address, str(height * factor))


def summaries(results: Results, by: Any) -> None:
    form = data.version(definitions.tables("bench-sum", 15, 25, 8, 0), by)
    members = data.organizations_named("Свод", 600)
    last = None
    for year in range(2026 - ROUNDS + 1, 2027):
        last = data.campaign(form, by, year, previous=last, state="running")
        data.accepted(last, members, documents=year == 2026)
    assert last is not None
    client = Client()
    client.force_login(by)
    page = f"/monitoring/campaigns/{last.pk}/summary/"
    cold = timed(lambda: client.get(page))
    results.at_most("summary page of 600 × 3,000, 10 rounds: cold", cold, 3.0, "s")
    results.at_most("summary page of 600 × 3,000, 10 rounds: warm", best(lambda: client.get(page)), 0.3, "s")
    cell = compiled_for(form.pk).numeric[100]
    drill = f"/monitoring/campaigns/{last.pk}/behind/?cell={cell}"
    results.at_most("organisations behind a figure: page", best(lambda: client.get(drill)), 0.5, "s")
    results.told("organisations behind a figure: query", f"{best(lambda: behind(last, cell)) * 1000:.0f} ms")
    seconds, megabytes = _export_in_child(last.pk)
    results.at_most("XLSX export of 600 × 3,000", seconds, 20, "s")
    results.at_most("XLSX export of 600 × 3,000: memory of the process", megabytes, 150, "MB")


def _export_in_child(campaign_id: int) -> tuple[float, float]:
    """Time and growth of peak memory in a forked process, so that nothing else is counted."""
    read, write = os.pipe()
    connection.close()
    if (child := os.fork()) == 0:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with tempfile.TemporaryFile() as file:
            campaign = Campaign.objects.get(pk=campaign_id)
            seconds = timed(lambda: write_xlsx(file, campaign_sheets(campaign)))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        os.write(write, f"{seconds} {(peak - before) / 1024}".encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        seconds, grown = map(float, answer.read().split())
    os.waitpid(child, 0)
    return seconds, grown


def rollup_of_many(results: Results, by: Any) -> None:
    form = data.version(definitions.tables("bench-many", 1, 20, 5, 0), by)
    members = data.organizations_named("Край", 40_000)
    one = data.campaign(form, by, 2026)
    data.accepted(one, members, documents=False)
    without = timed(lambda: rollup_of(one))
    results.at_most("summary of 40,000 × 100 without the kept rollup", without, 1.5, "s")
    assert SummaryRollup.objects.filter(campaign=one).exists()
    results.at_most(
        "summary of 40,000 × 100 from the kept rollup", best(lambda: rollup_of(one)) * 1000, 200, "ms"
    )


def interface(results: Results, by: Any) -> None:
    """A page of the open data interface by key: 1,000 responses, with and without their 100 values."""
    form = data.version(definitions.tables("bench-api", 1, 20, 5, 0), by)
    campaign = data.campaign(form, by, 2026)
    data.accepted(campaign, data.organizations_named("Ключ", 1_200), documents=True)
    _, token = make_key(by=by, name="Измерение", days=1)
    client = Client(headers={"Authorization": f"Bearer {token}"})
    page = f"/api/v1/responses?limit=1000&campaign={campaign.pk}"
    for what, address in (("", page), (" with 100 values each", f"{page}&values=true")):
        answer = client.get(address).json()
        assert len(answer["items"]) == 1000 and answer["next_cursor"], len(answer["items"])
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        results.at_most(f"API page of 1,000 responses{what}: queries", len(queries), 6, "")
        seconds = best(lambda address=address: client.get(address))
        results.at_most(f"API page of 1,000 responses{what}", seconds * 1000, 300, "ms")


def _charts() -> tuple[Chart, ...]:
    names = tuple(f"Группа организаций {n}" for n in range(1, 9))
    rows = tuple(
        Series(f"Ряд {n}", tuple(Decimal(n * 100 + k * 7) for k in range(len(names)))) for n in (1, 2)
    )
    kinds = ("bar", "column", "stacked_bar", "stacked_column", "line")
    return tuple(Chart(kind, f"Диаграмма {kind}", "Для измерения.", names, rows) for kind in kinds)


def report(results: Results) -> None:
    composed = full_report(charts=_charts())
    to_pdf(composed)
    kept: list[bytes] = []
    seconds = best(lambda: kept.append(to_pdf(composed)))
    pages = len(pikepdf.open(io.BytesIO(kept[-1])).pages)
    results.at_most(f"report of {pages} pages with charts", seconds, 1.5, "s")
