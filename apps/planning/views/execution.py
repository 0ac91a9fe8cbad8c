"""Marks of execution: done, moved, cancelled, taken back; the work outside of the plan."""

from typing import Any

from apps.core.magadan import magadan_today
from apps.core.roles import Role, has_role
from apps.planning import forms, permissions
from apps.planning.actions import marking
from apps.planning.models import Holding, PlanItem
from apps.planning.views.common import InPlan, PlanningForm, address, crumbs_of

HOLDINGS = Holding.objects.select_related("item__plan", "item__responsible")


class MarkPage(PlanningForm):
    """A form about one holding; only those who carry the event out mark it."""

    queryset = HOLDINGS
    refusal = marking.ONLY_EXECUTORS

    def is_allowed(self) -> bool:
        return permissions.can_mark(self.request.user, self.object.item)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        holding = self.object
        lead = f"{holding.item}. Срок: {holding.term_text}."
        return super().get_context_data(
            **{"lead": lead, "breadcrumbs": crumbs_of(holding.item.plan), **kwargs}
        )

    def success_url(self) -> str:
        return address("item-detail", self.object.item_id)


class HoldingDone(MarkPage):
    form_class = forms.DoneForm
    title = "Отметить выполнение"
    button = "Отметить выполнение"
    done = "Выполнение отмечено."

    def get_initial(self) -> dict[str, Any]:
        return {"done_on": min(self.object.ends_on, magadan_today())}

    def act(self, form: Any) -> Holding:
        return marking.complete(holding=self.object, by=self.request.user, **form.cleaned_data)


class HoldingMove(MarkPage):
    form_class = forms.MoveForm
    title = "Перенести мероприятие"
    button = "Перенести"
    done = "Мероприятие перенесено."

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": None, "ends_on": None, "reason": ""}

    def act(self, form: Any) -> Holding:
        return marking.move_holding(holding=self.object, by=self.request.user, **form.cleaned_data)


class HoldingCancel(MarkPage):
    form_class = forms.ReasonForm
    is_model_form = False
    title = "Снять с исполнения"
    button = "Снять с исполнения"
    done = "Мероприятие снято с исполнения."

    def act(self, form: Any) -> Holding:
        return marking.cancel(holding=self.object, by=self.request.user, **form.cleaned_data)


class HoldingReopen(MarkPage):
    form_class = forms.ReasonForm
    is_model_form = False
    title = "Отменить отметку"
    button = "Отменить отметку"
    done = "Отметка отменена."

    def act(self, form: Any) -> Holding:
        return marking.reopen(holding=self.object, by=self.request.user, **form.cleaned_data)


class BesideCreate(InPlan):
    """Work that nobody planned."""

    form_class = forms.BesideForm
    title = "Работа сверх плана"
    lead = "Что сделано, но в плане не стояло. В процент исполнения плана не входит и показывается отдельно."
    button = "Внести"
    done = "Работа сверх плана внесена."
    template_name = "planning/item_form.html"

    refusal = marking.ONLY_IMO

    def may_write(self) -> bool:
        return has_role(self.request.user, Role.METHODIST, Role.HEAD, Role.ASSISTANT)

    def is_open(self) -> bool:
        return permissions.can_add_beside(self.request.user, self.object)

    def closed(self) -> str:
        return "Сверх плана вносят в утверждённый план, пока он исполняется."

    def get_initial(self) -> dict[str, Any]:
        return {"responsible": self.request.user.pk, "done_on": magadan_today()}

    def act(self, form: Any) -> PlanItem:
        values = dict(form.cleaned_data)
        done = {name: values.pop(name) for name in ("done_on", "actual_count", "document")}
        return marking.add_beside(plan=self.object, by=self.request.user, values=values, **done)
