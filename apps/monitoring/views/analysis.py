"""Analysis of a campaign: tables by groups, ranking, kept questions, pages of the report."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from apps.core import journal
from apps.core.access import Conflict, found
from apps.core.enums import Verb
from apps.core.exports import xlsx_response
from apps.monitoring.actions import analyses as acts
from apps.monitoring.analysis.blocks import Analysis, analysis_of, chart_of, sheet_of, table_of
from apps.monitoring.analysis.forms import AnalysisForm
from apps.monitoring.analysis.spec import Wish
from apps.monitoring.compiled import compiled_for
from apps.monitoring.grids import figures_by_table
from apps.monitoring.models import SavedAnalysis
from apps.monitoring.views.campaigns import CampaignPage, own_campaign
from apps.monitoring.views.responses.common import posted_text

UNNAMED = "Анализ показателей"


class AnalysisPage(CampaignPage, TemplateView):
    """The whole question stands in the address: a page can be sent to a colleague or kept by name."""

    template_name = "monitoring/campaign_analysis.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        compiled = compiled_for(self.campaign.version_id)
        self.form = AnalysisForm(request.GET or None, indicators=figures_by_table(compiled))
        self.analysis = None
        is_wrong = self.form.is_bound and not self.form.is_valid()
        if self.form.is_bound and not is_wrong and self.form.cleaned_data["indicators"]:
            self.analysis = analysis_of(self.campaign, UNNAMED, Wish.of(request.GET, compiled))
            if request.GET.get("format") == "xlsx":
                journal.record(by=request.user, verb=Verb.EXPORTED, subject=self.campaign)
                return xlsx_response(f"Анализ {self.campaign.title}", [sheet_of(self.analysis)])
        answer = super().get(request, *args, **kwargs)
        answer.status_code = 422 if is_wrong else 200
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        analysis = self.analysis
        query = analysis.wish.as_query() if analysis else {}
        return super().get_context_data(
            lead="Показатели по группам организаций и за несколько периодов; рейтинг.",
            form=self.form,
            analysis=analysis,
            table=table_of(analysis) if analysis else None,
            chart=chart_of(analysis) if analysis else None,
            weights=_weights(analysis) if analysis else [],
            query=[(name, one) for name, value in query.items() for one in _listed(value)],
            export_url=f"?{urlencode({**query, 'format': 'xlsx'}, doseq=True)}",
            kept=[(one, page_of(one)) for one in self._kept()],
            **kwargs,
        )

    def _kept(self) -> Any:
        return SavedAnalysis.objects.visible_to(self.request.user).filter(campaign=self.campaign)


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _weights(analysis: Analysis) -> list[tuple[str, str, str, bool]]:
    """(address, words, weight as typed, less is better) of each indicator of a ranking."""
    if analysis.ranking is None:
        return []
    wish = analysis.wish
    return [
        (one, words, f"{wish.weights[one].normalize():f}".replace(".", ","), one in wish.less_is_better)
        for one, words in analysis.titles.items()
    ]


def page_of(kept: SavedAnalysis) -> str:
    base = reverse("monitoring:campaign-analysis", args=[kept.campaign_id])
    return f"{base}?{urlencode(kept.wish, doseq=True)}"


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the question the form carries along, under the typed name."""
    campaign = own_campaign(request, pk)
    wish = Wish.of(request.POST, compiled_for(campaign.version_id))
    try:
        kept = acts.save_analysis(
            campaign=campaign, title=posted_text(request, "title"), wish=wish, by=request.user
        )
    except Conflict as conflict:
        messages.error(request, conflict.told)
        address = reverse("monitoring:campaign-analysis", args=[pk])
        return redirect(f"{address}?{urlencode(wish.as_query(), doseq=True)}")
    messages.success(request, f"Анализ «{kept.title}» сохранён.")
    return redirect(page_of(kept))


def _acted(request: HttpRequest, pk: int, act: Callable[..., Any], told: str, **said: Any) -> HttpResponse:
    kept = found(SavedAnalysis.objects.visible_to(request.user).select_related("campaign"), pk=pk)
    try:
        act(analysis=kept, by=request.user, **said)
    except Conflict as conflict:
        messages.error(request, conflict.told)
    else:
        messages.success(request, told)
    return redirect("monitoring:campaign-analysis", pk=kept.campaign_id)


@require_POST
def put_in_report(request: HttpRequest, pk: int) -> HttpResponse:
    return _acted(request, pk, acts.put_in_report, "Анализ стал страницей отчёта.", is_in=True)


@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    return _acted(request, pk, acts.put_in_report, "Анализ убран из отчёта.", is_in=False)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    return _acted(request, pk, acts.delete_analysis, "Анализ удалён.")
