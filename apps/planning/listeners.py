"""What planning does when something below is finished or revoked."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.dispatch import receiver

from apps.core.access import Conflict
from apps.papers.models import Paper
from apps.papers.signals import paper_revoked
from apps.planning.actions.closing import close_items_of
from apps.planning.models import Edition
from apps.planning.queries import approved_edition
from apps.workflow.signals import finished

STANDS = (
    "По этому документу работают: утверждённый план не отзывают. "
    "Измените его поправкой, утверждение которой заменит документ."
)


@receiver(finished)
def close_linked_items(
    sender: Any, subject: Model, by: Any, at: datetime.datetime, paper: Paper | None = None, **kwargs: Any
) -> None:
    """Events linked to the finished work are done by it."""
    with transaction.atomic():
        close_items_of(subject=subject, by=by, at=at, paper=paper)


@receiver(paper_revoked)
def keep_plan_in_force(sender: Any, paper: Paper, **kwargs: Any) -> None:
    """The paper of the text in force is replaced by an amendment's, never taken away from under the plan."""
    edition = Edition.objects.approved().filter(paper=paper).select_related("plan").first()
    if edition is not None and approved_edition(edition.plan) == edition:
        raise Conflict(STANDS)
