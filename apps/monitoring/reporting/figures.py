"""What a report is made of, as plain values: taken once, printed, and frozen when it is approved."""

from dataclasses import dataclass, field
from decimal import Decimal

from apps.monitoring.analysis.blocks import Analysis, analysis_of
from apps.monitoring.analysis.spec import Wish
from apps.monitoring.compiled import compiled_for
from apps.monitoring.models import Campaign, Explanation, MonitoringReport, SavedAnalysis
from apps.monitoring.summaries.behind import Behind, behind
from apps.monitoring.summaries.panel import Panel, panel_of
from apps.monitoring.summaries.rollups import ALL, rollup_of, slice_title
from apps.monitoring.summaries.summary import Coverage, Round, Summary, coverage_of, rounds_of, summary_of

ROUNDS = 2


@dataclass(frozen=True)
class Group:
    """Organisations of one kind or level in the summary."""

    title: str
    organizations: int


@dataclass(frozen=True)
class Figures:
    campaign: Campaign
    coverage: Coverage
    summary: Summary | None
    rounds: list[Round]
    panel: Panel | None
    groups: list[Group]
    indicators: dict[str, list[Behind]] = field(default_factory=dict)
    explanations: list[Explanation] = field(default_factory=list)
    analyses: list[Analysis] = field(default_factory=list)

    @property
    def is_uneven(self) -> bool:
        """Whether the rounds rest on different organisations, so that not every change is a real one."""
        if self.panel is None:
            return bool(self.rounds)
        sizes = {self.coverage.included, *(one.organizations for one in self.rounds)}
        return sizes != {self.panel.organizations}

    def frozen(self) -> dict:
        """The figures as JSON: what was printed can be explained years later."""
        values = self.summary.values if self.summary else {}
        analyses = [one.frozen() for one in self.analyses]
        return {
            "asked": self.coverage.asked,
            "included": self.coverage.included,
            "late": [one.organization.short_name for one in self.coverage.late],
            "missing": [one.organization.short_name for one in self.coverage.missing + self.coverage.waiting],
            "values": {address: f"{value:f}" for address, value in values.items()},
            "compared": self._compared(),
            "revision": self.campaign.revision,
        } | ({"analyses": analyses} if analyses else {})

    def _compared(self) -> list[dict]:
        """The rounds over the same organisations, the latest first, where the report prints them."""
        if self.panel is None or not self.is_uneven:
            return []
        both = [(self.campaign, self.panel.summary.values)]
        both += [(one.campaign, one.values) for one in self.panel.rounds]
        return [
            {
                "period": campaign.period_title,
                "organizations": self.panel.organizations,
                "values": {at: f"{values[at]:f}" for at in self.indicators if at in values},
            }
            for campaign, values in both
        ]


def figures_of(report: MonitoringReport) -> Figures:
    """Gathers the figures of the accepted responses, as they are now."""
    campaign = report.campaign
    slices = rollup_of(campaign)
    explanations = (
        Explanation.objects.filter(response__campaign=campaign, response__state="accepted")
        .select_related("response__organization")
        .order_by("response__organization__short_name", "pk")
    )
    return Figures(
        campaign=campaign,
        coverage=coverage_of(campaign),
        summary=summary_of(campaign),
        rounds=rounds_of(campaign, limit=ROUNDS),
        panel=panel_of(campaign, limit=ROUNDS) if report.indicators else None,
        groups=[
            Group(slice_title(key), one.organizations) for key, one in sorted(slices.items()) if key != ALL
        ],
        indicators={address: behind(campaign, address) for address in report.indicators},
        explanations=list(explanations),
        analyses=_analyses(campaign),
    )


def _analyses(campaign: Campaign) -> list[Analysis]:
    """The kept ones that are pages of the report, in the order they were made."""
    kept = SavedAnalysis.objects.filter(campaign=campaign, in_report=True).order_by("pk")
    compiled = compiled_for(campaign.version_id)
    return [analysis_of(campaign, one.title, Wish.from_json(one.wish, compiled)) for one in kept]


def share(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """Per cent of the whole; None where there is nothing to divide."""
    return Decimal(part) * 100 / Decimal(whole) if whole else None
