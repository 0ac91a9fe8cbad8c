"""Letters of accounts. Links are made here, at the moment of sending: the queue holds no secret."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from apps.accounts.actions import new_token
from apps.accounts.backends import may_sign_in
from apps.accounts.links import invitation_path
from apps.accounts.models import Invitation, User
from apps.accounts.tokens import password_path
from apps.core.mail import absolute, send_letter

RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)


@app.task(name="accounts.mail_password_link", retry=RETRY)
def mail_password_link(*, user_id: int | None) -> None:
    """A link for a new password to a user who has an address; None is the request of an unknown name."""
    user = User.objects.filter(pk=user_id).exclude(email="").first()
    if user is None or not may_sign_in(user):
        return
    send_letter(
        to=user.email,
        subject="Новый пароль на портале ИМО",
        template="accounts/mail/password",
        context={"user": user, "link": absolute(password_path(user))},
        recipient_id=user.pk,
    )


@app.task(name="accounts.mail_invitation", retry=RETRY)
def mail_invitation(*, invitation_id: str) -> None:
    """The invitation by letter, with a fresh link; one used or revoked meanwhile is not sent."""
    invitation = (
        Invitation.objects.waiting().select_related("organization", "invited_by").filter(pk=invitation_id)
    )
    for one in invitation.exclude(email=""):
        send_letter(
            to=one.email,
            subject="Приглашение на портал ИМО",
            template="accounts/mail/invitation",
            context={
                "invitation": one,
                "link": absolute(invitation_path(new_token(one))),
                "until": timezone.localtime(one.expires_at),
            },
        )
