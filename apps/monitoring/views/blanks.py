"""A form from an ordinary Excel blank: upload, the preview with corrections, the draft."""

import hashlib
import json
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import TemplateView

from apps.core.access import Conflict, found, require
from apps.core.files import store_file
from apps.core.models import StoredFile
from apps.core.pages import FormPage
from apps.core.spreadsheets import SpreadsheetRefused
from apps.core.uploads import check_upload
from apps.monitoring.actions.forms import import_definition
from apps.monitoring.blanks.assemble import Assembled, assemble
from apps.monitoring.blanks.corrections import CHECKED, COMPUTED, LEFT_OUT
from apps.monitoring.blanks.drawing import WORDS, drawn
from apps.monitoring.blanks.places import letters
from apps.monitoring.blanks.posted import corrections_of, kept
from apps.monitoring.blanks.reading import KINDS, MAX_SIZE, read_blank
from apps.monitoring.blanks.recognition import FoundTable, Recognised, recognise, x_as_text
from apps.monitoring.blanks.sheets import Book
from apps.monitoring.definition import DefinitionInvalid
from apps.monitoring.forms import PlainHelper
from apps.monitoring.models import Form
from apps.monitoring.permissions import can_edit_forms

ONLY_EDITORS = "Формы составляют методисты и заведующий."
MAX_KEPT = 200_000
TYPES = (
    ("integer", "целое число"),
    ("decimal1", "число, 1 знак"),
    ("decimal2", "число, 2 знака"),
    ("text", "слова"),
    ("yes_no", "да или нет"),
    ("date", "дата"),
    ("ignored", "не брать"),
)
ROW_KINDS = (
    ("", "строка"),
    ("total", "всего"),
    ("including", "в том числе"),
    ("of_which", "из них"),
    ("grand_total", "Итого"),
    ("heading", "заголовок"),
    ("skipped", "не брать"),
)
FORMULAS = (
    (COMPUTED, "считать на портале"),
    (CHECKED, "проверять как контрольные соотношения"),
    (LEFT_OUT, "не переносить"),
)


class BlankUpload(forms.Form):
    file = forms.FileField(label="Бланк Excel (.xlsx или .xls)")

    @property
    def helper(self) -> PlainHelper:
        return PlainHelper()


class BlankImport(FormPage):
    form_class = BlankUpload
    title = "Форма из Excel"
    lead = (
        "Загрузите обычный бланк: портал узнает шапку, коды, единицы, клетки X и суммы и покажет их; "
        "до вашего согласия форма не создаётся."
    )
    button = "Посмотреть, что узнано"
    template_name = "monitoring/blank_import.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(can_edit_forms(request.user), ONLY_EDITORS)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: BlankUpload) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            book = read_blank(file)
        except SpreadsheetRefused as refused:
            form.add_error("file", refused.told)
            return self.form_invalid(form)
        if not recognise(book).tables:
            form.add_error("file", "Таблиц с шапкой в книге не найдено.")
            return self.form_invalid(form)
        checked = check_upload(file, KINDS, MAX_SIZE)
        stored = store_file(
            file=file, name=checked.name, content_type=checked.content_type, by=self.request.user
        )
        return redirect("monitoring:blank-preview", file=stored.pk)


