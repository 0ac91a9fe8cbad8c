"""The history of one row, read from the events of the database."""

from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy
from django.views.generic import TemplateView

from apps.core import journal
from apps.core.access import require
from apps.core.changes import changes_of, events_of
from apps.core.history import event_model_of
from apps.core.pagination import Pages
from apps.portal import permissions
from apps.portal.queries import row_with_history

SIZES = (25, 50, 100)
LIST = reverse_lazy("portal:journal-list")


def tracked_model(label: str) -> type[Model]:
    """The model of «app.model» that keeps a history, or 404."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if event_model_of(model) is None:
        raise Http404
    return model


class HistoryPage(TemplateView):
    """Who changed what in one row; not visible or never there is 404, then the role decides."""

    template_name = "portal/history.html"
    refusal = "Историю записи открывают заведующий и администратор."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        self.model = tracked_model(kwargs["label"])
        try:
            self.pk = self.model._meta.pk.to_python(kwargs["pk"])
        except ValidationError as error:
            raise Http404 from error
        self.object = row_with_history(request.user, self.model, self.pk)
        require(permissions.can_read_journal(request.user), self.refusal)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        response = super().get(request, *args, **kwargs)
        journal.viewed(by=request.user, subject=self.object, note="история")
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, label = self.request.user, self.model._meta.app_label
        page = Paginator(events_of(self.model, self.pk), self.size()).get_page(self.request.GET.get("page"))
        with_values = permissions.can_read_values(user, label)
        return super().get_context_data(
            title="История",
            lead=f"{str(self.model._meta.verbose_name).capitalize()}: {self.object}",
            breadcrumbs=[("Журнал", LIST)],
            pages=Pages(page, self.request.GET, SIZES),
            changes=self.changes(page, with_values),
            with_values=with_values,
            **kwargs,
        )

    def size(self) -> int:
        wished = self.request.GET.get("size", "")
        return next((size for size in SIZES if str(size) == wished), SIZES[0])

    def changes(self, page: Any, with_values: bool) -> list[Any]:
        """One event more than the page shows: what its oldest one is compared with."""
        events = events_of(self.model, self.pk)
        first, shown = page.start_index() - 1 if page.paginator.count else 0, len(page.object_list)
        rows = list(events[first : first + shown + 1])
        return changes_of(self.model, rows, user=self.request.user, with_values=with_values)[:shown]
