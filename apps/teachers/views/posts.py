"""Leaving a post and going over to another organisation."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from apps.core.access import require
from apps.core.pages import ActingForm, FormPage, ObjectFormPage
from apps.teachers import actions, permissions
from apps.teachers.actions.people import NOT_THEIRS
from apps.teachers.models import Employment
from apps.teachers.records.person_forms import DismissForm, ReceiveForm, TransferForm
from apps.teachers.views.cards import NOT_FOR_YOU
from apps.teachers.views.common import REGISTRY, Placed, card_of, registry


class PostPage(Placed, ActingForm, ObjectFormPage):
    queryset = Employment.objects.select_related("person", "organization", "position")
    walls = (Employment,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        post = self.object
        crumbs = [*REGISTRY, (post.person.full_name, card_of(post.person))]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)

    def success_url(self) -> str:
        return card_of(self.object.person)


class EmploymentDismiss(PostPage):
    form_class = DismissForm
    title = "Увольнение"
    button = "Уволить"
    done = "Увольнение записано."
    refusal = NOT_THEIRS

    def is_allowed(self) -> bool:
        return permissions.can_keep_record(self.request.user, self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lead = f"{self.object}. Вместе с работой закончатся её отпуск, обязанности и наставничество."
        return super().get_context_data(lead=lead, **kwargs)

    def write(self, form: DismissForm) -> Employment:
        return actions.dismiss(by=self.request.user, employment=self.object, **form.cleaned_data)


class EmploymentTransfer(PostPage):
    """ИМО sees both organisations; the receiving one takes over by `PersonReceive`."""

    form_class = TransferForm
    title = "Перевод в другую организацию"
    button = "Перевести"
    done = "Перевод записан: там работа начата, здесь закончена накануне."
    refusal = "Переводят сотрудники ИМО или организация, которая принимает."

    def is_allowed(self) -> bool:
        return permissions.is_keeper(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=f"Сейчас: {self.object}.", **kwargs)

    def write(self, form: TransferForm) -> Employment:
        return actions.transfer(by=self.request.user, employment=self.object, **form.cleaned_data)


class PersonReceive(Placed, ActingForm, FormPage):
    form_class = ReceiveForm
    title = "Принять переводом"
    lead = (
        "Педагог, который работает в другой организации города: впишите его имя и дату рождения полностью. "
        "На прежнем месте работа закончится накануне, карточка со всей историей откроется вам."
    )
    button = "Принять"
    done = "Перевод записан."
    walls = (Employment,)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(permissions.can_keep(request.user), NOT_FOR_YOU)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def write(self, form: ReceiveForm) -> Employment:
        return actions.receive(by=self.request.user, **form.cleaned_data)

    def success_url(self) -> str:
        made = getattr(self, "made", None)
        return reverse("teachers:person-detail", args=[made.person_id]) if made else registry()
