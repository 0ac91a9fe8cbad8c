"""Invitations: the list, making, printing and mailing them, and the public page that accepts one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from apps.accounts import actions, permissions
from apps.accounts.forms import HandOverForm, InvitationForm, RegisterForm
from apps.accounts.links import invitation_path
from apps.accounts.models import Invitation, RoleGrant
from apps.accounts.pdf import invitation_sheets
from apps.accounts.queries import organizations_without_representative, usable_invitation
from apps.accounts.sessions import enter
from apps.accounts.views.base import FormPage, keep_secret_address
from apps.core.access import Conflict, found, require
from apps.core.mail import absolute
from apps.core.qr import qr_svg
from apps.core.roles import Role

# A sheet a page: more at once would keep the browser waiting; the next press takes the next ones.
SHEETS_AT_ONCE = 100
MAY_NOT_INVITE = "Приглашать пользователей могут методист, заведующий и администратор."


def given_out(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """After an invitation is made: its letter is queued, or its link is shown, this once."""
    if invitation.email:
        actions.mail_invitations(invitations=[invitation])
        messages.success(request, f"Письмо с приглашением отправляется на адрес {invitation.email}.")
        return redirect(
            "accounts:invitation-list" if permissions.can_invite(request.user) else "accounts:account"
        )
    link = absolute(invitation_path(token))
    context = {"invitation": invitation, "link": link, "qr": qr_svg(link)}
    return render(request, "accounts/invitation_made.html", context)


class InvitationList(TemplateView):
    template_name = "accounts/invitation_list.html"


class InvitationCreatePage(FormPage):
    form_class = InvitationForm
    title = "Новое приглашение"
    lead = "Приглашённый сам заведёт учётную запись по одноразовой ссылке и получит указанную роль."
    button = "Пригласить"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require(permissions.can_invite(request.user), MAY_NOT_INVITE)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def form_valid(self, form: InvitationForm) -> HttpResponse:
        with transaction.atomic():
            invitation, token = actions.invite(by=self.request.user, **form.cleaned_data)
            return given_out(self.request, invitation, token)


@require_POST
def invitation_revoke(request: HttpRequest, pk: Any) -> HttpResponse:
    invitation = found(Invitation.objects.visible_to(request.user), pk=pk)
    try:
        actions.revoke_invitation(by=request.user, invitation=invitation)
        messages.success(request, "Приглашение отозвано, ссылка больше не действует.")
    except Conflict as conflict:
        messages.error(request, conflict.told)
    return redirect("accounts:invitation-list")


class BulkPage(TemplateView):
    """Invitations for every organisation nobody answers for: printed as sheets, or mailed."""

    template_name = "accounts/invitation_bulk.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require(permissions.can_invite(request.user, Role.REPRESENTATIVE), MAY_NOT_INVITE)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organizations = organizations_without_representative(self.request.user)
        return super().get_context_data(
            organizations=organizations,
            count=len(organizations),
            mailable=sum(1 for one in organizations if one.email),
            at_once=SHEETS_AT_ONCE,
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        organizations = organizations_without_representative(request.user)
        if request.POST.get("how") == "mail":
            return self.mail(organizations.exclude(email=""))
        return self.print(organizations[:SHEETS_AT_ONCE])

    def mail(self, organizations: Any) -> HttpResponse:
        with transaction.atomic():
            made = actions.invite_organizations(by=self.request.user, organizations=organizations)
            sent = actions.mail_invitations(invitations=[invitation for invitation, _ in made])
        messages.success(self.request, f"Отправляется писем: {sent}.")
        return redirect("accounts:invitation-list")

    def print(self, organizations: Any) -> HttpResponse:
        """The sheets are rendered within the transaction: a failed print leaves no useless invitation."""
        with transaction.atomic():
            made = actions.invite_organizations(by=self.request.user, organizations=organizations)
            if not made:
                messages.info(self.request, "Все организации уже имеют ответственного или приглашение.")
                return redirect("accounts:invitation-bulk")
            content = invitation_sheets(made)
        response = HttpResponse(content, content_type="application/pdf")
        name = f"invitations-{timezone.localdate():%Y-%m-%d}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response


class HandOverPage(FormPage):
    """«Передать место преемнику»: the representative's own right ends when the successor accepts."""

    form_class = HandOverForm
    title = "Передать место преемнику"
    button = "Передать место"
    grant: RoleGrant

    def dispatch(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> Any:
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
        with transaction.atomic():
            invitation, token = actions.hand_over(
                by=self.request.user, grant=self.grant, email=form.cleaned_data["email"]
            )
            return given_out(self.request, invitation, token)


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class AcceptPage(FormPage):
    """Public. A link that is unknown, used, revoked or too old, or whose sender lost his right: all the same."""

    template_name = "accounts/invitation_accept.html"
    form_class = RegisterForm
    title = "Приглашение"
    invitation: Invitation
    token: str

    def dispatch(self, request: HttpRequest, *args: Any, token: str, **kwargs: Any) -> HttpResponse:
        invitation = usable_invitation(token)
        if invitation is None:
            return keep_secret_address(request, render(request, "accounts/invitation_dead.html", status=404))
        self.invitation, self.token = invitation, token
        return keep_secret_address(request, super().dispatch(request, *args, **kwargs))  # type: ignore[arg-type]

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
