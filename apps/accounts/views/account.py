"""One's own account: details, current organisation, sessions."""

from typing import Any

import django_otp
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from apps.accounts import actions
from apps.accounts.forms import ConfirmForm, DetailsForm
from apps.accounts.models import User
from apps.accounts.panels import AccountPanel, account_panels
from apps.accounts.queries import own_places
from apps.accounts.sessions import safe_next
from apps.accounts.views.base import AccountFormPage


def shown(panel: AccountPanel, request: HttpRequest) -> dict[str, Any]:
    content = render_to_string(panel.template, panel.context(request.user), request)
    return {"key": panel.key, "title": panel.title, "content": content}


class AccountPage(TemplateView):
    template_name = "accounts/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        current = self.request.current_organization
        return super().get_context_data(
            title="Учётная запись",
            lead="Ваши данные, роли, пароль и письма.",
            current_id=current.pk if current else None,
            grants=user.grants_today,
            places=own_places(user),
            has_second_factor=django_otp.user_has_device(user),
            panels=[shown(panel, self.request) for panel in account_panels.values()],
            **kwargs,
        )


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class DetailsPage(AccountFormPage):
    form_class = DetailsForm
    title = "Мои данные"
    lead = "Фамилия, имя и отчество печатаются в документах, которые вы подписываете."

    def get_form_kwargs(self) -> dict[str, Any]:
        """A row read afresh: faults of the form must not show as the user's name in the header."""
        return {**super().get_form_kwargs(), "instance": User.objects.get(pk=self.request.user.pk)}

    def form_valid(self, form: DetailsForm) -> HttpResponse:
        form.save()
        messages.success(self.request, "Данные сохранены.")
        return redirect(self.success_url)


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SignOutEverywherePage(AccountFormPage):
    form_class = ConfirmForm
    title = "Выйти на всех устройствах"
    lead = "Все открытые сеансы, и этот тоже, завершатся сразу. Несохранённое в других окнах будет потеряно."
    button = "Выйти на всех устройствах"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: ConfirmForm) -> HttpResponse:
        actions.sign_out_everywhere(by=self.request.user, user=self.request.user)
        logout(self.request)
        messages.success(self.request, "Все сеансы завершены.")
        return redirect("accounts:login")


@require_POST
def organization_switch(request: HttpRequest) -> HttpResponse:
    """The organisation the pages speak for from now on; one the user doesn't answer for is not there."""
    chosen = request.POST.get("organization", "")
    own = {str(number): number for number in request.user.represented_ids}
    if chosen not in own:
        raise Http404
    request.session["organization_id"] = own[chosen]
    return redirect(safe_next(request))
