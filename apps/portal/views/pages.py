"""Home, search, journal, help."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from apps.core.columns import Column
from apps.core.lists import ListPage
from apps.core.models import JournalRecord
from apps.core.roles import roles_of
from apps.organizations.models import Department
from apps.portal import guides, permissions, queries
from apps.portal.columns import JOURNAL, journal_columns
from apps.portal.filters import JournalFilters

# With the figures and the running work the page of who has many tasks stays one screen; the rest unfolds.
TASKS_AT_ONCE = 7


@method_decorator(login_not_required, name="dispatch")
class HomePage(TemplateView):
    """First what waits for the user, then figures. A portal that is not set up leads to its first start."""

    template_name = "portal/home.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect("portal:setup") if queries.needs_set_up() else redirect_to_login("/")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        tasks = queries.tasks_of(user)
        shown = len(tasks) if len(tasks) <= TASKS_AT_ONCE + 1 else TASKS_AT_ONCE
        return super().get_context_data(
            title="Главная",
            first_tasks=tasks[:shown],
            other_tasks=tasks[shown:],
            steps=queries.first_steps(user),
            tiles=queries.tiles_of(user),
            panels=queries.panels_of(user),
            whom_to_ask=None if roles_of(user) else Department.objects.first(),
            has_role=bool(roles_of(user)),
            **kwargs,
        )


class SearchPage(TemplateView):
    template_name = "portal/search.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = queries.searched_text(self.request.GET.get("q", ""))
        return super().get_context_data(
            title="Поиск", q=query, groups=queries.search_everything(self.request.user, query), **kwargs
        )


class JournalPage(ListPage):
    columns = JOURNAL
    filterset_class = JournalFilters
    search = ("subject_title", "note")
    order = "-at"
    title = "Журнал"
    lead = "Кто, что и когда сделал. Содержание записей журнал не хранит; изменить его нельзя."
    forms = "запись,записи,записей"
    refusal = "Журнал открывают заведующий и администратор."

    def is_allowed(self) -> bool:
        return permissions.can_read_journal(self.request.user)

    def get_columns(self) -> list[Column]:
        return journal_columns(self.request.user)

    def get_queryset(self) -> QuerySet[JournalRecord]:
        return queries.journal_for(self.request.user)


class HelpPage(TemplateView):
    template_name = "portal/help.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title="Помощь", guides=guides.guides_for(self.request.user), **kwargs)


class GuidePage(TemplateView):
    template_name = "portal/guide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        guide = next((one for one in guides.guides() if one.name == self.kwargs["name"]), None)
        if guide is None:
            raise Http404
        crumbs = [("Помощь", "/help/")]
        return super().get_context_data(title=guide.title, guide=guide, breadcrumbs=crumbs, **kwargs)
