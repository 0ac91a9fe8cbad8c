"""The responsible gives sections to colleagues and sees how far each has come."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.core.access import Conflict, found, require
from apps.core.mail import absolute
from apps.core.pages import FormPage
from apps.core.qr import qr_svg
from apps.monitoring.actions import parts as acts
from apps.monitoring.compiled import compiled_of
from apps.monitoring.forms import PlainHelper
from apps.monitoring.models import Part, Response
from apps.monitoring.permissions import answers_for
from apps.monitoring.skeleton import FILL, part_skeleton, skeleton_of
from apps.monitoring.views.responses.common import visible_response


class PartForm(forms.Form):
    name = forms.CharField(label="Кому", max_length=150, help_text="Фамилия, имя, отчество, должность.")
    email = forms.EmailField(
        label="Электронная почта",
        required=False,
        help_text="Если указать, ссылка уйдёт письмом; если нет, портал покажет её вам.",
    )
    sections = forms.MultipleChoiceField(label="Разделы", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sections"].choices = sections

    @property
    def helper(self) -> PlainHelper:
        return PlainHelper()


class PartsPage(FormPage):
    """Parts of a response with their progress, and the form of a new one."""

    form_class = PartForm
    title = "Поручить разделы"
    lead = (
        "Коллега по ссылке увидит и заполнит только свои разделы, без входа на портал. Отправляете отчёт вы."
    )
    button = "Поручить"
    template_name = "monitoring/response/parts.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.response = visible_response(request, kwargs["pk"])
        require(answers_for(request.user, self.response), acts.ONLY_OWN)
        self.compiled = compiled_of(self.response)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        sections = [
            (one.address, f"{one.number} {one.title}".strip())
            for one in skeleton_of(self.compiled, FILL).sections
            if one.total or one.address in self.compiled.open_tables
        ]
        return {**super().get_form_kwargs(), "sections": sections}

    def form_valid(self, form: PartForm) -> HttpResponse:
        try:
            part, token = acts.give_part(
                response_id=self.response.pk, by=self.request.user, **form.cleaned_data
            )
        except Conflict as conflict:
            form.add_error(None, conflict.told)
            return self.form_invalid(form)
        if part.email:  # the letter makes a link of its own, which ends this one
            messages.success(self.request, f"Ссылка уйдёт письмом: {part.name}, {part.email}.")
            return redirect("monitoring:response-parts", self.response.pk)
        return _link_page(self.request, self.response, part, token)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = [_shown(one, self.compiled, self.response) for one in self.response.parts.in_force()]
        return super().get_context_data(
            response=self.response,
            campaign=self.response.campaign,
            parts=parts,
            is_open=self.response.is_open,
            cancel_url=reverse("monitoring:response-detail", args=[self.response.pk]),
            **kwargs,
        )


def _shown(part: Part, compiled: Any, response: Response) -> dict[str, Any]:
    skeleton = part_skeleton(compiled, FILL, frozenset(part.sections))
    return {
        "part": part,
        "sections": [f"{one.number} {one.title}".strip() for one in skeleton.sections],
        "filled": sum(skeleton.progress(response.values)),
        "total": sum(one.total for one in skeleton.sections),
    }


def _link_page(request: HttpRequest, response: Response, part: Part, token: str) -> HttpResponse:
    link = absolute(reverse("monitoring:part", args=[token]))
    context = {
        "title": "Ссылка для коллеги",
        "told": f"{part.name} заполняет по этой ссылке порученные разделы. Она показана один раз.",
        "link": link,
        "qr": qr_svg(link, 40),
        "response": response,
        "campaign": response.campaign,
        "back": reverse("monitoring:response-parts", args=[response.pk]),
    }
    return render(request, "monitoring/response/link.html", context)


def _own_part(request: HttpRequest, pk: int, part: int) -> Part:
    response = visible_response(request, pk)
    one = found(Part.objects.visible_to(request.user).filter(response=response), pk=part)
    require(answers_for(request.user, response), acts.ONLY_OWN)
    return one


@require_POST
def withdraw(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    one = _own_part(request, pk, part)
    try:
        acts.withdraw_part(part=one, by=request.user)
        messages.success(request, f"Поручение отозвано: {one.name}. Введённое осталось в отчёте.")
    except Conflict as conflict:
        messages.error(request, conflict.told)
    return redirect("monitoring:response-parts", pk)


@require_POST
def renew(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """A new link in place of a lost one."""
    one = _own_part(request, pk, part)
    try:
        token = acts.new_part_token(part=one, by=request.user)
    except Conflict as conflict:
        messages.error(request, conflict.told)
        return redirect("monitoring:response-parts", pk)
    return _link_page(request, one.response, one, token)
