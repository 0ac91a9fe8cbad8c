"""How the portal itself is: asked by whatever watches over the service, answered without signing in."""

from dataclasses import dataclass

from django.db.models import Count, F, Min
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

# A worker takes what is due within seconds; a job that waits this long says that no worker is at work.
STALLED_SECONDS = 900


@dataclass(frozen=True)
class QueueHealth:
    """Jobs that are due and not taken yet, and for how many seconds the oldest of them has been."""

    waiting: int
    oldest_seconds: int

    @property
    def is_stalled(self) -> bool:
        return self.oldest_seconds > STALLED_SECONDS


def queue_health() -> QueueHealth:
    """Two aggregates over the queue's tables. Raises `DatabaseError` while they can't be asked."""
    due = ProcrastinateJob.objects.filter(status="todo").annotate(due_at=Coalesce("scheduled_at", Now()))
    due = due.filter(due_at__lte=Now())
    asked = ProcrastinateEvent.objects.filter(job__in=due, type="deferred").aggregate(
        waiting=Count("job"), oldest=Min(Coalesce(F("job__scheduled_at"), F("at")))
    )
    oldest = asked["oldest"]
    seconds = (timezone.now() - oldest).total_seconds() if oldest else 0
    return QueueHealth(waiting=asked["waiting"], oldest_seconds=max(0, int(seconds)))
