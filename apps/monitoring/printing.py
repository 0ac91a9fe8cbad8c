"""«Печать»: the filled report as a paper for the director's signature."""

from typing import Any

from django.utils.safestring import mark_safe

from apps.core.jobs import JobKind, job_kinds
from apps.core.models import Job
from apps.core.pdf import render_pdf
from apps.core.russian import initials_before
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import CompiledForm, OpenTable, Table
from apps.monitoring.enums import EDITABLE_STATES
from apps.monitoring.models import Response
from apps.monitoring.openrows import rows_of
from apps.monitoring.phoned import note_of_report
from apps.monitoring.skeleton import PRINT, hidden_keys, open_row_of, skeleton_of

# A table row takes about 12 ms: more rows than this are printed by the worker.
AT_ONCE = 150
# Columns of figures beyond which a table lies on its side.
PORTRAIT_COLUMNS = 5


def printed_rows(response: Response, compiled: CompiledForm) -> int:
    """How many lines of tables the paper has."""
    coded = sum(
        len(item.rows)
        for copy in compiled.laid.copies
        for item in copy.section.items
        if isinstance(item, Table)
    )
    return coded + sum(map(len, rows_of(response).values()))


def response_pdf(response: Response) -> bytes:
    """The report as it is saved now. Raises `PdfUnavailable`."""
    compiled = compiled_of(response)
    page = skeleton_of(compiled, PRINT)
    html = page.filled(
        response.values,
        rows={section: _rows(response, compiled, section) for section in compiled.open_tables},
        hidden=hidden_keys(compiled.hidden_parts(response.values)) if page.conditional else frozenset(),
    )
    context = {
        "response": response,
        "campaign": response.campaign,
        "form": compiled.form,
        "form_html": mark_safe(html),  # noqa: S308 – every value in it has passed `attribute`
        "is_wide": _is_wide(compiled),
        "is_draft": response.state in EDITABLE_STATES,
        "signatory": _signatory(response),
        "submission": response.submissions.select_related("by").order_by("-number").first(),
        "phone_note": note_of_report(response),
        "explanations": list(response.explanations.all()),
    }
    return render_pdf(
        "monitoring/print/response.html",
        context,
        title=f"{response.campaign.title} — {response.organization.short_name}",
        author=response.organization.short_name,
        subject=response.campaign.period_title,
    )


def _rows(response: Response, compiled: CompiledForm, section: str) -> str:
    codes = rows_of(response).get(section, [])
    pages = [open_row_of(compiled, section, row, number, PRINT) for number, row in enumerate(codes, 1)]
    return "".join(page.filled(response.values) for page in pages if page)


def _is_wide(compiled: CompiledForm) -> bool:
    tables = [
        item
        for copy in compiled.laid.copies
        for item in copy.section.items
        if isinstance(item, Table | OpenTable)
    ]
    return any(len(one.columns) > PORTRAIT_COLUMNS for one in tables)


def _signatory(response: Response) -> dict[str, str]:
    """The head of the organisation by its card: position and «И. О. Фамилия»."""
    words = response.organization.head_name.split()
    name = initials_before(words[0], words[1], " ".join(words[2:])) if len(words) > 1 else " ".join(words)
    return {"position": response.organization.head_position or "Руководитель организации", "name": name}


def file_name(response: Response) -> str:
    return f"{response.campaign.title[:80]} — {response.organization.short_name[:50]}.pdf"


def _may_print(job: Job, user: Any) -> bool:
    return Response.objects.visible_to(user).filter(pk=job.subject_id).exists()


PRINT_JOB = JobKind("monitoring.print", _may_print)


def register() -> None:
    """Puts the kind of job into the registry; called when the app is ready."""
    job_kinds.register(PRINT_JOB)
