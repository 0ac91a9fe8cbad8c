"""Plans on paper: the text as it is approved, months, the report on execution."""

from apps.planning.printing.plans import edition_report, edition_title, plan_report

__all__ = ["edition_report", "edition_title", "plan_report"]
