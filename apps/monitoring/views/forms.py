"""Forms and their versions: list, card, import and export of a definition, publication."""

import json
from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from apps.core.access import Conflict, found, require
from apps.core.lists import ListPage
from apps.core.pages import DetailPage, FormPage
from apps.core.roles import reads_city
from apps.monitoring import columns, filters
from apps.monitoring.actions.forms import copy_version, delete_draft, import_definition
from apps.monitoring.actions.forms import publish as publish_version
from apps.monitoring.compiled import compiled_version
from apps.monitoring.definition import DefinitionInvalid, covered_cells
from apps.monitoring.enums import VersionState
from apps.monitoring.forms import DefinitionUpload
from apps.monitoring.models import Form, FormVersion
from apps.monitoring.permissions import can_edit_forms
from apps.monitoring.skeleton import FILL, draft_skeleton, skeleton_of

MAX_SHOWN_CELLS = 60


class FormList(ListPage):
    queryset = Form.objects
    columns = columns.FORMS
    filterset_class = filters.FormFilter
    search = ["title", "code"]
    order = "title"
    title = "Формы"
    lead = "Форма хранит вопросы и контрольные соотношения; по одной форме мониторинг проводится много раз."
    forms = "форма,формы,форм"
    template_name = "monitoring/form_list.html"
    empty_title = "Форм пока нет"
    empty_text = "Загрузите определение формы из файла."

    def is_allowed(self) -> bool:
        return reads_city(self.request.user)

    def get_queryset(self) -> Any:
        return (
            super()
            .get_queryset()
            .annotate(
                last_number=Max("versions__number"),
                published=Count("versions", filter=Q(versions__state=VersionState.PUBLISHED), distinct=True),
                used=Count("versions__campaigns", distinct=True),
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(can_edit=can_edit_forms(self.request.user), **kwargs)


class FormCard(DetailPage):
    queryset = Form.objects
    template_name = "monitoring/form_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(self.object.versions.select_related("created_by").order_by("-number"))
        campaigns = self.object.versions.filter(campaigns__isnull=False).values_list(
            "campaigns__pk", "campaigns__title", "campaigns__period_start", "number"
        )
        return super().get_context_data(
            title=self.object.title,
            lead="Опубликованная версия не меняется: чтобы что-то исправить, скопируйте её в новую.",
            versions=[(one, VersionState(one.state)) for one in versions],
            blanks=self.object.blanks.visible_to(self.request.user).select_related("created_by"),
            campaigns=campaigns.order_by("-campaigns__period_start"),
            has_draft=any(not one.is_published for one in versions),
            can_edit=can_edit_forms(self.request.user),
            **kwargs,
        )


class FormImport(FormPage):
    """A definition from a file: a new form, or a draft version of a known one."""

    form_class = DefinitionUpload
    title = "Загрузка формы"
    lead = "Файл JSON: выгрузка другой формы или подготовленное определение. Все ошибки показываются сразу."
    button = "Загрузить"
    template_name = "monitoring/form_import.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require(can_edit_forms(request.user), "Формы составляют методисты и заведующий.")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: DefinitionUpload) -> HttpResponse:
        try:
            version = import_definition(definition=form.cleaned_data["definition"], by=self.request.user)
        except DefinitionInvalid as invalid:
            form.add_error("file", f"Определение не принято, ошибок: {len(invalid.faults)}.")
            context = self.get_context_data(form=form, faults=invalid.faults)
            return self.render_to_response(context, status=422)
        except Conflict as conflict:
            form.add_error(None, conflict.told)
            return self.form_invalid(form)
        messages.success(self.request, f"Загружено: {version}.")
        return redirect("monitoring:form-detail", pk=version.form_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"faults": [], **kwargs})


def own_version(request: HttpRequest, pk: int) -> FormVersion:
    """A version the user sees, or 404; then 403 unless he makes forms."""
    version = found(FormVersion.objects.visible_to(request.user).select_related("form"), pk=pk)
    require(can_edit_forms(request.user), "Формы составляют методисты и заведующий.")
    return version


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with faults leads to the designer, which shows each of them beside its field."""
    version = own_version(request, pk)
    try:
        return _acted(request, version, publish_version, "Версия опубликована.")
    except DefinitionInvalid as invalid:
        messages.error(request, f"Сначала исправьте ошибки формы: их {len(invalid.faults)}.")
        return redirect("monitoring:form-edit", pk=version.form_id)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    version = own_version(request, pk)
    last = not version.form.versions.exclude(pk=version.pk).exists()
    response = _acted(request, version, delete_draft, "Черновик удалён.")
    return redirect("monitoring:form-list") if last and not version.is_published else response


@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft of the next version, as a copy of the newest one of the form."""
    form = found(Form.objects.visible_to(request.user), pk=pk)
    require(can_edit_forms(request.user), "Формы составляют методисты и заведующий.")
    latest = form.versions.select_related("form").order_by("-number").first()
    if latest is not None:
        _acted(request, latest, copy_version, "Создан черновик новой версии.")
    return redirect("monitoring:form-detail", pk=pk)


def _acted(request: HttpRequest, version: FormVersion, act: Any, told: str) -> HttpResponse:
    try:
        act(version=version, by=request.user)
    except Conflict as conflict:
        messages.error(request, conflict.told)
    else:
        messages.success(request, told)
    return redirect("monitoring:form-detail", pk=version.form_id)


@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The definition as a JSON file."""
    version = found(FormVersion.objects.visible_to(request.user).select_related("form"), pk=pk)
    text = json.dumps(version.definition, ensure_ascii=False, indent=2)
    name = f"{version.form.code}-v{version.number}.json"
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


class ValidVersionPage(DetailPage):
    """A page of a version that can be compiled; a draft with faults leads back to the form, saying so."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except DefinitionInvalid as invalid:
            messages.error(
                request, f"В черновике есть ошибки, их {len(invalid.faults)}: исправьте их сначала."
            )
            return redirect("monitoring:form-detail", pk=self.object.form_id)


class VersionRelations(ValidVersionPage):
    """The control relations of a version with the cells each of them covers."""

    queryset = FormVersion.objects.select_related("form")
    template_name = "monitoring/version_relations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.object
        compiled = compiled_version(version)
        rows = [(one, covered_cells(compiled, one.code)) for one in compiled.form.relations]
        return super().get_context_data(
            title=f"Контрольные соотношения: {version}",
            back=reverse("monitoring:form-detail", args=[version.form_id]),
            relations=[
                {
                    "spec": spec,
                    "count": len(cells),
                    "cells": cells[:MAX_SHOWN_CELLS],
                    "more": max(len(cells) - MAX_SHOWN_CELLS, 0),
                    "is_error": spec.severity == "error",
                }
                for spec, cells in rows
            ],
            **kwargs,
        )


class VersionPreview(ValidVersionPage):
    """The form as an organisation will see it; nothing typed here is kept."""

    queryset = FormVersion.objects.select_related("form")
    template_name = "monitoring/version_preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.object
        skeleton_for = skeleton_of if version.is_published else draft_skeleton
        skeleton = skeleton_for(compiled_version(version), FILL)
        return super().get_context_data(
            title=f"Просмотр: {version}",
            lead="Так форму увидит организация. Введённое на этой странице не сохраняется.",
            back=reverse("monitoring:form-detail", args=[version.form_id]),
            form_html=mark_safe(skeleton.filled({})),  # noqa: S308 – the skeleton escapes every word of the form
            **kwargs,
        )
