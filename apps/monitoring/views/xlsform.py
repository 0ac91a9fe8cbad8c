"""A form from an XLSForm and back: upload, a look at what was recognised, a draft; the workbook out."""

import hashlib
import json
import uuid
from pathlib import PurePosixPath
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView

from apps.core.access import Conflict, found, require
from apps.core.exports import XLSX_TYPE
from apps.core.files import made_response, store_file
from apps.core.models import StoredFile
from apps.core.pages import FormPage
from apps.core.spreadsheets import SpreadsheetRefused
from apps.core.uploads import check_upload
from apps.monitoring.actions.forms import import_definition
from apps.monitoring.definition import DefinitionInvalid, load
from apps.monitoring.forms import PlainHelper
from apps.monitoring.models import Form, FormVersion
from apps.monitoring.permissions import can_edit_forms
from apps.monitoring.xlsform import ReadForm, read_xlsform, write_xlsform
from apps.monitoring.xlsform.workbook import KINDS, MAX_SIZE

ONLY_EDITORS = "Формы составляют методисты и заведующий."
STALE = "Пока вы смотрели, форма на портале изменилась. Просмотрите найденное ещё раз."


class XlsFormUpload(forms.Form):
    file = forms.FileField(label="Книга XLSForm (.xlsx или .xls)")

    @property
    def helper(self) -> FormHelper:
        return PlainHelper()


class XlsFormImport(FormPage):
    """The upload; with `?form=` the questions become a new draft of that form."""

    form_class = XlsFormUpload
    title = "Загрузка XLSForm"
    lead = (
        "Сначала портал покажет, что узнал и что перенести не может; "
        "до вашего согласия ничего не записывается."
    )
    button = "Проверить"
    template_name = "monitoring/xlsform_import.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(can_edit_forms(request.user), ONLY_EDITORS)
        self.target = _form_of(request)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: XlsFormUpload) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            read = read_xlsform(file, **_named(file.name, self.target))
        except SpreadsheetRefused as refused:
            form.add_error("file", refused.told)
            return self.form_invalid(form)
        if read.definition is None:
            form.add_error("file", f"Форма не составлена, ошибок: {len(read.errors)}.")
            return self.render_to_response(self.get_context_data(form=form, read=read), status=422)
        checked = check_upload(file, KINDS, MAX_SIZE)
        stored = store_file(
            file=file, name=checked.name, content_type=checked.content_type, by=self.request.user
        )
        return redirect(_address("xlsform-preview", self.target, stored.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"read": None, "target": self.target, **kwargs})


class XlsFormPreview(TemplateView):
    """What a workbook its uploader has just sent would become; a POST makes the draft."""

    template_name = "monitoring/xlsform_preview.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        mine = StoredFile.objects.filter(uploaded_by_id=request.user.pk)
        self.file: StoredFile = found(mine, pk=kwargs["file"])
        require(can_edit_forms(request.user), ONLY_EDITORS)
        self.target = _form_of(request)
        return super().dispatch(request, *args, **kwargs)

    def read(self) -> ReadForm | None:
        """None, with the reason told, where the file can't be read as a form any more."""
        with self.file.content.open("rb") as content:
            content.name = self.file.name
            try:
                read = read_xlsform(content, **_named(self.file.name, self.target))
            except SpreadsheetRefused as refused:
                messages.error(self.request, refused.told)
                return None
        if read.definition is None:
            messages.error(self.request, "В этом файле форма не найдена: загрузите его снова.")
            return None
        return read

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        read = self.read()
        return self.shown(read) if read else redirect(_address("xlsform-import", self.target))

    def shown(self, read: ReadForm, status: int = 200) -> HttpResponse:
        definition = read.definition or {}
        code = definition["code"]
        known = self.target or Form.objects.visible_to(self.request.user).filter(code=code).first()
        context = self.get_context_data(
            title="Что узнано в XLSForm",
            lead=f"Файл «{self.file.name}», форма «{definition['title']}», код {code}.",
            read=read,
            known=known,
            form=load(definition),
            digest=_digest(definition, known),
            back=_address("xlsform-import", self.target),
        )
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        read = self.read()
        if read is None or read.definition is None:
            return redirect(_address("xlsform-import", self.target))
        code = read.definition["code"]
        known = self.target or Form.objects.visible_to(request.user).filter(code=code).first()
        if request.POST.get("digest") != _digest(read.definition, known):
            messages.warning(request, STALE)
            return self.shown(read, status=409)
        try:
            version = import_definition(
                definition=read.definition, by=request.user, note=f"из XLSForm «{self.file.name}»"[:300]
            )
        except (Conflict, DefinitionInvalid) as refused:
            messages.error(request, refused.told if isinstance(refused, Conflict) else str(refused))
            return self.shown(read, status=409)
        messages.success(request, f"Составлен черновик: {version}.")
        return redirect("monitoring:form-detail", pk=version.form_id)


@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The version as an XLSForm; what did not fit stands on a sheet of its own."""
    version = found(FormVersion.objects.visible_to(request.user).select_related("form"), pk=pk)
    try:
        content, _ = write_xlsform(load(version.definition))
    except DefinitionInvalid as invalid:
        messages.error(request, f"В черновике есть ошибки, их {len(invalid.faults)}: исправьте их сначала.")
        return redirect("monitoring:form-detail", pk=version.form_id)
    return made_response(content, f"{version.form.code}-v{version.number}.xlsx", XLSX_TYPE)


def _form_of(request: HttpRequest) -> Form | None:
    written = request.GET.get("form", "")
    if not written:
        return None
    return found(Form.objects.visible_to(request.user), pk=int(written) if written.isdecimal()
                 and len(written) < 10 else 0)  # fmt: skip


def _named(file_name: str, target: Form | None) -> dict[str, str]:
    return {"name": PurePosixPath(file_name).stem, "code": target.code if target else ""}


def _address(name: str, target: Form | None, *args: uuid.UUID) -> str:
    query = f"?form={target.pk}" if target else ""
    return reverse(f"monitoring:{name}", args=args) + query


def _digest(definition: dict[str, Any], known: Form | None) -> str:
    """Of what was shown: the questions, and the latest version of the form they would follow."""
    last = known.versions.order_by("-number").values_list("number", "updated_at").first() if known else None
    text = json.dumps([definition, str(last)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
