"""Printed invitations: a sheet for each organisation."""

from collections.abc import Iterable

from apps.accounts.links import invitation_path
from apps.accounts.models import Invitation
from apps.core.mail import absolute
from apps.core.pdf import render_pdf
from apps.core.qr import qr_svg


def invitation_sheets(made: Iterable[tuple[Invitation, str]]) -> bytes:
    """One page for each invitation with its link and QR; the tokens stand nowhere else."""
    sheets = [
        {"invitation": invitation, "link": link, "qr": qr_svg(link, size_mm=45, label="Ссылка приглашения")}
        for invitation, link in ((one, absolute(invitation_path(token))) for one, token in made)
    ]
    return render_pdf("accounts/pdf/invitations.html", {"sheets": sheets}, title="Приглашения на портал ИМО")
