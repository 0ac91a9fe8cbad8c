from apps.planning.models.editions import Amendment, AmendmentLine, Edition
from apps.planning.models.feeds import Feed
from apps.planning.models.items import Holding, PlanItem
from apps.planning.models.plans import Plan, Programme

__all__ = ["Amendment", "AmendmentLine", "Edition", "Feed", "Holding", "Plan", "PlanItem", "Programme"]
