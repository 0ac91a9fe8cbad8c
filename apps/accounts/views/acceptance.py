"""The public page that accepts an invitation, and a representative's handing over of his place."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from apps.accounts import actions
from apps.accounts.forms import HandOverForm, RegisterForm
from apps.accounts.links import invitation_path
from apps.accounts.models import Invitation, RoleGrant
from apps.accounts.queries import usable_invitation
from apps.accounts.sessions import enter
from apps.accounts.views.base import AccountFormPage, keep_secret_address
from apps.accounts.views.invitations import given_out
from apps.core.access import Conflict, found
from apps.core.pages import FormPage
from apps.core.roles import Role


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class AcceptPage(FormPage):
    """Public. A link unknown, used, revoked or too old, or whose sender lost his right: all look alike."""

    template_name = "accounts/invitation_accept.html"
    form_class = RegisterForm
    title = "Приглашение"
    invitation: Invitation
    token: str

    def dispatch(self, request: HttpRequest, *args: Any, token: str, **kwargs: Any) -> HttpResponseBase:
        invitation = usable_invitation(token)
        if invitation is None:
            return keep_secret_address(render(request, "accounts/invitation_dead.html", status=404))
        self.invitation, self.token = invitation, token
        return keep_secret_address(super().dispatch(request, *args, **kwargs))

    def get_initial(self) -> dict[str, Any]:
        return {"email": self.invitation.email}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        login = f"{reverse('accounts:login')}?{urlencode({'next': invitation_path(self.token)})}"
        return super().get_context_data(invitation=self.invitation, login_link=login, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return super().post(request, *args, **kwargs)
        try:
            actions.accept_invitation(by=request.user, token=self.token)
        except Conflict as conflict:
            return self.refused(conflict)
        return self.welcome()

    def form_valid(self, form: RegisterForm) -> HttpResponse:
        try:
            user = actions.register_invited(
                token=self.token, password=form.cleaned_data["password1"], **form.details
            )
        except Conflict as conflict:
            return self.refused(conflict)
        enter(self.request, user)
        return self.welcome()

    def refused(self, conflict: Conflict) -> HttpResponse:
        return self.render_to_response(self.get_context_data(fault=conflict.told), status=409)

    def welcome(self) -> HttpResponse:
        messages.success(self.request, "Приглашение принято.")
        return redirect("/")


class HandOverPage(AccountFormPage):
    """«Передать место преемнику»: the representative's own right ends when the successor accepts."""

    form_class = HandOverForm
    title = "Передать место преемнику"
    button = "Передать место"
    grant: RoleGrant

    def dispatch(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponseBase:
        own = RoleGrant.objects.in_force().filter(user=request.user, role=Role.REPRESENTATIVE)
        self.grant = found(own.select_related("organization"), pk=pk)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lead = (
            f"Преемник станет ответственным от организации «{self.grant.organization}», "
            "как только примет приглашение. С этого дня ваше право заканчивается."
        )
        return super().get_context_data(lead=lead, **kwargs)

    def form_valid(self, form: HandOverForm) -> HttpResponse:
        try:
            return self.hand_over(form.cleaned_data["email"])
        except Conflict as conflict:
            form.add_error(None, conflict.told)
            return self.form_invalid(form)

    def hand_over(self, email: str) -> HttpResponse:
        with transaction.atomic():
            invitation, token = actions.hand_over(by=self.request.user, grant=self.grant, email=email)
            return given_out(self.request, invitation, token)
