"""What a report is made of, as plain values: taken once, printed, and frozen when it is approved."""

from dataclasses import dataclass, field
from decimal import Decimal

from apps.monitoring.analysis.blocks import Analysis, analysis_of
from apps.monitoring.analysis.spec import Wish
from apps.monitoring.compiled import compiled_for
from apps.monitoring.models import Campaign, Explanation, MonitoringReport, SavedAnalysis
from apps.monitoring.phoned import calls_of, note_of_summary
from apps.monitoring.summaries.behind import Behind, behind
from apps.monitoring.summaries.moments import Moment, explained_at
from apps.monitoring.summaries.panel import Panel, panel_of
from apps.monitoring.summaries.rollups import ALL, rollup_of, slice_title, states_in
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
    # The end of the past day the figures are of; None where they are of now.
    moment: Moment | None = None
    # Whose figures were told by phone, in one sentence.
    phoned: str = ""
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


def figures_of(report: MonitoringReport, moment: Moment | None = None) -> Figures:
    """Gathers the figures of the accepted responses, as they are now or were at a past moment."""
    campaign = report.campaign
    slices = rollup_of(campaign, moment=moment)
    return Figures(
        campaign=campaign,
        coverage=coverage_of(campaign, moment=moment),
        summary=summary_of(campaign, moment=moment),
        rounds=rounds_of(campaign, limit=ROUNDS, moment=moment),
        panel=panel_of(campaign, limit=ROUNDS, moment=moment) if report.indicators else None,
        groups=[
            Group(slice_title(key), one.organizations) for key, one in sorted(slices.items()) if key != ALL
        ],
        indicators={address: behind(campaign, address, moment=moment) for address in report.indicators},
        explanations=explanations_of(campaign, moment),
        # A kept analysis is always of today.
        analyses=[] if moment else _analyses(campaign),
        moment=moment,
        phoned=note_of_summary(calls_of(campaign, states_in(with_submitted=False), moment=moment)),
    )


def explanations_of(campaign: Campaign, moment: Moment | None = None) -> list[Explanation]:
    """What the organisations in the summary have explained, now or at a past moment, by organisation."""
    if moment is not None:
        return explained_at(campaign, moment)
    rows = Explanation.objects.filter(response__campaign=campaign, response__state="accepted")
    rows = rows.select_related("response__organization")
    return list(rows.order_by("response__organization__short_name", "pk"))


def _analyses(campaign: Campaign) -> list[Analysis]:
    """The kept ones that are pages of the report, in the order they were made."""
    kept = SavedAnalysis.objects.filter(campaign=campaign, in_report=True).order_by("pk")
    compiled = compiled_for(campaign.version_id)
    return [analysis_of(campaign, one.title, Wish.from_json(one.wish, compiled)) for one in kept]


def share(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """Per cent of the whole; None where there is nothing to divide."""
    return Decimal(part) * 100 / Decimal(whole) if whole else None
