from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from ninja import Router

from apps.api.cursors import page_of_list, page_of_rows
from apps.api.endpoints.common import Cursor, Limit, reads
from apps.api.schemas import CellItem, FormItem, Page, VersionDocument
from apps.core.access import found, require
from apps.core.roles import reads_city
from apps.monitoring.compiled import compiled_version
from apps.monitoring.definition import Cell
from apps.monitoring.grids import titles_of
from apps.monitoring.models import Form, FormVersion

router = Router(tags=["Формы"])


def version_item(version: FormVersion) -> dict[str, Any]:
    names = ("number", "state", "note", "published_at")
    return {"id": version.pk, **{name: getattr(version, name) for name in names}}


def form_item(form: Form) -> dict[str, Any]:
    names = ("code", "title", "clause", "is_archived")
    versions = [version_item(one) for one in form.versions.all()]
    return {"id": form.pk, **{name: getattr(form, name) for name in names}, "versions": versions}


def cell_item(cell: Cell, title: str) -> dict[str, Any]:
    return {
        "address": cell.address,
        "title": title,
        "type": cell.type,
        "unit": cell.unit.name if cell.unit else "",
        "decimals": cell.decimals,
        "is_computed": cell.computed is not None,
        "choices": {one.code: one.title for one in cell.choices},
    }


def rows(user: Any) -> Any:
    versions = FormVersion.objects.visible_to(user).defer("definition", "old_codes").order_by("-number")
    return Form.objects.visible_to(user).prefetch_related(Prefetch("versions", versions))


@reads(router, "forms", gives=Page[FormItem], summary="Список форм", name="form-list")
def form_list(request: HttpRequest, limit: Limit = 100, cursor: Cursor = "") -> Any:
    """Формы мониторингов с их версиями. Только для департамента."""
    require(reads_city(request.user))
    return page_of_rows(request, rows(request.user), form_item, limit=limit, cursor=cursor)


@reads(router, "forms/{int:pk}", gives=FormItem, summary="Одна форма", name="form-detail")
def form_detail(request: HttpRequest, pk: int) -> Any:
    """Форма и её версии."""
    return form_item(found(rows(request.user), pk=pk))


@reads(
    router, "versions/{int:pk}", gives=VersionDocument, summary="Определение версии", name="version-detail"
)
def version_detail(request: HttpRequest, pk: int) -> Any:
    """Всё, из чего состоит версия формы: разделы, таблицы, вопросы, контрольные соотношения."""
    version = found(FormVersion.objects.visible_to(request.user), pk=pk)
    names = ("form_id", "definition", "old_codes")
    return {**version_item(version), **{name: getattr(version, name) for name in names}}


@reads(router, "versions/{int:pk}/cells", gives=Page[CellItem], summary="Ячейки версии", name="version-cells")
def version_cells(request: HttpRequest, pk: int, limit: Limit = 100, cursor: Cursor = "") -> Any:
    """Адреса ячеек с названиями показателей, единицами и вариантами ответов: ключ к значениям отчётов."""
    version = found(FormVersion.objects.visible_to(request.user), pk=pk)
    compiled = compiled_version(version)
    titles = titles_of(compiled)
    cells = [cell for cell in compiled.cells.values() if not cell.is_x]

    def shown(cell: Cell) -> dict[str, Any]:
        return cell_item(cell, titles.get(cell.address, cell.title))

    return page_of_list(
        request, cells, shown, limit=limit, cursor=cursor, mark=version.updated_at.isoformat()
    )
