"""Bases of pages about one object and of pages with one form."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import FormView, TemplateView

from apps.core import journal
from apps.core.access import Conflict, found, require
from apps.core.forms import add_errors
from apps.core.history import history_url
from apps.core.uploads import UploadRefused


class VisibleObjectMixin:
    """Fetches `self.object` through `visible_to`: not yours is 404, and only then not your role is 403."""

    request: HttpRequest
    kwargs: dict[str, Any]
    queryset: Any = None
    object: Any
    refusal = "У вашей роли нет права на это действие."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.object = self.get_object()
        require(self.is_allowed(), self.refusal)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_queryset(self) -> Any:
        return self.queryset.all().visible_to(self.request.user)

    def get_object(self) -> Any:
        return found(self.get_queryset(), pk=self.kwargs["pk"])

    def is_allowed(self) -> bool:
        """May this role open the page of an object it sees?"""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(object=self.object, **kwargs)  # type: ignore[misc]


class DetailPage(VisibleObjectMixin, TemplateView):
    """The card of one object; the template gets `object` and, for readers of the journal, `history_url`.

    `reads_personal_data = True` on a card with a person's data: each opening leaves a line in the journal.
    """

    reads_personal_data = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if self.reads_personal_data:
            journal.viewed(by=request.user, subject=self.object)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = history_url(self.request.user, self.object)
        return super().get_context_data(**{"history_url": url, **kwargs})


class ActingForm:
    """A valid form is handed to `act`; what the action refuses comes back beside the fields."""

    done = "Изменения сохранены."
    request: HttpRequest

    def act(self, form: Any) -> Any:
        raise NotImplementedError

    def success_url(self) -> str:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.made = self.act(form)
        except ValidationError as error:
            add_errors(form, error)
        except (Conflict, UploadRefused) as refused:
            form.add_error(None, refused.told)
        if form.errors:
            return self.form_invalid(form)  # type: ignore[attr-defined]
        messages.success(self.request, self.done)
        return redirect(self.success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.back(), **kwargs})  # type: ignore[misc]

    def back(self) -> str:
        """Where «Отмена» leads."""
        return self.success_url()


class FormPage(FormView):
    """A page with one form; a form with faults comes back as 422 with what was typed."""

    template_name = "ui/form_page.html"
    title = ""
    lead = ""
    button = "Сохранить"
    cancel_url: str = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        texts = {"title": self.title, "lead": self.lead, "button": self.button, "cancel_url": self.cancel_url}
        return super().get_context_data(**{**texts, **kwargs})

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ObjectFormPage(VisibleObjectMixin, FormPage):
    """A form about an object the user sees; the template gets `object` and `form`."""


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


def unlinked(response: HttpResponse) -> HttpResponse:
    """A page behind a secret address: the address goes to no other page, no cache and no search engine."""
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
