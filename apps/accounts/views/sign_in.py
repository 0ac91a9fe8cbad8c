"""Signing in and out."""

from typing import Any

import django_otp
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from apps.accounts.forms import CodeForm, SignInForm
from apps.accounts.models import User
from apps.accounts.sessions import (
    await_second_factor,
    awaited_user,
    count_wrong_code,
    enter,
    is_locked_out,
    leave,
    record_failure,
    safe_next,
)
from apps.core.pages import FormPage

WRONG = "Неверное имя для входа или пароль."
WRONG_CODE = "Код не подошёл. После нескольких неудач подождите минуту."


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("password")], name="dispatch")
class SignInPage(FormPage):
    template_name = "accounts/login.html"
    form_class = SignInForm
    title = "Вход"
    button = "Войти"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            return redirect(safe_next(request))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        user = authenticate(self.request, **form.cleaned_data)
        if user is None:
            return self._refused(form)
        target = safe_next(self.request)
        if django_otp.user_has_device(user):
            await_second_factor(self.request, user)
            return redirect(f"{reverse('accounts:login-code')}?{urlencode({'next': target})}")
        enter(self.request, user)
        return redirect(target)

    def _refused(self, form: SignInForm) -> HttpResponse:
        record_failure(self.request, form.cleaned_data["username"])
        form.add_error(None, WRONG)
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(next=safe_next(self.request, ""), **kwargs)


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("otp_token")], name="dispatch")
class CodePage(FormPage):
    """The second step for those who have switched the second factor on."""

    template_name = "accounts/login_code.html"
    form_class = CodeForm
    title = "Второй фактор"
    lead = "Откройте приложение с кодами на телефоне."
    button = "Войти"
    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        user = awaited_user(request)
        if user is None:
            return redirect("accounts:login")
        self.user = user
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: CodeForm) -> HttpResponse:
        if is_locked_out(self.request, self.user):
            return self.form_invalid(form)  # the middleware of django-axes puts its page in this place
        device = django_otp.match_token(self.user, form.cleaned_data["otp_token"])
        if device is None:
            count_wrong_code(self.request, self.user)
            form.add_error("otp_token", WRONG_CODE)
            return self.form_invalid(form)
        enter(self.request, self.user, device=device)
        return redirect(safe_next(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(next=safe_next(self.request, ""), **kwargs)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        leave(request)
    return redirect("accounts:login")
