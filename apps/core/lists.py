"""The list page: queryset → `visible_to` → filterset → order → page, and the same rows as XLSX."""

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.generic import TemplateView
from django_filters import FilterSet

from apps.core import journal
from apps.core.access import require
from apps.core.columns import Column, cells, folded, sheet
from apps.core.enums import Verb
from apps.core.exports import xlsx_response
from apps.core.pagination import changed, chosen_page

QUERY_LENGTH = 200
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
OWN_PARAMETERS = ("q", "sort", "page", "size", "format")


class ListPage(TemplateView):
    """A subclass names `queryset` (its model knows `visible_to`), `columns`, and what it needs of the rest.

    `search`: paths that `?q=` looks into, word by word, without regard to case and «ё».
    `order`: the key of a sortable column that orders the list at first, «-key» for the reverse.
    Override `get_queryset` to annotate or to narrow, `get_columns` where a role may not see a column,
    `is_allowed` where the whole list is not for every role. `reads_personal_data = True` where rows show
    contacts of persons: each opening leaves one line in the journal, as an export always does.
    """

    template_name = "ui/list_page.html"
    queryset: Any = None
    columns: Sequence[Column] = ()
    filterset_class: type[FilterSet] | None = None
    search: Sequence[str] = ()
    order = ""
    title = ""
    lead = ""
    sizes = (25, 50, 100)
    forms = "запись,записи,записей"
    empty_title = "Пока ничего нет"
    empty_text = ""
    export_name = ""
    refusal = "Этот список доступен не всем ролям."
    reads_personal_data = False
    # A list that may be very long: counted and turned over no further than so many rows.
    most: int | None = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        require(self.is_allowed(), self.refusal)
        self.shown_columns = self.get_columns()
        self.sort = self.chosen_sort()
        filterset = self.get_filterset(self.found(self.get_queryset()))
        is_valid = filterset is None or not filterset.is_bound or filterset.form.is_valid()
        rows = self.ordered(self.filtered(filterset, is_valid))
        if request.GET.get("format") == "xlsx" and is_valid:
            return self.exported(rows)
        context = self.get_context_data(**self.list_context(filterset, rows), **kwargs)
        if self.reads_personal_data:
            journal.viewed(by=request.user, title=self.title)
        return self.render_to_response(context, status=200 if is_valid else 422)

    def is_allowed(self) -> bool:
        return True

    def get_queryset(self) -> QuerySet:
        return self.queryset.all().visible_to(self.request.user)

    def get_columns(self) -> Sequence[Column]:
        return self.columns

    @property
    def q(self) -> str:
        return UNPRINTABLE.sub(" ", self.request.GET.get("q", "")).strip()[:QUERY_LENGTH]

    def found(self, rows: QuerySet) -> QuerySet:
        """Every word of `?q=` is somewhere in the fields of `search`."""
        if not self.search or not self.q:
            return rows
        fields = {f"_search_{number}": folded(path) for number, path in enumerate(self.search)}
        rows = rows.alias(**fields)
        for word in self.q.lower().replace("ё", "е").split()[:10]:
            condition = Q()
            for name in fields:
                condition |= Q(**{f"{name}__contains": word})
            rows = rows.filter(condition)
        return rows

    def get_filterset(self, rows: QuerySet) -> Any:
        if self.filterset_class is None:
            self._found = rows
            return None
        return self.filterset_class(self.request.GET, queryset=rows, request=self.request)

    def filtered(self, filterset: Any, is_valid: bool) -> QuerySet:
        """A filter that can't be understood shows nothing, with the error beside it."""
        if filterset is None:
            return self._found
        return filterset.qs if is_valid else filterset.queryset.none()

    def chosen_sort(self) -> str:
        """«key» or «-key» of a sortable column; anything else in the address is passed over."""
        known = {column.key for column in self.shown_columns if column.sortable}
        wished = self.request.GET.get("sort", "")
        return wished if wished.removeprefix("-") in known else self.order

    def ordered(self, rows: QuerySet) -> QuerySet:
        """By the chosen column and then by number, so that pages never overlap."""
        columns = {column.key: column for column in self.shown_columns}
        column = columns.get(self.sort.removeprefix("-"))
        if column is None:
            return rows if rows.ordered else rows.order_by("pk")
        return rows.order_by(*column.ordering(self.sort.startswith("-")), "pk")

    def list_context(self, filterset: Any, rows: QuerySet) -> dict[str, Any]:
        pages = chosen_page(rows, self.request.GET, self.sizes, self.most)
        shown = [column for column in self.shown_columns if column.on_page]
        query = self.request.GET
        return {
            "title": self.title,
            "lead": self.lead,
            "pages": pages,
            "objects": pages.page.object_list,
            "heads": [self.head(column) for column in shown],
            "rows": cells(shown, pages.page.object_list),
            "filter_form": filterset.form if filterset is not None else None,
            "q": self.q if self.search else None,
            "has_filter_form": filterset is not None or bool(self.search),
            "kept": [(name, query[name]) for name in ("sort", "size") if name in query],
            "is_narrowed": any(value for name, value in query.items() if name not in OWN_PARAMETERS[1:]),
            "export_url": changed(query, format="xlsx", page=None, size=None),
            "forms": self.forms,
            "empty_title": self.empty_title,
            "empty_text": self.empty_text,
        }

    def head(self, column: Column) -> dict[str, Any]:
        """A heading: the address that sorts by it, and how it is sorted now (ascending, descending)."""
        if not column.sortable:
            return {"column": column, "url": "", "sorted": ""}
        now = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "none")
        wish = f"-{column.key}" if now == "ascending" else column.key
        return {"column": column, "url": changed(self.request.GET, sort=wish, page=None), "sorted": now}

    def exported(self, rows: QuerySet) -> HttpResponseBase:
        """All the rows that the filters leave, not a page of them; the journal remembers it."""
        journal.record(by=self.request.user, verb=Verb.EXPORTED, title=self.title)
        name = f"{self.export_name or self.title} {timezone.localdate():%d.%m.%Y}"
        # Prefetched relations come with each chunk.
        every = rows.iterator(chunk_size=2000)
        return xlsx_response(name, [sheet(self.title, self.shown_columns, every)])
