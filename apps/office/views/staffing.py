"""Posts, editions of the staffing table, vacancies."""

import datetime
from typing import Any

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import TemplateView

from apps.core import journal
from apps.core.access import found, require
from apps.core.columns import Column, Kind, sheet
from apps.core.enums import Verb
from apps.core.exports import xlsx_response
from apps.core.files import PDF, made_response
from apps.core.pages import DetailPage, pressed
from apps.core.russian import date_short
from apps.office import actions, columns, filters, forms, permissions
from apps.office.actions.common import ONLY_KEEPERS
from apps.office.actions.staffing import ONLY_DIRECTOR, ONLY_DRAFT
from apps.office.enums import EditionState
from apps.office.models import Position, StaffingEdition, StaffingLine
from apps.office.printing.documents import staffing_pdf, staffing_sheet
from apps.office.queries import vacancies_of, vacancies_on
from apps.office.views.common import (
    HOME,
    NO_STAFF,
    StaffCreate,
    StaffList,
    StaffObjectForm,
    address,
    tabs,
)
from apps.workflow.models import TransitionRecord


class PositionList(StaffList):
    queryset = Position.objects
    filterset_class = filters.PositionFilters
    search = ("title",)
    order = "title"
    title = "Должности"
    lead = "Должности, из которых составляется штатное расписание."
    forms = "должность,должности,должностей"
    empty_title = "Должностей пока нет"
    add_name, add_label = "position-create", "Внести должность"

    def get_columns(self) -> list[Column]:
        may = permissions.can_keep_staff(self.request.user)
        return columns.editable(columns.POSITIONS, "title", "position-edit", may)


class PositionCreate(StaffCreate):
    form_class = forms.PositionForm
    title = "Новая должность"
    list_name = "position-list"

    def act(self, form: Any) -> Position:
        return actions.save_position(by=self.request.user, **form.cleaned_data)


class PositionEdit(StaffObjectForm):
    queryset = Position.objects
    form_class = forms.PositionForm
    title = "Должность"

    def act(self, form: Any) -> Position:
        return actions.save_position(by=self.request.user, position=self.object, **form.cleaned_data)

    def success_url(self) -> str:
        return address("position-list")


class EditionList(StaffList):
    template_name = "office/edition_list.html"
    queryset = StaffingEdition.objects
    columns = columns.EDITIONS
    filterset_class = filters.EditionFilters
    order = "-number"
    title = "Штатное расписание"
    lead = "Редакции штатного расписания; утверждает руководитель департамента (п. 6.1 Положения)."
    forms = "редакция,редакции,редакций"
    empty_title = "Редакций пока нет"
    empty_text = "Внесите должности, составьте редакцию и отправьте её на утверждение."
    add_name, add_label = "edition-create", "Новая редакция"

    def get_queryset(self) -> QuerySet[StaffingEdition]:
        lines = StaffingLine.objects.visible_to(self.request.user).filter(edition=OuterRef("pk"))
        units = lines.order_by().values("edition").annotate(total=Sum("units")).values("total")
        return super().get_queryset().annotate(units=Subquery(units, output_field=DecimalField()))


