"""A list of organisations from Excel: upload, a look at every row, writing."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from apps.core.access import found, require
from apps.core.exports import Sheet, xlsx_response
from apps.core.files import store_file
from apps.core.models import StoredFile
from apps.core.pages import FormPage
from apps.core.spreadsheets import KINDS, MAX_SIZE, SpreadsheetRefused
from apps.core.uploads import check_upload
from apps.organizations import actions, permissions
from apps.organizations.forms import ImportForm
from apps.organizations.imports import CHOICES, COLUMNS, Preview, check_file
from apps.organizations.views.pages import LIST

IMPORT = [*LIST, ("Загрузка из Excel", "/organizations/import/")]
STALE = "Пока вы смотрели, сведения на портале изменились. Просмотрите строки ещё раз."


class ImportRights:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(permissions.can_import(request.user), actions.ONLY_KEEPERS)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class ImportPage(ImportRights, FormPage):
    template_name = "organizations/organization_import.html"
    form_class = ImportForm
    title = "Загрузка организаций из Excel"
    lead = "Сначала портал покажет, что изменится в каждой строке; до вашего согласия ничего не записывается."
    button = "Проверить"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            breadcrumbs=LIST, cancel_url=reverse("organizations:organization-list"), **kwargs
        )

    def form_valid(self, form: ImportForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            check_file(file, by=self.request.user)
        except SpreadsheetRefused as refused:
            form.add_error("file", refused.told)
            return self.form_invalid(form)
        checked = check_upload(file, KINDS, MAX_SIZE)
        stored = store_file(
            file=file, name=checked.name, content_type=checked.content_type, by=self.request.user
        )
        return redirect("organizations:organization-import-preview", stored.pk)


class PreviewPage(ImportRights, TemplateView):
    """The rows of a file its uploader has just sent; a POST writes them."""

    template_name = "organizations/organization_import_preview.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.file = found(StoredFile.objects.filter(uploaded_by_id=request.user.pk), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def preview(self) -> Preview:
        with self.file.content.open("rb") as content:
            content.name = self.file.name  # a table in plain text is told by its name
            return check_file(content, by=self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return self.shown(self.preview())
        except SpreadsheetRefused as refused:
            messages.error(request, refused.told)
            return redirect("organizations:organization-import")

    def shown(self, preview: Preview, status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            title="Проверка строк",
            lead=f"Файл «{self.file.name}». Пустые ячейки ничего не меняют.",
            breadcrumbs=IMPORT,
            preview=preview,
            key=uuid.uuid4().hex,
        )
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.POST.get("key", "")[:64]
        if actions.import_is_done(by=request.user, key=key):
            return self.done("Этот файл уже загружен.")
        preview = self.preview()
        if preview.digest != request.POST.get("digest") or preview.has_faults:
            messages.warning(request, STALE)
            return self.shown(preview, status=409)
        try:
            actions.write_import(by=request.user, rows=preview.rows, key=key, name=self.file.name)
        except ValidationError as error:
            messages.error(request, "Ничего не записано: " + " ".join(error.messages))
            return self.shown(preview, status=409)
        return self.done("Организации загружены.")

    def done(self, text: str) -> HttpResponse:
        messages.success(self.request, text)
        return redirect("organizations:organization-list")


@require_safe
def import_template(request: HttpRequest) -> HttpResponseBase:
    """An empty table with our headings and, on a second sheet, the words its cells may hold."""
    require(permissions.can_import(request.user), actions.ONLY_KEEPERS)
    titles = [column.title for column in COLUMNS]
    words = [
        (column.title, str(member.label)) for column in COLUMNS for member in CHOICES.get(column.field, ())
    ]
    sheets = [
        Sheet("Организации", titles, [], widths=[column.width for column in COLUMNS]),
        Sheet("Допустимые значения", ["Графа", "Значение"], words, widths=[30, 50]),
    ]
    return xlsx_response("Образец для загрузки организаций", sheets)
