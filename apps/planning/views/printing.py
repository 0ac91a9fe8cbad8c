"""Plans as files: the issued paper, working copies, months, the report on execution."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from apps.core import journal
from apps.core.access import found, require
from apps.core.enums import Verb
from apps.core.exports import xlsx_response
from apps.core.files import downloaded
from apps.organizations.models import Department
from apps.papers.headers import PaperHeader
from apps.papers.models import Paper
from apps.papers.reports import pdf
from apps.papers.reports.blocks import Report
from apps.papers.reports.docx import document as docx
from apps.papers.signatories import Signatory
from apps.planning.agenda import month_of, month_title
from apps.planning.content import Content, content_of
from apps.planning.models import Edition, Plan
from apps.planning.permissions import can_read
from apps.planning.printing.execution import execution_report
from apps.planning.printing.marks import marks_of
from apps.planning.printing.months import month_report, month_rows
from apps.planning.printing.plans import Marks, edition_report, plan_report
from apps.planning.printing.sheets import month_sheet, plan_sheet
from apps.planning.queries import approved_edition, waiting_edition

NO_PLANS = "Планы работы — для сотрудников ИМО и руководителя департамента."
WRITERS: dict[str, tuple[Callable[[Report], bytes], str]] = {
    "pdf": (pdf.to_pdf, pdf.CONTENT_TYPE),
    "docx": (docx.to_docx, docx.CONTENT_TYPE),
}


@require_GET
def plan_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The issued paper of the text in force; with `?marks=1` a copy with marks of execution. A plan that
    nobody has approved is printed as a draft."""
    plan = _plan(request, pk)
    edition = approved_edition(plan)
    if edition is not None and edition.paper is not None and "marks" not in request.GET:
        return _issued(request, edition.paper)
    return _printed(request, plan, _working_report(plan), "pdf", str(plan))


@require_GET
def plan_docx(request: HttpRequest, pk: int) -> HttpResponseBase:
    plan = _plan(request, pk)
    return _printed(request, plan, _working_report(plan), "docx", str(plan))


@require_GET
def plan_xlsx(request: HttpRequest, pk: int) -> HttpResponseBase:
    plan = _plan(request, pk)
    journal.record(by=request.user, verb=Verb.EXPORTED, subject=plan)
    _, content, marks = _working_text(plan)
    return xlsx_response(str(plan), [plan_sheet(str(plan), content, marks or {})])


@require_GET
def edition_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Any text that was sent: as issued, or as it would print."""
    require(can_read(request.user), NO_PLANS)
    rows = Edition.objects.visible_to(request.user).select_related("plan", "amendment", "paper__file")
    edition = found(rows, pk=pk)
    if edition.paper is not None:
        return _issued(request, edition.paper)
    before = approved_edition(edition.plan)
    report = edition_report(edition, Department.objects.get(), was=before.content if before else None)
    return _printed(request, edition.plan, report, "pdf", f"{edition.plan}, проект")


@require_GET
def month_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The month `?month=2026-10`, the present one unless given."""
    return _month(request, pk, "pdf")


@require_GET
def month_docx(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _month(request, pk, "docx")


@require_GET
def month_xlsx(request: HttpRequest, pk: int) -> HttpResponseBase:
    plan = _plan(request, pk)
    month = month_of(request.GET.get("month", ""), plan)
    journal.record(by=request.user, verb=Verb.EXPORTED, subject=plan, note="план месяца")
    title = f"{plan.get_owner_display()}: {month_title(month)}"
    return xlsx_response(title, [month_sheet(title, month_rows(plan, month), month)])


@require_GET
def execution_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Report on execution of the quarter `?quarter=1` … `4` of the plan's year, or of the whole year."""
    return _execution(request, pk, "pdf")


@require_GET
def execution_docx(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _execution(request, pk, "docx")


def _execution(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    plan = _plan(request, pk)
    asked = request.GET.get("quarter", "")
    quarter = int(asked) if asked in ("1", "2", "3", "4") else None
    report = execution_report(plan, Department.objects.get(), quarter)
    return _printed(request, plan, report, kind, f"Исполнение. {plan}")


def _month(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    plan = _plan(request, pk)
    month = month_of(request.GET.get("month", ""), plan)
    report = month_report(plan, month, Department.objects.get())
    name = f"{plan.get_owner_display()}, {month_title(month)}"
    return _printed(request, plan, report, kind, name)


def _issued(request: HttpRequest, paper: Paper) -> HttpResponseBase:
    """The file as it went into the register; reading it is journalled."""
    return downloaded(request.user, paper, paper.file, inline=True)


def _plan(request: HttpRequest, pk: int) -> Plan:
    require(can_read(request.user), NO_PLANS)
    return found(Plan.objects.visible_to(request.user), pk=pk)


def _working_text(plan: Plan) -> tuple[Edition | None, Content, Marks | None]:
    """The text in force with its marks, otherwise the one that waits or is being drafted, without."""
    edition = approved_edition(plan)
    if edition is not None:
        return edition, edition.content, marks_of(plan)
    edition = waiting_edition(plan)
    return edition, edition.content if edition else content_of(plan), None


def _working_report(plan: Plan) -> Report:
    edition, content, marks = _working_text(plan)
    department = Department.objects.get()
    if edition is None:
        return plan_report(plan, content, department)
    edition.plan = plan
    return edition_report(edition, department, _header(edition), marks=marks)


def _header(edition: Edition) -> PaperHeader | None:
    """What the issued paper says of itself."""
    paper = edition.paper
    if paper is None:
        return None
    signatory = Signatory(paper.signatory_name, paper.signatory_title, paper.signatory_basis)
    return PaperHeader(paper.number, paper.code, paper.issued_on, signatory)


def _printed(request: HttpRequest, plan: Plan, report: Report, kind: str, name: str) -> HttpResponse:
    write, content_type = WRITERS[kind]
    journal.record(by=request.user, verb=Verb.PRINTED, subject=plan)
    headers = {
        "Content-Disposition": content_disposition_header(kind != "pdf", f"{name}.{kind}") or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(write(report), content_type=content_type, headers=headers)
