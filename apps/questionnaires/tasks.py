"""Letters with personal links. The link is made here, at the moment of sending: the queue holds no secret."""

from django.urls import reverse
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from apps.core.mail import absolute, send_letter
from apps.questionnaires.actions.invitees import new_link_token
from apps.questionnaires.models import Invitee

RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)


@app.task(name="questionnaires.mail_personal_link", retry=RETRY)
def mail_personal_link(*, invitee_id: str) -> None:
    """The link to who has not answered yet, while the questionnaire is open."""
    waiting = Invitee.objects.select_related("questionnaire").filter(pk=invitee_id, has_answered=False)
    for one in waiting:
        if not one.questionnaire.is_answered_today:
            continue
        link = absolute(reverse("questionnaires:answer-by-letter", args=[new_link_token(one)]))
        send_letter(
            to=one.email,
            subject=f"Анкета «{one.questionnaire.title}»",
            template="questionnaires/mail/personal",
            context={"questionnaire": one.questionnaire, "link": link},
        )
