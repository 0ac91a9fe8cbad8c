"""Editions of accepted responses: begun and ended by the acts that change what a summary reads."""

import datetime
from typing import Any

from apps.monitoring.models import Amendment, Response, ResponseEdition

KEPT = ("values", "vector", "answers", "kind", "levels", "pupils", "submitted_at", "is_late")
EXPLAINED = ("relation", "instance", "message", "address", "text")


def begin_edition(
    response: Response, *, at: datetime.datetime, amendment: Amendment | None = None
) -> ResponseEdition:
    """What the accepted response is from `at` on; the edition before it ends then.

    Call it inside the transaction of the act, on a locked response.
    """
    end_edition(response, at=at)
    kept: dict[str, Any] = {name: getattr(response, name) for name in KEPT}
    return ResponseEdition.objects.create(
        response=response,
        campaign_id=response.campaign_id,
        organization_id=response.organization_id,
        amendment=amendment,
        valid_from=at,
        explanations=list(response.explanations.order_by("pk").values(*EXPLAINED)),
        **kept,
    )


def end_edition(response: Response, *, at: datetime.datetime) -> None:
    """From `at` on the response is in no summary."""
    response.editions.current().update(valid_to=at)
