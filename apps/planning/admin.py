"""Plans in the Django admin: here, and by no other way, the approver approves a plan or returns it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.core.admin import PortalModelAdmin, PortalTabularInline, ReadOnlyModelAdmin
from apps.planning import models, permissions
from apps.planning.actions import editions as actions
from apps.planning.actions.programmes import save_programme
from apps.planning.enums import EditionState
from apps.planning.queries import plans_waiting_for
from apps.planning.review import review_of


class DecisionForm(forms.ModelForm):
    """The comment that a return needs; which text was read stands in the page (`seen`)."""

    comment = forms.CharField(
        label="Что исправить",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Обязательно, если план возвращают на доработку.",
    )

    class Meta:
        model = models.Plan
        fields: list[str] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "_return" in self.data and not (cleaned.get("comment") or "").strip():
            self.add_error("comment", "Напишите, что исправить.")
        return cleaned


class WaitingFilter(admin.SimpleListFilter):
    """What somebody has to decide upon, plans and amendments alike."""

    title = "решение"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", "ждёт меня"), ("any", "ждёт утверждения")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "mine":
            return queryset.filter(pk__in=plans_waiting_for(request.user).values("pk"))
        waiting = models.Edition.objects.waiting().values("plan_id")
        return queryset.filter(pk__in=waiting) if self.value() == "any" else queryset


@admin.register(models.Plan)
class PlanAdmin(PortalModelAdmin):
    """Plans are drafted on the portal's pages; whoever approves them today reads and decides here."""

    form = DecisionForm
    change_form_template = "admin/planning/plan/change_form.html"
    change_list_template = "admin/planning/plan/change_list.html"
    may_change = staticmethod(permissions.can_decide)
    list_display = ["__str__", "owner", "year_title", "state", "waits", "order_number"]
    list_filter = [WaitingFilter, "owner", "state", "year"]
    search_fields = ["theme", "goal", "order_number", "=year"]
    told = ["owner", "year_kind", "year", "state", "theme", "goal", "tasks", "priorities", "bases"]
    told += ["order_number", "order_date", "copied_from", "created_by", "created_at"]

    @admin.display(description="ждёт решения", boolean=True)
    def waits(self, plan: Any) -> bool:
        return bool(plan.has_waiting)

    @admin.display(description="год", ordering="year")
    def year_title(self, plan: models.Plan) -> str:
        return plan.year_title

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        waiting = models.Edition.objects.waiting().filter(plan=OuterRef("pk"))
        return super().get_queryset(request).annotate(has_waiting=Exists(waiting))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Django asks a dozen times a page; the action asks anew under its lock."""
        known = request.__dict__.setdefault("may_decide", {})
        key = (request.user.pk, getattr(obj, "pk", None))
        if key not in known:
            known[key] = super().has_change_permission(request, obj)
        return bool(known[key])

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["comment"] if self.has_change_permission(request, obj) else self.told

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if self.has_change_permission(request, obj) else self.told

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        waiting = plans_waiting_for(request.user)
        return super().changelist_view(request, {"waiting": waiting, **(extra_context or {})})

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if self._was_approved(request, object_id):
            self.message_user(request, "Эта редакция уже утверждена.", messages.INFO)
            return redirect(request.path)
        return super().change_view(request, object_id, *args, **kwargs)

    def _was_approved(self, request: HttpRequest, object_id: str) -> bool:
        """A second press whose first answer was lost."""
        if request.method != "POST" or "_approve" not in request.POST:
            return False
        plan = self.get_object(request, unquote(object_id))
        seen = self._seen(request, plan) if plan is not None else None
        done = seen is not None and seen.state == EditionState.APPROVED
        return plan is not None and done and permissions.is_approver(request.user, plan)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        plan = kwargs.get("obj")
        context["review"] = review_of(plan) if plan is not None else None
        context["may_decide"] = plan is not None and self.has_change_permission(request, plan)
        context["seen_changes"] = getattr(request, "seen_changes", [])
        context["history_of_editions"] = _editions_of(plan) if plan is not None else []
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Only the two buttons act; saving by any other name changes nothing."""
        edition = self._seen(request, obj)
        if edition is None:
            return
        try:
            if "_approve" in request.POST:
                paper = actions.approve(edition=edition, by=request.user)
                told = f"Утверждено. Документ №\u00a0{paper.number} внесён в реестр."
                self.message_user(request, told, messages.SUCCESS)
            elif "_return" in request.POST:
                comment = form.cleaned_data["comment"]
                actions.return_edition(edition=edition, comment=comment, by=request.user)
                self.message_user(request, "Возвращено на доработку.", messages.SUCCESS)
        except actions.EditionChanged as changed:
            request.seen_changes = changed.changes  # type: ignore[attr-defined]
            raise

    def _seen(self, request: HttpRequest, plan: models.Plan) -> models.Edition | None:
        """The text that stood in the page that was answered."""
        number = request.POST.get("seen", "")
        if not number.isascii() or not number.isdecimal() or len(number) > 18:
            return None
        return models.Edition.objects.visible_to(request.user).filter(plan=plan, pk=int(number)).first()

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The action has left its own line in the journal."""

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return redirect(reverse("admin:planning_plan_change", args=[obj.pk]))


def _editions_of(plan: models.Plan) -> QuerySet[models.Edition]:
    rows = models.Edition.objects.filter(plan=plan).defer("content").order_by("-pk")
    return rows.select_related("amendment", "sent_by", "decided_by", "paper")


@admin.register(models.Programme)
class ProgrammeAdmin(PortalModelAdmin):
    may_add = may_change = staticmethod(permissions.can_write_plans)
    list_display = ["title", "level", "basis", "starts_on", "ends_on"]
    list_filter = ["level"]
    search_fields = ["title", "basis"]
    fields: Any = ["title", "level", "basis", "starts_on", "ends_on"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        details = {name: form.cleaned_data[name] for name in self.fields}
        made = save_programme(by=request.user, programme=obj if change else None, **details)
        obj.__dict__.update(made.__dict__)


@admin.register(models.PlanItem)
class PlanItemAdmin(ReadOnlyModelAdmin):
    """Written on the pages of its plan."""

    list_display = ["__str__", "plan", "section", "starts_on", "ends_on", "responsible", "is_beside_plan"]
    list_filter = ["plan", "section", "is_beside_plan", "is_unseen", "programme", "starts_on"]
    list_select_related = ["plan", "responsible"]
    search_fields = ["title", "form", "responsible__last_name", "place", "audience"]
    date_hierarchy = "starts_on"


@admin.register(models.Holding)
class HoldingAdmin(ReadOnlyModelAdmin):
    """Marked on the pages of the plan."""

    list_display = ["item", "starts_on", "ends_on", "state", "done_on", "document", "marked_by"]
    list_filter = ["state", "item__plan", "item__section", "starts_on"]
    list_select_related = ["item", "marked_by"]
    search_fields = ["item__title", "document", "reason", "item__responsible__last_name"]


@admin.register(models.Edition)
class EditionAdmin(ReadOnlyModelAdmin):
    """The text is read in the plan's page and in its paper."""

    list_display = ["__str__", "amendment", "state", "sent_by", "sent_at", "decided_by", "decided_at"]
    list_filter = ["state", "plan__owner", "plan__year"]
    list_select_related = ["plan", "amendment__plan", "sent_by", "decided_by"]
    search_fields = ["comment", "paper__number", "sent_by__last_name", "decided_by__last_name"]
    fields: Any = ["plan", "amendment", "number", "state", "sent_by", "sent_at", "decided_by", "decided_at"]
    fields += ["comment", "paper"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.fields)


