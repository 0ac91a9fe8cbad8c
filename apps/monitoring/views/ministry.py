"""Blanks of the ministry for the department: kept with a form, mapped, filled with a summary."""

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import TemplateView

from apps.core import journal
from apps.core.access import Conflict, found, require
from apps.core.enums import Verb
from apps.core.exports import XLSX_TYPE
from apps.core.files import downloaded, made_response, store_file
from apps.core.models import StoredFile
from apps.core.pages import ObjectFormPage
from apps.core.spreadsheets import ReadSheet, SpreadsheetRefused
from apps.monitoring.actions.ministry import (
    ONLY_EDITORS,
    PlacesInvalid,
    delete_blank,
    mapped_version,
    save_blank,
)
from apps.monitoring.compiled import compiled_version
from apps.monitoring.definition import CompiledForm
from apps.monitoring.forms import PlainHelper
from apps.monitoring.ministry.mapping import Posted, groups_of, occupied, read_posted
from apps.monitoring.ministry.outward import places_of, summary_in
from apps.monitoring.ministry.places import Place
from apps.monitoring.ministry.proposal import proposed
from apps.monitoring.ministry.workbook import KeptWorkbook, checked_blank
from apps.monitoring.models import ForeignBlank, Form
from apps.monitoring.permissions import can_edit_forms
from apps.monitoring.views.campaigns import own_campaign

MOST_SHOWN = 100
NO_VERSION = "Сначала составьте форму: у неё нет ни одной версии."


class BlankUpload(forms.Form):
    file = forms.FileField(label="Книга министерства (.xlsx)")

    helper = PlainHelper()


