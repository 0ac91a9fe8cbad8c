"""Who signs a plan on a day."""

import datetime

from apps.core.access import Conflict
from apps.papers.signatories import Signatory, director_signatory, head_signatory
from apps.planning.enums import PlanOwner
from apps.planning.models import Plan


def signatory_of(plan: Plan, on: datetime.date) -> Signatory:
    """ИМО's plan is signed by its head or who acts for him, the department's by the head of the department.

    Raises `Conflict` when nobody holds the place on the day.
    """
    if plan.owner == PlanOwner.IMO:
        return head_signatory(on)
    signatory = director_signatory(on)
    if signatory is None:
        raise Conflict("Руководитель департамента в портале не назначен: подписать план некому.")
    return signatory
