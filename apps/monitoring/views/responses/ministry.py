"""A response and the ministry's workbook: the answers put into it, an organisation's own copy taken in."""

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
from apps.core.files import made_response, store_file
from apps.core.models import StoredFile
from apps.core.pages import FormPage
from apps.core.spreadsheets import KINDS, SpreadsheetRefused
from apps.core.uploads import check_upload
from apps.monitoring.actions.filling import require_open
from apps.monitoring.actions.ministry import CHANGED, take_from_workbook
from apps.monitoring.cellnames import cell_name
from apps.monitoring.compiled import compiled_of
from apps.monitoring.definition import CompiledForm
from apps.monitoring.forms import PlainHelper
from apps.monitoring.ministry.outward import answers_in, places_of
from apps.monitoring.ministry.reading import Read, read_answers
from apps.monitoring.ministry.workbook import MAX_SIZE
from apps.monitoring.models import ForeignBlank, Response
from apps.monitoring.permissions import answers_for, can_fill
from apps.monitoring.views.ministry import blanks_of_version, file_name
from apps.monitoring.views.responses.common import page_url, visible_response


class OwnWorkbook(forms.Form):
    """Which blank it is, where the form has several, and the file."""

    blank: forms.ModelChoiceField = forms.ModelChoiceField(None, label="Бланк", empty_label=None)
    file = forms.FileField(label="Ваш заполненный бланк (.xlsx, .xls или .ods)")

    helper = PlainHelper()

    def __init__(self, *args: Any, blanks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blank"].queryset = blanks  # type: ignore[attr-defined]
        self.only = blanks[0] if len(blanks) == 1 else None
        if self.only:
            del self.fields["blank"]

    @property
    def chosen(self) -> ForeignBlank:
        return self.only or self.cleaned_data["blank"]


class ResponseBlanks(FormPage):
    """The blanks of the form: the answers put into one, and, for who fills in, his own copy taken in."""

    form_class = OwnWorkbook
    template_name = "monitoring/response/blanks.html"
    title = "Бланк министерства"
    lead = "Тот же отчёт в бланке министерства: его оформление, формулы и другие листы остаются как были."
    button = "Проверить"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.response = visible_response(request, kwargs["pk"])
        self.blanks = blanks_of_version(request.user, self.response.campaign.version_id)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(answers_for(request.user, self.response), "Бланк загружает ответственный от организации.")
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "blanks": self.blanks}

    def form_valid(self, form: OwnWorkbook) -> HttpResponse:
        file, blank = form.cleaned_data["file"], form.chosen
        try:
            require_open(self.response, self.request.user)
            read_own(file, blank, self.response, compiled_of(self.response))
        except SpreadsheetRefused as refused:
            form.add_error("file", refused.told)
        except Conflict as conflict:
            form.add_error(None, conflict.told)
        if form.errors:
            return self.form_invalid(form)
        checked = check_upload(file, KINDS, MAX_SIZE)
        stored = store_file(
            file=file, name=checked.name, content_type=checked.content_type, by=self.request.user
        )
        return redirect("monitoring:response-blank-take", self.response.pk, blank.pk, stored.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_filling = can_fill(self.request.user, self.response)
        return super().get_context_data(
            **{
                "response": self.response,
                "blanks": self.blanks,
                "is_filling": is_filling,
                "cancel_url": page_url(self.response.pk),
                **kwargs,
            }
        )


def read_own(file: Any, blank: ForeignBlank, response: Response, compiled: CompiledForm) -> Read:
    """What the uploaded workbook would change. Raises `SpreadsheetRefused`."""
    with blank.file.content.open("rb") as content:
        content.name = blank.file.name
        return read_answers(
            file, blank=content, compiled=compiled, places=places_of(blank), values=response.values
        )


class TakeFromBlank(TemplateView):
    """What an organisation's own workbook would change, with the place of every value; a POST writes it."""

    template_name = "monitoring/response/blank_take.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.response = visible_response(request, kwargs["pk"])
        blanks = blanks_of_version(request.user, self.response.campaign.version_id).select_related("file")
        self.blank: ForeignBlank = found(blanks, pk=kwargs["blank"])
        self.file = found(StoredFile.objects.filter(uploaded_by_id=request.user.pk), pk=kwargs["file"])
        require(answers_for(request.user, self.response), "Бланк загружает ответственный от организации.")
        self.compiled = compiled_of(self.response)
        return super().dispatch(request, *args, **kwargs)

    def read(self) -> Read | None:
        with self.file.content.open("rb") as content:
            content.name = self.file.name
            try:
                return read_own(content, self.blank, self.response, self.compiled)
            except SpreadsheetRefused as refused:
                messages.error(self.request, refused.told)
                return None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        read = self.read()
        return self.shown(read) if read else redirect("monitoring:response-blanks", self.response.pk)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        read = self.read()
        if read is None:
            return redirect("monitoring:response-blanks", self.response.pk)
        if request.POST.get("digest") != digest_of(read):
            messages.warning(request, CHANGED)
            return self.shown(read, status=409)
        try:
            saved = take_from_workbook(
                response_id=self.response.pk, blank=self.blank, taken=read.changes, by=request.user,
                key=uuid.uuid4().hex,
            )  # fmt: skip
        except Conflict as conflict:
            messages.error(request, conflict.told)
            return self.shown(read, status=409)
        messages.success(request, f"Из бланка взято значений: {len(saved.values)}.")
        return redirect("monitoring:response-detail", self.response.pk)

    def shown(self, read: Read, status: int = 200) -> HttpResponse:
        show = self.compiled.format_value
        context = self.get_context_data(
            title="Что взято из вашего бланка",
            lead=f"Файл «{self.file.name}». Ничего не записано, пока вы не подтвердите.",
            response=self.response,
            response_url=page_url(self.response.pk),
            blanks_url=reverse("monitoring:response-blanks", args=[self.response.pk]),
            read=read,
            changes=[
                (
                    cell_name(self.compiled, one.address),
                    one.place,
                    show(one.address, one.was),
                    show(one.address, one.value),
                )
                for one in read.changes
            ],
            troubles=[(cell_name(self.compiled, one.address), one.place, one.told) for one in read.troubles],
            totals=[
                (
                    cell_name(self.compiled, one.address),
                    one.place,
                    show(one.address, one.value),
                    show(one.address, one.computed),
                )
                for one in read.totals
            ],
            replaced=sum(bool(one.was) for one in read.changes),
            digest=digest_of(read),
        )
        return self.render_to_response(context, status=status)


def digest_of(read: Read) -> str:
    """Of what was shown: each value with the one it would replace."""
    text = "\n".join(f"{one.address}\t{one.was}\t{one.value}" for one in read.changes)
    return hashlib.sha256(text.encode()).hexdigest()


@require_GET
def filled(request: HttpRequest, pk: int, blank: int) -> HttpResponse:
    """«В бланк министерства»: the workbook with the answers of one organisation."""
    response = visible_response(request, pk)
    blanks = blanks_of_version(request.user, response.campaign.version_id).select_related("file")
    kept = found(blanks, pk=blank)
    content = answers_in(kept, response)
    journal.record(
        by=request.user,
        verb=Verb.EXPORTED,
        subject=response,
        organization_id=response.organization_id,
        note=f"в бланк «{kept.title}»",
    )
    return made_response(content, file_name(kept, response.organization.short_name), XLSX_TYPE)
