"""What the pages of plans share: tabs of a plan, forms and buttons that act."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from apps.core.access import Conflict, require
from apps.core.pages import ActingForm, DetailPage, FormPage, ObjectFormPage
from apps.planning import permissions
from apps.planning.actions.plans import ONLY_WRITERS
from apps.planning.enums import PlanState
from apps.planning.models import Plan

HOME = [("Планы работы", "/plans/")]
NO_PLANS = "Планы работы — для сотрудников ИМО и руководителя департамента."
TABS = [
    ("План", "plan-detail"),
    ("Месяц", "plan-month"),
    ("Неделя", "plan-week"),
    ("Календарь", "plan-calendar"),
    ("По исполнителям", "plan-people"),
    ("Исполнение", "plan-execution"),
    ("Накладки", "plan-clashes"),
    ("Утверждение и поправки", "amendment-list"),
]
PLANS = Plan.objects.select_related("copied_from")


def address(name: str, *args: Any) -> str:
    return reverse(f"planning:{name}", args=args)


def tabs_of(plan: Plan) -> list[tuple[str, str]]:
    return [(title, address(name, plan.pk)) for title, name in TABS]


def crumbs_of(plan: Plan) -> list[tuple[str, str]]:
    return [*HOME, (str(plan), plan.get_absolute_url())]


class PlanCut(DetailPage):
    """A page of one plan under its tabs."""

    queryset = PLANS
    part = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.object
        given = {
            "title": str(plan),
            "part": self.part,
            "state": PlanState(plan.state),
            "plan_tabs": tabs_of(plan),
            "breadcrumbs": HOME,
            "lead": "",
            "is_carried_out": plan.state in (PlanState.APPROVED, PlanState.CLOSED),
        }
        return super().get_context_data(**{**given, **kwargs})


class PlanActing(ActingForm):
    """A form of the plans: its page hangs under their list."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"breadcrumbs": HOME, **kwargs})


class PlanningCreate(PlanActing, FormPage):
    """A form of something new that belongs to no plan."""

    button = "Создать"
    refusal = ONLY_WRITERS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(permissions.can_read(request.user), NO_PLANS)
        require(self.is_allowed(), self.refusal)
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self) -> bool:
        return permissions.can_write_plans(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}


class PlanningForm(PlanActing, ObjectFormPage):
    """A form about a row the user sees."""

    refusal = ONLY_WRITERS
    is_model_form = True
    edits_object = True

    def get_form_kwargs(self) -> dict[str, Any]:
        """A second copy: the form writes into it what was typed, the page must not show that as saved."""
        kwargs = super().get_form_kwargs()
        if self.is_model_form:
            kwargs["by"] = self.request.user
            if self.edits_object:
                kwargs["instance"] = self.get_object()
        return kwargs

    def success_url(self) -> str:
        return self.object.get_absolute_url()


class InPlan(PlanningForm):
    """A form about something new within a plan whose text is open."""

    queryset = PLANS
    edits_object = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = self.get_object()
        require(self.may_write(), self.refusal)
        if not self.is_open():
            messages.error(request, self.closed())
            return redirect(self.object.get_absolute_url())
        return super().dispatch(request, *args, **kwargs)

    def may_write(self) -> bool:
        return permissions.can_write_plans(self.request.user)

    def is_open(self) -> bool:
        return self.object.is_text_open

    def closed(self) -> str:
        from apps.planning.actions.plans import FROZEN

        return FROZEN[PlanState(self.object.state)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"breadcrumbs": crumbs_of(self.object), **kwargs})


def pressed(
    request: HttpRequest, act: Callable[..., Any], told: str, to: str, /, **given: Any
) -> HttpResponse:
    """A button: runs the action, tells what came of it, leads to the page."""
    try:
        act(by=request.user, **given)
    except (Conflict, ValidationError) as refused:
        words = refused.messages if isinstance(refused, ValidationError) else [refused.told]
        messages.error(request, " ".join(words))
    else:
        messages.success(request, told)
    return redirect(to)


def chosen_ids(request: HttpRequest, name: str = "item") -> list[int]:
    """Numbers of the ticked rows; what is no number is passed over."""
    return [
        int(one) for one in request.POST.getlist(name) if one.isascii() and one.isdigit() and len(one) < 19
    ]