class BlankCreate(ObjectFormPage):
    """The workbook is checked and kept aside; its places are looked at on the next page."""

    queryset = Form.objects
    form_class = BlankUpload
    refusal = ONLY_EDITORS
    title = "Бланк министерства"
    lead = (
        "Загрузите пустой бланк, в который сводят данные. Портал предложит, где в нём стоят ячейки формы; "
        "места можно поправить."
    )
    button = "Загрузить"

    def is_allowed(self) -> bool:
        return can_edit_forms(self.request.user)

    def form_valid(self, form: BlankUpload) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            checked, _ = checked_blank(file)
        except SpreadsheetRefused as refused:
            form.add_error("file", refused.told)
            return self.form_invalid(form)
        if mapped_version(self.object) is None:
            form.add_error(None, NO_VERSION)
            return self.form_invalid(form)
        stored = store_file(
            file=file, name=checked.name, content_type=checked.content_type, by=self.request.user
        )
        return redirect("monitoring:blank-places", self.object.pk, stored.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel = reverse("monitoring:form-detail", args=[self.object.pk])
        return super().get_context_data(**{"cancel_url": cancel, **kwargs})


class PlacesPage(TemplateView):
    """The places of the form's cells in a workbook, each open to correction; a POST keeps them."""

    template_name = "monitoring/blank_places.html"
    form: Form
    file: StoredFile
    blank: ForeignBlank | None = None

    def known(self, compiled: CompiledForm, sheets: list[ReadSheet]) -> dict[str, Place]:
        raise NotImplementedError

    def read(self) -> tuple[CompiledForm, list[ReadSheet]] | None:
        """None, with the reason told, where the workbook or the form can't be worked with any more."""
        version = mapped_version(self.form)
        with self.file.content.open("rb") as content:
            content.name = self.file.name
            try:
                sheets = checked_blank(content)[1]
            except SpreadsheetRefused as refused:
                messages.error(self.request, refused.told)
                return None
        if version is None:
            messages.error(self.request, NO_VERSION)
            return None
        return compiled_version(version), sheets

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        read = self.read()
        if read is None:
            return redirect("monitoring:form-detail", self.form.pk)
        title = self.blank.title if self.blank else PurePosixPath(self.file.name).stem
        return self.shown(*read, title=title)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        read = self.read()
        if read is None:
            return redirect("monitoring:form-detail", self.form.pk)
        compiled, sheets = read
        posted = read_posted(compiled, [sheet.title for sheet in sheets], request.POST)
        title = request.POST.get("title", "")
        if posted.faults:
            return self.shown(compiled, sheets, title=title, posted=posted, faults=posted.faults, status=422)
        try:
            save_blank(
                form=self.form, title=title, places=posted.places, by=request.user, file=self.file,
                blank=self.blank,
            )  # fmt: skip
        except PlacesInvalid as invalid:
            return self.shown(compiled, sheets, title=title, posted=posted, faults=invalid.faults, status=422)
        except Conflict as conflict:
            return self.shown(compiled, sheets, title=title, posted=posted, told=conflict.told, status=409)
        messages.success(request, f"Бланк сохранён, ячеек с местом: {len(posted.places)}.")
        return redirect("monitoring:form-detail", self.form.pk)

    def shown(
        self,
        compiled: CompiledForm,
        sheets: list[ReadSheet],
        *,
        title: str,
        posted: Posted | None = None,
        faults: dict[str, str] | None = None,
        told: str = "",
        status: int = 200,
    ) -> HttpResponse:
        names = [sheet.title for sheet in sheets]
        places = posted.places if posted else self.known(compiled, sheets)
        groups = groups_of(compiled, names, places, posted, faults)
        with self.file.content.open("rb") as content:
            held, formulas = occupied(groups, places, sheets, KeptWorkbook(content))
        context = self.get_context_data(
            title="Места ячеек в бланке",
            form=self.form,
            form_url=reverse("monitoring:form-detail", args=[self.form.pk]),
            file=self.file,
            blank_title=title,
            sheets=names,
            groups=groups,
            told=told,
            faults=[one for group in groups for one in group.fields if one.fault],
            missing=[group for group in groups if group.missing],
            mapped=sum(len(group.fields) - len(group.missing) for group in groups),
            asked=sum(len(group.fields) for group in groups),
            occupied=held[:MOST_SHOWN],
            formulas=formulas,
            has_open_tables=bool(compiled.open_tables),
        )
        return self.render_to_response(context, status=status)


class BlankPlaces(PlacesPage):
    """Of a workbook its uploader has just sent: as the portal has recognised them."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.form = found(Form.objects.visible_to(request.user), pk=kwargs["pk"])
        self.file = found(StoredFile.objects.filter(uploaded_by_id=request.user.pk), pk=kwargs["file"])
        require(can_edit_forms(request.user), ONLY_EDITORS)
        return super().dispatch(request, *args, **kwargs)

    def known(self, compiled: CompiledForm, sheets: list[ReadSheet]) -> dict[str, Place]:
        with self.file.content.open("rb") as content:
            return proposed(compiled, sheets, KeptWorkbook(content).corner)


class BlankEdit(PlacesPage):
    """Of a kept blank, as they were saved."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        blank = own_blank(request, kwargs["pk"])
        self.blank, self.form, self.file = blank, blank.form, blank.file
        return super().dispatch(request, *args, **kwargs)

    def known(self, compiled: CompiledForm, sheets: list[ReadSheet]) -> dict[str, Place]:
        return places_of(self.blank) if self.blank else {}


def own_blank(request: HttpRequest, pk: int) -> ForeignBlank:
    """A blank the user sees, or 404; then 403 unless he makes forms."""
    blanks = ForeignBlank.objects.visible_to(request.user).select_related("form", "file")
    blank = found(blanks, pk=pk)
    require(can_edit_forms(request.user), ONLY_EDITORS)
    return blank


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    blank = own_blank(request, pk)
    form_id = blank.form_id
    delete_blank(blank=blank, by=request.user)
    messages.success(request, "Бланк удалён.")
    return redirect("monitoring:form-detail", form_id)


@require_GET
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The workbook as it came, to whoever sees the blank."""
    blanks = ForeignBlank.objects.visible_to(request.user).select_related("file")
    blank = found(blanks, pk=pk)
    return downloaded(request.user, blank, blank.file)


@require_GET
def summary(request: HttpRequest, pk: int, blank: int) -> HttpResponse:
    """«Свести в бланк»: the workbook with the summary over the accepted responses."""
    campaign = own_campaign(request, pk)
    blanks = ForeignBlank.objects.visible_to(request.user).select_related("file")
    kept = found(blanks, pk=blank, form__versions=campaign.version_id)
    content = summary_in(kept, campaign)
    journal.record(by=request.user, verb=Verb.EXPORTED, subject=campaign, note=f"в бланк «{kept.title}»")
    return made_response(content, file_name(kept, f"свод {timezone.localdate():%d.%m.%Y}"), XLSX_TYPE)


def file_name(blank: ForeignBlank, words: str) -> str:
    return f"{blank.title} – {words}.xlsx".replace("/", "-").replace("\\", "-")


def blanks_of_version(user: Any, version_id: int) -> Any:
    """The blanks kept with the form of a version, as the user sees them."""
    return ForeignBlank.objects.visible_to(user).filter(form__versions=version_id)
