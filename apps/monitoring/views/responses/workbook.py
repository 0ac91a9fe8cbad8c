"""The workbook of a response: out to be filled in Excel, back with a look at what it changes."""

import hashlib
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView

from apps.core import journal
from apps.core.access import Conflict, found, require
from apps.core.enums import Verb
from apps.core.exports import XLSX_TYPE
from apps.core.filekinds import FileKind
from apps.core.files import made_response, store_file
from apps.core.models import StoredFile
from apps.core.pages import FormPage
from apps.core.uploads import UploadRefused, check_upload
from apps.monitoring.actions.filling import Edit, Saved, save_cells
from apps.monitoring.cellnames import cell_name
from apps.monitoring.compiled import compiled_of
from apps.monitoring.enums import ChangeSource
from apps.monitoring.forms import PlainHelper
from apps.monitoring.models import Response
from apps.monitoring.permissions import can_fill
from apps.monitoring.views.responses.common import back, page_url, visible_response
from apps.monitoring.workbook import Change, Difference, ReadBook, WorkbookRefused, difference
from apps.monitoring.workbooks import read_for, workbook_of

ONLY_FILLERS = "Ответы загружает ответственный от организации, пока отчёт принимается."
STALE = "Пока вы смотрели, ответы на портале изменились. Посмотрите отличия ещё раз."
KINDS = frozenset([FileKind.XLSX, FileKind.XLS, FileKind.ODS])
MAX_SIZE = 20 * 1024 * 1024
MAX_SHOWN = 500


@require_GET
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook with the answers so far."""
    response = visible_response(request, pk)
    journal.record(by=request.user, verb=Verb.EXPORTED, subject=response, note="бланк Excel")
    name = f"{response.organization.short_name} — {response.campaign.title}.xlsx"
    return made_response(workbook_of(response), name, XLSX_TYPE)


class WorkbookUpload(forms.Form):
    file = forms.FileField(label="Заполненный бланк (.xlsx, .xls или .ods)")

    @property
    def helper(self) -> Any:
        return PlainHelper()


class ResponseWorkbookMixin:
    """The response the user may fill: 404 for a foreign one, 403 for who only reads it."""

    response: Response

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.response = visible_response(request, kwargs["pk"])
        require(can_fill(request.user, self.response), ONLY_FILLERS)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {"response": self.response, "campaign": self.response.campaign}
        return super().get_context_data(**{**given, **kwargs})  # type: ignore[misc]


class WorkbookTake(ResponseWorkbookMixin, FormPage):
    """The upload; nothing is written before the difference has been looked at."""

    form_class = WorkbookUpload
    title = "Ответы из Excel"
    button = "Показать отличия"
    template_name = "monitoring/response/workbook_upload.html"

    def form_valid(self, form: WorkbookUpload) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            checked = check_upload(file, KINDS, MAX_SIZE)
            read_for(self.response, file)
        except (WorkbookRefused, UploadRefused) as refused:
            form.add_error("file", refused.told)
            return self.form_invalid(form)
        stored = store_file(
            file=file, name=checked.name, content_type=checked.content_type, by=self.request.user
        )
        return redirect("monitoring:response-workbook-preview", self.response.pk, stored.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel = reverse("monitoring:response-detail", args=[self.response.pk])
        return super().get_context_data(**{"cancel_url": cancel, **kwargs})


class WorkbookLook(ResponseWorkbookMixin, TemplateView):
    """What an uploaded workbook changes, cell by cell; a POST saves it."""

    template_name = "monitoring/response/workbook_preview.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        book = self._read(kwargs["file"])
        return self._shown(book) if book else redirect("monitoring:response-workbook", self.response.pk)

    def _read(self, file: uuid.UUID) -> ReadBook | None:
        self.file = found(StoredFile.objects.filter(uploaded_by_id=self.request.user.pk), pk=file)
        with self.file.content.open("rb") as content:
            content.name = self.file.name
            try:
                return read_for(self.response, content)
            except WorkbookRefused as refused:
                messages.error(self.request, refused.told)
                return None

    def _shown(self, book: ReadBook, status: int = 200) -> HttpResponse:
        compiled, found = compiled_of(self.response), difference(book, self.response.values)
        lines = [
            {
                "change": one,
                "name": cell_name(compiled, one.address),
                "was": compiled.format_value(one.address, one.was),
                "became": compiled.format_value(one.address, one.became),
            }
            for one in sorted(found.changes, key=lambda one: not one.is_contested)[:MAX_SHOWN]
        ]
        context = self.get_context_data(
            title="Что изменит бланк",
            page_url=page_url(self.response.pk),
            lines=lines,
            difference=found,
            more=max(len(found.changes) - MAX_SHOWN, 0),
            problems=book.problems[:MAX_SHOWN],
            problem_count=len(book.problems),
            digest=_digest(found),
        )
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        book = self._read(kwargs["file"])
        if book is None:
            return redirect("monitoring:response-workbook", self.response.pk)
        changes = difference(book, self.response.values)
        if request.POST.get("digest") != _digest(changes):
            messages.warning(request, STALE)
            return self._shown(book, status=409)
        mine = set(request.POST.getlist("mine"))
        wanted = [one for one in changes.changes if not one.is_contested or one.address in mine]
        try:
            saved = save_cells(response_id=self.response.pk, edits=map(_edit, wanted), by=request.user)
        except Conflict as conflict:
            messages.error(request, conflict.told)
            return self._shown(book, status=409)
        self._tell(saved, wanted)
        return back(self.response.pk, query="checked=1")

    def _tell(self, saved: Saved, wanted: list[Change]) -> None:
        places = {one.address: f"{one.sheet}, {one.place}" for one in wanted}
        lost = {**saved.faults, **{one.address: "изменено другим человеком" for one in saved.clashes}}
        messages.success(self.request, f"Из бланка записано значений: {len(wanted) - len(lost)}.")
        if lost:
            told = "; ".join(f"{places.get(at, at)}: {why}" for at, why in list(lost.items())[:20])
            messages.warning(self.request, f"Не записано ({len(lost)}): {told}")


def _edit(change: Change) -> Edit:
    return Edit(change.address, change.became, was=change.was, source=ChangeSource.LOADED)


def _digest(found: Difference) -> str:
    """Of what was shown: the same cells with the same values before and after."""
    return hashlib.sha256(repr(found.changes).encode()).hexdigest()