class AmendmentLineInline(PortalTabularInline):
    model = models.AmendmentLine
    fields = readonly_fields = ["kind", "item", "told"]
    can_delete = False

    @admin.display(description="новые значения")
    def told(self, line: models.AmendmentLine) -> str:
        return told_values(line)


@admin.register(models.Amendment)
class AmendmentAdmin(ReadOnlyModelAdmin):
    """Drafted on the pages of the plan, decided upon in the page of the plan here."""

    list_display = ["__str__", "number", "state", "reason", "created_by", "created_at"]
    list_filter = ["state", "plan__owner", "plan__year"]
    list_select_related = ["plan", "created_by"]
    search_fields = ["reason", "=number", "created_by__last_name"]
    inlines = [AmendmentLineInline]


@admin.register(models.AmendmentLine)
class AmendmentLineAdmin(ReadOnlyModelAdmin):
    list_display = ["amendment", "kind", "item"]
    list_filter = ["kind", "amendment__state"]
    list_select_related = ["amendment__plan", "item"]
    search_fields = ["item__title", "amendment__reason"]
    fields = ["amendment", "kind", "item", "told"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["amendment", "kind", "item", "told"]

    @admin.display(description="новые значения")
    def told(self, line: models.AmendmentLine) -> str:
        return told_values(line)


def told_values(line: models.AmendmentLine) -> str:
    """«мероприятие, тема; срок»: the columns a line writes to."""
    fields: Any = [models.PlanItem._meta.get_field(name) for name in line.values if name != "id"]
    return "; ".join(str(one.verbose_name) for one in fields) or "—"


@admin.register(models.Feed)
class FeedAdmin(ReadOnlyModelAdmin):
    """One's own subscriptions; the secret of a link is nowhere to be read."""

    list_display = ["__str__", "created_at", "revoked_at"]
    list_filter = ["section", "created_at"]
    search_fields = ["owner__last_name"]
    fields: Any = ["owner", "section", "created_at", "revoked_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.fields)
