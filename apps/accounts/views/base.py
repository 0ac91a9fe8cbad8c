"""What the pages of accounts share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy

from apps.accounts.sessions import confirms
from apps.core.pages import FormPage

ACCOUNT = reverse_lazy("accounts:account")


class AccountFormPage(FormPage):
    """A form of one's own account."""

    cancel_url = ACCOUNT
    success_url = ACCOUNT

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        return self.form_valid(form) if confirms(request, form) else self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(breadcrumbs=[("Учётная запись", ACCOUNT)], **kwargs)


def keep_secret_address(response: HttpResponseBase) -> HttpResponseBase:
    """The address of this page is a one-time secret: it goes to no other page, cache or search engine.

    Not `no-referrer`: with it browsers send «Origin: null», and the form is refused as forged.
    """
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
