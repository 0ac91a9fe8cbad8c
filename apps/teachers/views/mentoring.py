"""Mentors and those they guide: the list, a new pair, the end before the term."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from apps.core.access import found, require
from apps.core.columns import Column
from apps.core.lists import ListPage
from apps.core.pages import ActingForm, FormPage, ObjectFormPage
from apps.teachers import actions, permissions
from apps.teachers.actions.people import NOT_THEIRS
from apps.teachers.models import Mentorship
from apps.teachers.records.choices import kept_organizations
from apps.teachers.records.lists import MentorshipFilters, mentorship_columns
from apps.teachers.records.row_forms import MentoringEndForm, MentorshipForm
from apps.teachers.views.cards import NOT_FOR_YOU
from apps.teachers.views.common import REGISTRY, Placed

PAIRS = [*REGISTRY, ("Наставничество", "/teachers/mentoring/")]


def pairs() -> str:
    return reverse("teachers:mentorship-list")


class MentorshipList(ListPage):
    template_name = "teachers/records/list.html"
    queryset = Mentorship.objects.select_related("mentor", "mentee", "organization")
    filterset_class = MentorshipFilters
    search = ("mentor__last_name", "mentor__first_name", "mentee__last_name", "mentee__first_name")
    order = "-started_on"
    title = "Наставничество"
    lead = "Кто кого сопровождает, по какому приказу и с каким согласием (ТК РФ, ст. 351.8)."
    forms = "пара,пары,пар"
    empty_title = "Наставнических пар пока нет"
    empty_text = "Здесь появятся пары «наставник — наставляемый» со сроками и итогами."
    refusal = NOT_FOR_YOU
    reads_personal_data = True

    def is_allowed(self) -> bool:
        return permissions.can_see_registry(self.request.user)

    def get_columns(self) -> list[Column]:
        return mentorship_columns(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = permissions.can_keep(self.request.user)
        return super().get_context_data(
            breadcrumbs=REGISTRY,
            add_url=reverse("teachers:mentorship-create") if may else "",
            add_label="Закрепить наставника",
            **kwargs,
        )


class MentorshipCreate(Placed, ActingForm, FormPage):
    """The organisation first (by `?organization=`), then the pair among those who work there."""

    template_name = "teachers/records/mentorship_create.html"
    form_class = MentorshipForm
    title = "Новая наставническая пара"
    lead = "Нужны письменное согласие наставника и дополнительное соглашение (ТК РФ, ст. 351.8)."
    button = "Закрепить"
    done = "Наставничество записано."
    walls = (Mentorship,)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(permissions.can_keep(request.user), NOT_FOR_YOU)
        self.choices = kept_organizations(request.user)
        self.organization = self.chosen()
        return super().dispatch(request, *args, **kwargs)

    def chosen(self) -> Any:
        """Of the address or of what is posted; the only one an organisation has."""
        wished = self.request.GET.get("organization") or self.request.POST.get("organization")
        if wished:
            return found(self.choices, pk=wished)
        return self.choices[0] if len(self.choices[:2]) == 1 else None

    def get_form_kwargs(self) -> dict[str, Any]:
        given = {"by": self.request.user, "person": None, "organization": self.organization}
        return {**super().get_form_kwargs(), **given}

    def write(self, form: MentorshipForm) -> Mentorship:
        return actions.save_record(by=self.request.user, record=form.fill())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {"organizations": self.choices, "organization": self.organization, "breadcrumbs": PAIRS}
        return super().get_context_data(**{**given, **kwargs})

    def success_url(self) -> str:
        return pairs()


class MentorshipEnd(Placed, ActingForm, ObjectFormPage):
    queryset = Mentorship.objects.select_related("mentor", "mentee", "organization")
    form_class = MentoringEndForm
    title = "Прекратить наставничество досрочно"
    button = "Прекратить"
    done = "Наставничество прекращено."
    refusal = NOT_THEIRS
    walls = (Mentorship,)

    def is_allowed(self) -> bool:
        return permissions.can_keep_record(self.request.user, self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user, "instance": self.get_object()}

    def write(self, form: MentoringEndForm) -> Mentorship:
        return actions.end_mentorship(by=self.request.user, mentorship=self.object, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"lead": f"{self.object}.", "breadcrumbs": PAIRS, **kwargs})

    def success_url(self) -> str:
        return pairs()
