"""A plan from Excel or Word: upload, a look at every row, writing all of it or nothing."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from apps.core import journal
from apps.core.access import Conflict, found, require
from apps.core.enums import Verb
from apps.core.exports import Sheet, xlsx_response
from apps.core.files import store_file
from apps.core.idempotency import first_time
from apps.core.models import StoredFile
from apps.core.spreadsheets import MAX_SIZE, SpreadsheetRefused
from apps.core.uploads import check_upload
from apps.planning import forms, permissions
from apps.planning.actions import plans as actions
from apps.planning.actions.plans import FROZEN, ONLY_WRITERS
from apps.planning.enums import PlanState, ResultKind, Section
from apps.planning.imports import COLUMNS, KINDS, Preview, check_file
from apps.planning.models import Plan
from apps.planning.views.common import PLANS, InPlan, address, crumbs_of

STALE = "Пока вы смотрели, сведения на портале изменились. Просмотрите строки ещё раз."
EXAMPLE = [
    [1, "Аналитическая деятельность", "Мониторинг", "Потребности педагогов в обучении", "октябрь", "", "",
     "педагоги", 30, "", "", "Мониторинг проведён", "аналитическая справка", "3.1.1", ""],
    [2, "Консультационная деятельность", "Консультация", "Подготовка к конкурсу", "15.10.2026", "14:30–16:00",
     "Конференц-зал ИМО", "заместители директоров", 20, "", "", "Консультация проведена", "протокол",
     "3.4.4", ""],
]  # fmt: skip


class ImportPage(InPlan):
    template_name = "planning/plan_import.html"
    form_class = forms.FileForm
    is_model_form = False
    title = "Загрузка мероприятий"
    lead = "Сначала портал покажет каждую строку и ошибки в ней; до вашего согласия ничего не записывается."
    button = "Проверить"

    def form_valid(self, form: Any) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            check_file(file, self.object)
        except SpreadsheetRefused as refused:
            form.add_error("file", refused.told)
            return self.form_invalid(form)
        checked = check_upload(file, KINDS, MAX_SIZE)
        stored = store_file(
            file=file, name=checked.name, content_type=checked.content_type, by=self.request.user
        )
        return redirect("planning:plan-import-preview", self.object.pk, stored.pk)


class PreviewPage(TemplateView):
    """The rows of a file its uploader has just sent; a POST writes them."""

    template_name = "planning/plan_import_preview.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.plan: Plan = found(PLANS.visible_to(request.user), pk=kwargs["pk"])
        self.file: StoredFile = found(
            StoredFile.objects.filter(uploaded_by_id=request.user.pk), pk=kwargs["file"]
        )
        require(permissions.can_write_plans(request.user), ONLY_WRITERS)
        if not self.plan.is_text_open:
            messages.error(request, FROZEN[PlanState(self.plan.state)])
            return redirect(self.plan.get_absolute_url())
        return super().dispatch(request, *args, **kwargs)

    def preview(self) -> Preview:
        with self.file.content.open("rb") as content:
            content.name = self.file.name  # a table in plain text is told by its name
            return check_file(content, self.plan)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return self.shown(self.preview())
        except SpreadsheetRefused as refused:
            messages.error(request, refused.told)
            return redirect("planning:plan-import", self.plan.pk)

    def shown(self, preview: Preview, status: int = 200) -> HttpResponse:
        back = address("plan-import", self.plan.pk)
        context = self.get_context_data(
            title="Проверка строк",
            lead=f"Файл «{self.file.name}», {preview.sheet}. Мероприятия добавятся к внесённым.",
            breadcrumbs=[*crumbs_of(self.plan), ("Загрузка", back)],
            preview=preview,
            back=back,
            key=uuid.uuid4().hex,
        )
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            preview = self.preview()
        except SpreadsheetRefused as refused:
            messages.error(request, refused.told)
            return redirect("planning:plan-import", self.plan.pk)
        if preview.digest != request.POST.get("digest") or not preview.can_be_written:
            messages.warning(request, STALE)
            return self.shown(preview, status=409)
        try:
            told = self.write(preview, request.POST.get("key", "")[:64])
        except (ValidationError, Conflict) as refused:
            words = refused.messages if isinstance(refused, ValidationError) else [refused.told]
            messages.error(request, "Ничего не записано: " + " ".join(words))
            return self.shown(preview, status=409)
        messages.success(request, told)
        return redirect(self.plan.get_absolute_url())

    @transaction.atomic
    def write(self, preview: Preview, key: str) -> str:
        """All rows or none; a repeated request writes nothing."""
        user = self.request.user
        if not first_time(by=user, action="planning.import", key=key):
            return "Этот файл уже загружен."
        actions.add_items(plan=self.plan, by=user, rows=[row.values for row in preview.rows])
        journal.record(by=user, verb=Verb.IMPORTED, subject=self.plan, note=self.file.name)
        return f"Внесено мероприятий: {len(preview.rows)}."


@require_safe
def import_template(request: HttpRequest) -> HttpResponseBase:
    """A table with our headings, two examples, and on a second sheet the words its cells may hold."""
    require(permissions.can_write_plans(request.user), ONLY_WRITERS)
    people = [str(one) for one in forms.executors()]
    example = [[*row] for row in EXAMPLE]
    for row in example:
        row[9] = people[0] if people else ""
    words = [
        *(("Раздел", str(one.label)) for one in Section),
        *(("Вид документа", str(one.label)) for one in ResultKind),
        *(("Ответственный", name) for name in people),
        *(("Срок", text) for text in ("15.10.2026", "12.10.2026–16.10.2026", "октябрь", "в течение года",
                                      "ежемесячно до 25 числа", "еженедельно по вторникам", "ежеквартально")),
    ]  # fmt: skip
    sheets = [
        Sheet("План", [one.title for one in COLUMNS], example, widths=[one.width for one in COLUMNS]),
        Sheet("Допустимые значения", ["Графа", "Значение"], words, widths=[24, 50]),
    ]
    return xlsx_response("Образец для загрузки плана", sheets)
