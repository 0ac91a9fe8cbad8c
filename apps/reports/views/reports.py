"""Reports on activity: the list, one report, its sections, approval, files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from apps.core import journal
from apps.core.access import found, require
from apps.core.enums import Verb
from apps.core.files import DOCX, PDF, file_response, made_response
from apps.core.lists import ListPage
from apps.core.pages import ActingForm, DetailPage, FormPage, ObjectFormPage, pressed
from apps.organizations.models import Department
from apps.papers.reports.docx import to_docx
from apps.papers.reports.pdf import to_pdf
from apps.reports import actions, columns, permissions
from apps.reports.composing import compose, sections_of
from apps.reports.enums import ReportState
from apps.reports.figures import Behind, behind, named
from apps.reports.filters import ReportFilters
from apps.reports.forms import CommentForm, ReportDaysForm, ReportForm, SectionForm
from apps.reports.models import ActivityReport, ReportFigure, ReportSection
from apps.workflow.models import TransitionRecord

NO_REPORTS = "Отчёты о деятельности — для сотрудников ИМО и руководителя департамента."
STEPS = {"up": -1, "down": 1}


def trail(report: ActivityReport | None = None) -> list[tuple[str, str]]:
    first = ("Отчёты о деятельности", reverse("reports:report-list"))
    return [first] if report is None else [first, (str(report), report.get_absolute_url())]


class ReportList(ListPage):
    template_name = "reports/report_list.html"
    queryset = ActivityReport.objects.select_related("created_by")
    columns = columns.REPORTS
    filterset_class = ReportFilters
    search = ("title",)
    order = "-last_day"
    title = "Отчёты о деятельности"
    lead = "Показатели портал считает сам; слова — ваши. При отправке на утверждение показатели фиксируются."
    forms = "отчёт,отчёта,отчётов"
    empty_title = "Отчётов пока нет"
    empty_text = "Создайте отчёт: портал соберёт в него показатели по разделам Положения."
    refusal = NO_REPORTS

    def is_allowed(self) -> bool:
        return permissions.can_see_map(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_create = permissions.can_write_reports(self.request.user)
        return super().get_context_data(may_create=may_create, **kwargs)


class ReportCreate(ActingForm, FormPage):
    form_class = ReportForm
    title = "Новый отчёт о деятельности"
    lead = "Вид отчёта решает, с каких разделов он начнётся; потом их можно менять."
    button = "Создать"
    done = "Отчёт создан."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(permissions.can_write_reports(request.user), actions.ONLY_WRITERS)
        return super().dispatch(request, *args, **kwargs)

    def act(self, form: Any) -> ActivityReport:
        return actions.create_report(by=self.request.user, **form.cleaned_data)

    def success_url(self) -> str:
        made = getattr(self, "made", None)
        return made.get_absolute_url() if made else reverse("reports:report-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(breadcrumbs=trail(), **kwargs)


class ReportPage(DetailPage):
    template_name = "reports/report_detail.html"
    queryset = ActivityReport.objects.select_related("created_by", "person", "paper")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, report = self.request.user, self.object
        log = list(TransitionRecord.objects.of(report).select_related("by"))
        return super().get_context_data(
            title=str(report),
            breadcrumbs=trail(),
            state=ReportState(report.state),
            sections=sections_of(report, user),
            may_edit=permissions.can_edit_report(user, report),
            may_approve=permissions.can_approve_report(user, report),
            log=log,
            given_back=log[-1] if log and report.state == ReportState.DRAFT else None,
            **kwargs,
        )


class DraftForm(ActingForm, ObjectFormPage):
    """A form about a draft; `report` is the draft itself."""

    refusal = actions.ONLY_DRAFT
    queryset = ActivityReport.objects.select_related("created_by", "person")

    @property
    def report(self) -> ActivityReport:
        return self.object

    def is_allowed(self) -> bool:
        return permissions.can_edit_report(self.request.user, self.report)

    def success_url(self) -> str:
        return self.report.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"breadcrumbs": trail(self.report), **kwargs})


class ReportEdit(DraftForm):
    form_class = ReportDaysForm
    title = "Название и период"

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.report, name) for name in ("title", "first_day", "last_day")}

    def act(self, form: Any) -> ActivityReport:
        return actions.edit_report(report=self.report, by=self.request.user, **form.cleaned_data)


class SectionCreate(DraftForm):
    form_class = SectionForm
    title = "Новый раздел"
    button = "Добавить"
    done = "Раздел добавлен."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "report": self.report, "by": self.request.user}

    def act(self, form: Any) -> ReportSection:
        return actions.save_section(report=self.report, by=self.request.user, **form.cleaned_data)


class SectionEdit(SectionCreate):
    queryset = ReportSection.objects.select_related("report__created_by", "report__person")
    title = "Раздел отчёта"
    button = "Сохранить"
    done = "Раздел сохранён."

    @property
    def report(self) -> ActivityReport:
        return self.object.report

    def get_initial(self) -> dict[str, Any]:
        section = self.object
        chosen = list(section.figures.values_list("indicator", flat=True))
        return {"title": section.title, "kind": section.kind, "text": section.text, "indicators": chosen}

    def act(self, form: Any) -> ReportSection:
        return actions.save_section(
            report=self.report, section=self.object, by=self.request.user, **form.cleaned_data
        )


class ReportReturn(DraftForm):
    form_class = CommentForm
    title = "Вернуть на доработку"
    button = "Вернуть на доработку"
    done = "Отчёт возвращён на доработку."
    refusal = actions.ONLY_APPROVER

    def is_allowed(self) -> bool:
        return permissions.can_approve_report(self.request.user, self.report)

    def act(self, form: Any) -> None:
        actions.return_report(report=self.report, by=self.request.user, **form.cleaned_data)


class FigureBehind(DetailPage):
    """What a figure of a report counts: frozen names once the report was sent, live ones before."""

    template_name = "reports/figure_behind.html"
    queryset = ReportFigure.objects.select_related("section__report__person")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figure, report = self.object, self.object.section.report
        lines = [line for shown in sections_of(report, self.request.user) for line in shown.lines]
        return super().get_context_data(
            title=str(figure),
            breadcrumbs=trail(report),
            report=report,
            line=next(line for line in lines if line.figure.pk == figure.pk),
            columns=[columns.Column("title", "Наименование", url=lambda row: row.url)],
            rows=self.rows(figure, report),
            is_closed=not self.names_are_open(figure),
            limit=actions.MAX_NAMES,
            **kwargs,
        )

    def names_are_open(self, figure: ReportFigure) -> bool:
        """The number of a sent report is for all its readers, the names for who may ask the figure itself."""
        return figure.source is None or figure.source.allowed(self.request.user)

    def rows(self, figure: ReportFigure, report: ActivityReport) -> list[Behind]:
        if not self.names_are_open(figure):
            return []
        if report.frozen_on:
            return [Behind(title, url) for title, url in figure.names or []]
        source = figure.source
        if source is None:
            return []
        return [named(row) for row in behind(source, self.request.user, report.scope)[: actions.MAX_NAMES]]


def own_report(request: HttpRequest, pk: int) -> ActivityReport:
    rows = ActivityReport.objects.visible_to(request.user)
    return found(rows.select_related("created_by", "person", "paper__file"), pk=pk)


def own_section(request: HttpRequest, pk: int) -> ReportSection:
    return found(ReportSection.objects.visible_to(request.user).select_related("report"), pk=pk)


@require_POST
def move(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    section = own_section(request, pk)
    if way not in STEPS:
        raise Http404
    actions.move_section(section=section, step=STEPS[way], by=request.user)
    return redirect(f"{section.report.get_absolute_url()}#section-{section.pk}")


@require_POST
def delete_section(request: HttpRequest, pk: int) -> HttpResponse:
    section = own_section(request, pk)
    to = section.report.get_absolute_url()
    return pressed(request, actions.delete_section, "Раздел удалён.", to, section=section)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    report = own_report(request, pk)
    to = reverse("reports:report-list")
    return pressed(request, actions.delete_report, "Отчёт удалён.", to, report=report)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    report = own_report(request, pk)
    told = "Показатели зафиксированы, отчёт отправлен на утверждение."
    return pressed(request, actions.send_report, told, report.get_absolute_url(), report=report)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    report = own_report(request, pk)
    told = "Отчёт утверждён и зарегистрирован."
    return pressed(request, actions.approve_report, told, report.get_absolute_url(), report=report)


@require_GET
def report_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The issued paper once approved, a draft before that."""
    report = own_report(request, pk)
    journal.record(by=request.user, verb=Verb.PRINTED, subject=report)
    if report.paper is not None and report.paper.file is not None:
        return file_response(report.paper.file, inline=True)
    made = compose(report, sections_of(report, request.user), Department.objects.get())
    return made_response(to_pdf(made), f"{report.title[:80]}.pdf", PDF)


@require_GET
def report_docx(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The draft for a word processor; an approved report leaves as it was issued only."""
    report = own_report(request, pk)
    require(report.paper is None, "Утверждённый отчёт выдаётся только в виде PDF.")
    journal.record(by=request.user, verb=Verb.EXPORTED, subject=report)
    made = compose(report, sections_of(report, request.user), Department.objects.get())
    return made_response(to_docx(made), f"{report.title[:80]}.docx", DOCX)
