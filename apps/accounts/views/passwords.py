"""A forgotten password, and one's own new one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from apps.accounts.actions import request_password_reset
from apps.accounts.forms import NewPasswordForm, PasswordForm, ResetForm
from apps.accounts.lockout import forget_failures
from apps.accounts.models import User
from apps.accounts.sessions import client_address
from apps.accounts.tokens import user_of_link
from apps.accounts.views.base import AccountFormPage, keep_secret_address
from apps.core.pages import FormPage


@method_decorator([login_not_required, never_cache], name="dispatch")
class PasswordResetPage(FormPage):
    template_name = "accounts/form_bare.html"
    form_class = ResetForm
    title = "Новый пароль"
    lead = "Мы пришлём письмо со ссылкой, по которой можно задать новый пароль."
    button = "Прислать ссылку"

    def form_valid(self, form: ResetForm) -> HttpResponse:
        request_password_reset(name=form.cleaned_data["name"], address=client_address(self.request))
        return render(self.request, "accounts/password_sent.html")


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class PasswordSetPage(FormPage):
    """By the link of a letter; the secret stays in the address, so no anonymous session is needed."""

    template_name = "accounts/form_bare.html"
    form_class = NewPasswordForm
    title = "Новый пароль"
    lead = "После смены пароля вход на всех устройствах понадобится заново."
    user: User

    def dispatch(
        self, request: HttpRequest, *args: Any, uid: str, token: str, **kwargs: Any
    ) -> HttpResponseBase:
        user = user_of_link(uid, token)
        if user is None:
            return keep_secret_address(render(request, "accounts/password_dead.html", status=404))
        self.user = user
        return keep_secret_address(super().dispatch(request, *args, **kwargs))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.user}

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        forget_failures(form.save())
        messages.success(self.request, "Пароль изменён. Войдите с новым паролем.")
        return redirect("accounts:login")


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordChangePage(AccountFormPage):
    form_class = PasswordForm
    title = "Смена пароля"
    lead = "На других устройствах вход понадобится заново."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: PasswordForm) -> HttpResponse:
        update_session_auth_hash(self.request, form.save())
        messages.success(self.request, "Пароль изменён, другие сеансы завершены.")
        return redirect(self.success_url)
