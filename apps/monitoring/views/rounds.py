"""Loading of an earlier round from a table."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from apps.core.access import Conflict, require
from apps.core.exports import Sheet, xlsx_response
from apps.core.pages import FormPage
from apps.core.spreadsheets import SpreadsheetRefused, read_spreadsheet
from apps.monitoring.actions.rounds import load_round
from apps.monitoring.compiled import compiled_for
from apps.monitoring.forms import EarlierRoundForm
from apps.monitoring.grids import titles_of
from apps.monitoring.imports import read_round
from apps.monitoring.permissions import can_run_campaigns
from apps.monitoring.views.campaigns import NO_RIGHT, CampaignPage, own_campaign
from apps.organizations.models import Organization


class EarlierRound(CampaignPage, FormPage):
    form_class = EarlierRoundForm
    button = "Загрузить"
    lead = (
        "Скачайте заготовку, перенесите в неё данные прошлого периода и загрузите обратно. "
        "Портал покажет сразу все ошибки; пока они есть, ничего не записывается."
    )
    template_name = "monitoring/campaign_earlier.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        require(can_run_campaigns(self.request.user), NO_RIGHT)
        return super().get_form_kwargs()

    def form_valid(self, form: EarlierRoundForm) -> HttpResponse:
        try:
            sheet = read_spreadsheet(form.cleaned_data["file"])[0]
        except SpreadsheetRefused as refused:
            form.add_error("file", refused.told)
            return self.form_invalid(form)
        compiled = compiled_for(self.campaign.version_id)
        loaded = read_round(sheet, compiled, list(Organization.objects.visible_to(self.request.user)))
        if loaded.faults:
            form.add_error("file", f"Файл не загружен, ошибок: {len(loaded.faults)}.")
            context = self.get_context_data(form=form, faults=loaded.faults)
            return self.render_to_response(context, status=422)
        return self._written(form, loaded.values)

    def _written(self, form: EarlierRoundForm, values: dict[int, dict[str, str]]) -> HttpResponse:
        start = form.first_day(self.campaign.period_kind)
        try:
            campaign = load_round(
                campaign=self.campaign, period_start=start, values=values, by=self.request.user
            )
        except Conflict as conflict:
            form.add_error("period_start", conflict.told)
            return self.form_invalid(form)
        messages.success(self.request, f"Загружено организаций: {len(values)}.")
        return redirect("monitoring:campaign-summary", pk=campaign.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        texts = {"faults": [], "title": f"Прошлый период: {self.campaign.title}", "lead": self.lead}
        return super().get_context_data(**{**texts, **kwargs})


@require_GET
def earlier_blank(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The blank of the table: addresses, their words, the organisations of the campaign."""
    campaign = own_campaign(request, pk)
    require(can_run_campaigns(request.user), NO_RIGHT)
    compiled = compiled_for(campaign.version_id)
    titles = titles_of(compiled)
    typed = [at for at, cell in compiled.cells.items() if not cell.is_x and cell.computed is None]
    names = campaign.responses.order_by("organization__short_name").values_list(
        "organization__short_name", flat=True
    )
    rows = [["", *(titles.get(at, at) for at in typed)], *([name] for name in names)]
    return xlsx_response("Прошлый период", [Sheet("Данные", ["Организация", *typed], rows)])
