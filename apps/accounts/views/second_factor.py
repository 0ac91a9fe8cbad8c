"""Switching the second factor on and off."""

from base64 import b32encode
from collections.abc import Callable
from typing import Any

import django_otp
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from apps.accounts import actions
from apps.accounts.forms import ConfirmForm, FirstCodeForm
from apps.accounts.sessions import confirms
from apps.core.access import Conflict
from apps.core.qr import qr_svg

STEPS = ("start", "confirm", "codes", "off")
WRONG_CODE = (
    "Код не подошёл. Проверьте, верно ли идут часы на телефоне. После нескольких неудач подождите минуту."
)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class SecondFactorPage(View):
    """One page with the steps as its buttons: connect, confirm by the first code, new backup codes, off."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest) -> HttpResponse:
        step = request.POST.get("step")
        if step not in STEPS:
            return self.page(status=422)
        try:
            return getattr(self, step)()
        except Conflict as conflict:
            return self.page(status=409, fault=conflict.told)

    def start(self) -> HttpResponse:
        return self.with_password(lambda: actions.start_second_factor(by=self.request.user))

    def confirm(self) -> HttpResponse:
        device, form = self.unconfirmed(), FirstCodeForm(self.request.POST)
        if device is None or not form.is_valid():
            return self.page(code_form=form, status=422)
        codes = actions.confirm_second_factor(
            by=self.request.user, device=device, code=form.cleaned_data["otp_token"]
        )
        if codes is None:
            form.add_error("otp_token", WRONG_CODE)
            return self.page(code_form=form, status=422)
        update_session_auth_hash(self.request, self.request.user)
        django_otp.login(self.request, TOTPDevice.objects.get(pk=device.pk))
        return self.show_codes(codes)

    def codes(self) -> HttpResponse:
        form = self.password_form()
        if not confirms(self.request, form):
            return self.page(form=form, status=422)
        return self.show_codes(actions.renew_backup_codes(by=self.request.user))

    def off(self) -> HttpResponse:
        def switch_off() -> None:
            actions.drop_second_factor(by=self.request.user, user=self.request.user)
            messages.success(self.request, "Второй фактор отключён.")

        return self.with_password(switch_off)

    def with_password(self, act: Callable[[], Any]) -> HttpResponse:
        form = self.password_form()
        if not confirms(self.request, form):
            return self.page(form=form, status=422)
        act()
        return redirect("accounts:second-factor")

    def password_form(self) -> ConfirmForm:
        return ConfirmForm(self.request.POST, user=self.request.user)

    def unconfirmed(self) -> TOTPDevice | None:
        return TOTPDevice.objects.filter(user=self.request.user, confirmed=False).first()

    def show_codes(self, codes: list[str]) -> HttpResponse:
        return render(self.request, "accounts/backup_codes.html", {"codes": codes})

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        user = self.request.user
        is_on = TOTPDevice.objects.filter(user=user, confirmed=True).exists()
        device = None if is_on else self.unconfirmed()
        values = {
            "title": "Второй фактор",
            "lead": "Второй замок на вашей учётной записи.",
            "breadcrumbs": [("Учётная запись", reverse("accounts:account"))],
            "is_on": is_on,
            "device": device,
            "form": ConfirmForm(user=user),
            "code_form": FirstCodeForm(),
            "codes_left": StaticToken.objects.filter(device__user=user).count(),
        }
        if device is not None:
            values |= {
                "qr": qr_svg(device.config_url, size_mm=45, label="Ключ для приложения с кодами"),
                "secret": spelled(device),
            }
        return render(self.request, "accounts/second_factor.html", {**values, **context}, status=status)


def spelled(device: TOTPDevice) -> str:
    """The secret as applications take it by hand: base32 in groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))