class BlankPreview(TemplateView):
    """What the blank would become. «Пересчитать» keeps the corrections, «Создать» makes the draft."""

    template_name = "monitoring/blank_preview.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        mine = StoredFile.objects.filter(uploaded_by_id=request.user.pk)
        self.file: StoredFile = found(mine, pk=kwargs["file"])
        require(can_edit_forms(request.user), ONLY_EDITORS)
        self.key = f"blank {self.file.pk}"
        return super().dispatch(request, *args, **kwargs)

    def book(self) -> Book | None:
        with self.file.content.open("rb") as content:
            content.name = self.file.name
            try:
                return read_blank(content)
            except SpreadsheetRefused as refused:
                messages.error(self.request, refused.told)
                return None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.answered(request.session.get(self.key) or {})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        posted = kept(request.POST.dict())
        if sum(map(len, posted.values())) <= MAX_KEPT:
            request.session[self.key] = posted
        return self.answered(posted, makes="create" in request.POST)

    def answered(self, posted: dict[str, str], *, makes: bool = False) -> HttpResponse:
        book = self.book()
        if book is None:
            return redirect("monitoring:blank-import")
        asked = corrections_of(posted)
        seen = recognise(book, asked)
        made = assemble(book, seen, asked, name=PurePosixPath(self.file.name).stem)
        context = self.shown(book, seen, made, asked.formulas)
        if not makes:
            return self.render_to_response(context)
        if made.definition is None or self.request.POST.get("digest") != context["digest"]:
            messages.warning(self.request, "С этими исправлениями узнано другое: посмотрите ещё раз.")
            return self.render_to_response(context, status=409)
        return self.created(made.definition, context)

    def created(self, definition: dict[str, Any], context: dict[str, Any]) -> HttpResponse:
        try:
            version = import_definition(
                definition=definition, by=self.request.user, note=f"из бланка «{self.file.name}»"[:300]
            )
        except (Conflict, DefinitionInvalid) as refused:
            messages.error(self.request, refused.told if isinstance(refused, Conflict) else str(refused))
            return self.render_to_response(context, status=409)
        self.request.session.pop(self.key, None)
        messages.success(self.request, "Черновик формы создан. Опубликуйте его и проведите мониторинг.")
        return redirect("monitoring:form-detail", pk=version.form_id)

    def shown(self, book: Book, seen: Recognised, made: Assembled, formulas: str) -> dict[str, Any]:
        definition = made.definition or {}
        code = definition.get("code", "")
        known = Form.objects.visible_to(self.request.user).filter(code=code).first() if code else None
        return self.get_context_data(
            title="Что узнано в бланке",
            lead=f"Файл «{self.file.name}». Исправьте, что узнано неверно, и нажмите «Пересчитать».",
            made=made,
            problems=list(made.problems),
            definition=definition,
            form_title=definition.get("title", seen.title),
            form_code=code,
            known=known,
            digest=_digest(definition, known),
            formulas=formulas,
            formula_choices=FORMULAS,
            words=WORDS,
            sheets=[_sheet(book, index, seen, made) for index in range(len(book.sheets))],
            types=TYPES,
            row_kinds=ROW_KINDS,
        )


def _sheet(book: Book, index: int, seen: Recognised, made: Assembled) -> dict[str, Any]:
    tables = [one for one in seen.tables if one.sheet == index]
    sheet = book.sheets[index]
    return {
        "title": sheet.title,
        "picture": drawn(sheet, tables, made.sums.cells),
        "tables": [_fields(one) for one in tables],
    }


def _fields(table: FoundTable) -> dict[str, Any]:
    frame = table.frame
    name, code = table.name_slot, table.code_slot
    skipped = [
        one for one in table.slots if one.role == "data" and one not in {c.slot for c in table.columns}
    ]
    return {
        "table": table,
        "key": f"t{table.key}",
        "unit": table.unit.name if table.unit else "",
        "numbers": [
            ("header_top", "Шапка: с строки", frame.header_top or ""),
            ("header_bottom", "Шапка: по строку", frame.header_bottom or ""),
            ("numbers", "Строка номеров граф", frame.numbers or ""),
            ("body_bottom", "Последняя строка таблицы", frame.body_bottom),
            ("name", "Столбец названий", letters(name.left) if name else ""),
            ("code", "Столбец кодов", letters(code.left) if code else ""),
        ],
        "x": x_as_text(table),
        "skipped": skipped,
    }


def _digest(definition: dict[str, Any], known: Form | None) -> str:
    """Of what was shown: the form, and the latest version of the form it would follow."""
    last = known.versions.order_by("-number").values_list("number", "updated_at").first() if known else None
    text = json.dumps([definition, str(last)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
