"""What the pages of accounts share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import FormView


class FormPage(FormView):
    """A page with one form; a form with faults comes back as 422 with what was typed."""

    title = ""
    lead = ""
    button = "Сохранить"
    template_name = "accounts/form.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        texts = {"title": self.title, "lead": self.lead, "button": self.button}
        return super().get_context_data(**{**texts, **kwargs})


def keep_secret_address(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The address of this page is a one-time secret: it goes to no other page, log of caches or search."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
