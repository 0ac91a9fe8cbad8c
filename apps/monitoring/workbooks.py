"""The workbook of one response: made for its organisation, and taken back from nobody else."""

from collections.abc import Mapping, Sequence
from typing import IO, Any

from django.core import signing

from apps.monitoring.compiled import compiled_for, compiled_of
from apps.monitoring.definition import CompiledForm
from apps.monitoring.models import Campaign, Response
from apps.monitoring.openrows import last_number, rows_of
from apps.monitoring.queries import earlier_values
from apps.monitoring.summaries.summary import Summary
from apps.monitoring.workbook import Heading, ReadBook, WorkbookRefused, read_workbook, write_workbook
from apps.monitoring.workbook.plan import SPARE_ROWS, plan_of

SALT = "monitoring.workbook"
CHANGED = "Служебный лист книги изменён. Скачайте бланк заново и перенесите в него ответы."


def workbook_of(response: Response) -> bytes:
    """The workbook to fill, with what has been answered and the last round's values as comments."""
    compiled = compiled_of(response)
    campaign = response.campaign
    heading = Heading(
        title=compiled.form.title,
        lead=f"{response.organization.full_name} · {campaign.title} · {campaign.period_title}",
        token=signing.dumps(_identity(response), salt=SALT),
    )
    plan = plan_of(compiled, _open_rows(response, compiled))
    return write_workbook(compiled, plan, response.values, heading=heading, earlier=earlier_values(response))


def _identity(response: Response) -> dict[str, int]:
    campaign = response.campaign
    return {"o": response.organization_id, "c": campaign.pk, "v": campaign.version_id}


def _open_rows(response: Response, compiled: CompiledForm) -> Mapping[str, Sequence[str]]:
    """Rows of open tables: those that stand, and spare ones with numbers never used before."""
    found = {}
    kept = rows_of(response)
    for section, table in compiled.open_tables.items():
        rows = kept.get(section, [])
        last = last_number(response, section, rows)
        spare = min(SPARE_ROWS, table.max_rows - len(rows))
        found[section] = [*rows, *(f"n{last + number}" for number in range(1, spare + 1))]
    return found


def read_for(response: Response, file: IO[bytes] | Any) -> ReadBook:
    """The answers of an uploaded workbook of this very response. Raises `WorkbookRefused`."""

    def compiled_by(token: str) -> CompiledForm:
        _require_own(response, token)
        return compiled_of(response)

    return read_workbook(file, compiled_by)


def _require_own(response: Response, token: str) -> None:
    try:
        found = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise WorkbookRefused(CHANGED) from None
    own = _identity(response)
    if found["o"] != own["o"]:
        raise WorkbookRefused("Это бланк другой организации. Скачайте свой на странице отчёта.")
    if found["c"] != own["c"]:
        raise WorkbookRefused("Это бланк другого мониторинга. Скачайте бланк на странице этого отчёта.")
    if found["v"] != own["v"]:
        raise WorkbookRefused("После скачивания бланка форма изменилась. Скачайте бланк заново.")


def summary_workbook(campaign: Campaign, summary: Summary) -> bytes:
    """The sums of a group of organisations in the layout of the form, to read and print."""
    compiled = compiled_for(campaign.version_id)
    values = {address: f"{value:f}" for address, value in summary.values.items()}
    lead = f"{campaign.title} · {campaign.period_title} · организаций: {summary.organizations}"
    heading = Heading(title=f"Свод. {compiled.form.title}", lead=lead)
    return write_workbook(compiled, plan_of(compiled, None), values, heading=heading)