class EditionPage(DetailPage):
    template_name = "office/edition_detail.html"
    queryset = StaffingEdition.objects.select_related("approved_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, edition, today = self.request.user, self.object, timezone.localdate()
        rows = vacancies_of(edition, max(today, edition.in_force_from))
        return super().get_context_data(
            title=str(edition),
            breadcrumbs=[*HOME, ("Штатное расписание", address("edition-list"))],
            state=EditionState(edition.state),
            details=[
                ("Действует с", date_short(edition.in_force_from)),
                ("Приказ", edition.order_text),
                ("Утвердил", edition.approved_by),
                ("Пояснение", edition.note),
            ],
            rows=rows,
            row_columns=self.row_columns(),
            may_edit=permissions.can_edit_edition(user, edition),
            may_approve=permissions.can_approve_staffing(user, edition),
            may_keep=permissions.can_keep_staff(user),
            log=TransitionRecord.objects.of(edition).select_related("by"),
            **kwargs,
        )

    def row_columns(self) -> list[Column]:
        """Money only for the heads, and only where the portal keeps it."""
        user = self.request.user
        shown = list(columns.VACANCIES)
        if permissions.can_see_money(user):
            shown.append(Column("monthly", "В месяц, руб.", "line.monthly", kind=Kind.NUMBER, places=2))
        if permissions.can_edit_edition(user, self.object):
            first = Column(
                "position",
                "Должность",
                "position.title",
                url=lambda row: address("line-edit", row.line.pk),
            )
            shown[0] = first
        return shown


class EditionCreate(StaffCreate):
    form_class = forms.NewEditionForm
    title = "Новая редакция штатного расписания"
    lead = "Номер редакции портал даст сам. Должности можно взять из прежней редакции."
    list_name = "edition-list"

    def act(self, form: Any) -> StaffingEdition:
        return actions.create_edition(by=self.request.user, **form.cleaned_data)

    def get_initial(self) -> dict[str, Any]:
        return {"copy_from": StaffingEdition.objects.visible_to(self.request.user).in_force().first()}

    def success_url(self) -> str:
        made = getattr(self, "made", None)
        return made.get_absolute_url() if made else super().success_url()


class EditionEdit(StaffObjectForm):
    queryset = StaffingEdition.objects
    form_class = forms.EditionForm
    title = "Редакция штатного расписания"
    refusal = ONLY_DRAFT

    def is_allowed(self) -> bool:
        return permissions.can_edit_edition(self.request.user, self.object)

    def act(self, form: Any) -> StaffingEdition:
        return actions.change_edition(by=self.request.user, edition=self.object, **form.cleaned_data)


class LineCreate(EditionEdit):
    form_class = forms.LineForm
    title = "Должность в штатном расписании"

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        del kwargs["instance"]
        return kwargs

    def act(self, form: Any) -> StaffingLine:  # type: ignore[override]
        return actions.save_line(by=self.request.user, edition=self.object, **form.cleaned_data)


class LineEdit(StaffObjectForm):
    template_name = "office/line_form.html"
    queryset = StaffingLine.objects.select_related("edition", "position")
    form_class = forms.LineForm
    title = "Должность в штатном расписании"
    refusal = ONLY_DRAFT

    def is_allowed(self) -> bool:
        return permissions.can_edit_edition(self.request.user, self.object.edition)

    def act(self, form: Any) -> StaffingLine:
        return actions.save_line(
            by=self.request.user, edition=self.object.edition, line=self.object, **form.cleaned_data
        )

    def success_url(self) -> str:
        return self.object.edition.get_absolute_url()


@require_POST
def line_delete(request: HttpRequest, pk: int) -> HttpResponse:
    line = found(StaffingLine.objects.visible_to(request.user).select_related("edition"), pk=pk)
    to = line.edition.get_absolute_url()
    return pressed(request, actions.remove_line, "Должность убрана из редакции.", to, line=line)


@require_POST
def edition_send(request: HttpRequest, pk: int) -> HttpResponse:
    edition = found(StaffingEdition.objects.visible_to(request.user), pk=pk)
    to = edition.get_absolute_url()
    return pressed(request, actions.send_edition, "Отправлено на утверждение.", to, edition=edition)


@require_POST
def edition_delete(request: HttpRequest, pk: int) -> HttpResponse:
    edition = found(StaffingEdition.objects.visible_to(request.user), pk=pk)
    to = edition.get_absolute_url() if edition.state != EditionState.DRAFT else address("edition-list")
    return pressed(request, actions.delete_edition, "Проект редакции удалён.", to, edition=edition)


class DirectorForm(StaffObjectForm):
    queryset = StaffingEdition.objects
    is_model_form = False
    refusal = ONLY_DIRECTOR

    def is_allowed(self) -> bool:
        return permissions.can_approve_staffing(self.request.user)


class EditionApprove(DirectorForm):
    form_class = forms.ApproveForm
    title = "Утвердить штатное расписание"
    lead = "Утверждённая редакция не меняется. Номер и дата — приказа департамента."
    button = "Утвердить"
    done = "Штатное расписание утверждено."

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.object.revision}

    def act(self, form: Any) -> StaffingEdition:
        return actions.approve_edition(by=self.request.user, edition=self.object, **form.cleaned_data)


class EditionReturn(DirectorForm):
    form_class = forms.CommentForm
    title = "Вернуть на доработку"
    button = "Вернуть на доработку"
    done = "Редакция возвращена на доработку."

    def act(self, form: Any) -> None:
        actions.return_edition(by=self.request.user, edition=self.object, **form.cleaned_data)


@require_GET
def edition_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    edition = found(StaffingEdition.objects.visible_to(request.user), pk=pk)
    require(permissions.can_keep_staff(request.user), ONLY_KEEPERS)
    journal.record(by=request.user, verb=Verb.PRINTED, subject=edition)
    return made_response(staffing_pdf(edition), f"{edition}.pdf", PDF)


@require_GET
def edition_xlsx(request: HttpRequest, pk: int) -> HttpResponseBase:
    edition = found(StaffingEdition.objects.visible_to(request.user), pk=pk)
    require(permissions.can_keep_staff(request.user), ONLY_KEEPERS)
    journal.record(by=request.user, verb=Verb.EXPORTED, subject=edition)
    return xlsx_response(str(edition), [staffing_sheet(edition)])


class VacancyList(TemplateView):
    """What is occupied and vacant on any day, by the edition in force on it."""

    template_name = "office/vacancy_list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        require(permissions.can_see_staff(request.user), NO_STAFF)
        form = forms.VacancyDayForm(request.GET if "on" in request.GET else None)
        is_valid = not form.is_bound or form.is_valid()
        day = self.day(form) if is_valid else timezone.localdate()
        rows = vacancies_on(day) if is_valid else []
        if request.GET.get("format") == "xlsx" and is_valid:
            journal.record(by=request.user, verb=Verb.EXPORTED, title="Вакансии")
            return xlsx_response(f"Вакансии {day:%d.%m.%Y}", [sheet("Вакансии", columns.VACANCIES, rows)])
        context = self.get_context_data(form=form, day=day, rows=rows)
        return self.render_to_response(context, status=200 if is_valid else 422)

    def day(self, form: forms.VacancyDayForm) -> datetime.date:
        chosen = form.cleaned_data.get("on") if form.is_bound else None
        return chosen or timezone.localdate()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vacant = sum((one.vacant for one in kwargs["rows"] if one.vacant > 0), start=0)
        return super().get_context_data(
            title="Вакансии",
            lead="Ставки по утверждённой редакции, действующей на дату, и назначения на неё.",
            staff_tabs=tabs(),
            columns=columns.VACANCIES,
            vacant=vacant,
            export_url=f"?on={kwargs['day']:%Y-%m-%d}&format=xlsx",
            **kwargs,
        )
