"""What personal links lead to; a link that leads nowhere is None."""

from apps.accounts.links import token_hash
from apps.monitoring.models import Part, PhoneCall


def part_of(token: str) -> Part | None:
    """The part in force behind a colleague's link."""
    return (
        Part.objects.in_force()
        .select_related("response__campaign", "response__organization", "created_by")
        .filter(token_hash=token_hash(token))
        .first()
    )


def call_of(token: str) -> PhoneCall | None:
    """The call behind a head's link, once its response is sent."""
    return (
        PhoneCall.objects.select_related("response__campaign", "response__organization", "entered_by")
        .filter(token_hash=token_hash(token), sent_at__isnull=False)
        .first()
    )
