"""Invitations as the staff sees them: the list, one of them, making, printing and mailing."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from apps.accounts import actions, permissions
from apps.accounts.columns import INVITATION_COLUMNS
from apps.accounts.filters import InvitationFilter
from apps.accounts.forms import InvitationForm
from apps.accounts.links import invitation_path
from apps.accounts.models import Invitation
from apps.accounts.pdf import invitation_sheets
from apps.accounts.queries import organizations_without_representative
from apps.core.access import Conflict, found, require
from apps.core.lists import ListPage
from apps.core.mail import absolute
from apps.core.pages import DetailPage, FormPage
from apps.core.pdf import PDF_TYPE
from apps.core.qr import qr_svg
from apps.core.roles import Role

# A sheet a page: more at once would keep the browser waiting; the next press takes the next ones.
SHEETS_AT_ONCE = 60
MAY_NOT_INVITE = "Приглашать пользователей могут методист, заведующий и администратор."
LIST = reverse_lazy("accounts:invitation-list")


def given_out(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """After an invitation is made: its letter is queued, or its link is shown, this once."""
    after = "accounts:invitation-list" if permissions.can_invite(request.user) else "accounts:account"
    if invitation.email:
        actions.mail_invitations(invitations=[invitation])
        messages.success(request, f"Письмо с приглашением отправляется на адрес {invitation.email}.")
        return redirect(after)
    return link_page(request, invitation, token, back=reverse(after))


def link_page(request: HttpRequest, invitation: Invitation, token: str, *, back: str) -> HttpResponse:
    link = absolute(invitation_path(token))
    qr = qr_svg(link, size_mm=40, label="Ссылка приглашения для телефона")
    context = {"invitation": invitation, "link": link, "qr": qr, "back": back}
    return render(request, "accounts/invitation_made.html", context)


class InvitationList(ListPage):
    template_name = "accounts/invitation_list.html"
    reads_personal_data = True
    queryset = Invitation.objects.select_related("organization", "invited_by", "accepted_by")
    columns = INVITATION_COLUMNS
    filterset_class = InvitationFilter
    search = ("organization__short_name", "email", "invited_by__last_name")
    order = "-created"
    title = "Приглашения"
    lead = "Кого и на какую роль пригласили на портал и кто уже принял приглашение."
    forms = "приглашение,приглашения,приглашений"
    empty_title = "Приглашений пока нет"
    empty_text = "Пригласите ответственных от организаций: они заведут учётные записи сами."
    refusal = MAY_NOT_INVITE

    def is_allowed(self) -> bool:
        return permissions.can_see_invitations(self.request.user)


class InvitationPage(DetailPage):
    template_name = "accounts/invitation.html"
    reads_personal_data = True
    queryset = Invitation.objects.select_related("organization", "invited_by", "accepted_by")
    refusal = MAY_NOT_INVITE

    def is_allowed(self) -> bool:
        return permissions.can_see_invitations(self.request.user, self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by, is_waiting = self.request.user, self.object.is_waiting
        return super().get_context_data(
            title=str(self.object),
            breadcrumbs=[("Приглашения", LIST)],
            may_revoke=is_waiting and permissions.can_revoke_invitation(by, self.object),
            may_reissue=is_waiting and permissions.can_reissue_invitation(by, self.object),
            **kwargs,
        )


class InvitationCreatePage(FormPage):
    form_class = InvitationForm
    title = "Новое приглашение"
    lead = "Приглашённый сам заведёт учётную запись по одноразовой ссылке и получит указанную роль."
    button = "Пригласить"
    cancel_url = LIST

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(permissions.can_invite(request.user), MAY_NOT_INVITE)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(breadcrumbs=[("Приглашения", LIST)], **kwargs)

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
    return redirect("accounts:invitation-detail", pk=pk)


@require_POST
def invitation_reissue(request: HttpRequest, pk: Any) -> HttpResponse:
    """A lost link: a new one is shown, the old one stops working."""
    invitation = found(Invitation.objects.visible_to(request.user).select_related("organization"), pk=pk)
    back = reverse("accounts:invitation-detail", args=[pk])
    try:
        token = actions.reissue_invitation(by=request.user, invitation=invitation)
        return link_page(request, invitation, token, back=back)
    except Conflict as conflict:
        messages.error(request, conflict.told)
        return redirect(back)


class BulkPage(TemplateView):
    """Invitations for every organisation nobody answers for: printed as sheets, or mailed."""

    template_name = "accounts/invitation_bulk.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(permissions.can_invite(request.user, Role.REPRESENTATIVE), MAY_NOT_INVITE)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organizations = list(organizations_without_representative(self.request.user))
        return super().get_context_data(
            title="Приглашения организациям",
            lead="Одноразовые приглашения ответственным от организаций: на бумаге или письмами.",
            breadcrumbs=[("Приглашения", LIST)],
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

    def mail(self, organizations: QuerySet) -> HttpResponse:
        with transaction.atomic():
            made = actions.invite_organizations(by=self.request.user, organizations=organizations)
            sent = actions.mail_invitations(invitations=[invitation for invitation, _ in made])
        messages.success(self.request, f"Отправляется писем: {sent}.")
        return redirect("accounts:invitation-list")

    def print(self, organizations: QuerySet) -> HttpResponse:
        """The sheets are rendered within the transaction: a failed print leaves no useless invitation."""
        with transaction.atomic():
            made = actions.invite_organizations(by=self.request.user, organizations=organizations)
            if not made:
                messages.info(self.request, "У всех организаций уже есть ответственный или приглашение.")
                return redirect("accounts:invitation-bulk")
            content = invitation_sheets(made)
        name = f"invitations-{timezone.localdate():%Y-%m-%d}.pdf"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(content, content_type=PDF_TYPE, headers=headers)
