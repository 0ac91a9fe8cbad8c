"""The summary of a campaign: tables of the city, what stands behind a figure, exports."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from apps.core import journal
from apps.core.charts import Chart, Series
from apps.core.enums import Verb
from apps.core.exports import Sheet, xlsx_response
from apps.core.russian import DASH, difference, number, percent
from apps.monitoring.compiled import compiled_for
from apps.monitoring.definition import CompiledForm, Question, Violation
from apps.monitoring.grids import Grid, GridRow, Part, header_rows, parts_of, titles_of
from apps.monitoring.models import Explanation
from apps.monitoring.phoned import calls_of, note_of_summary
from apps.monitoring.reporting.compose import footnotes
from apps.monitoring.reporting.tables import distribution_chart, part_title
from apps.monitoring.summaries.behind import METHOD, behind, ranking
from apps.monitoring.summaries.control import violations_of
from apps.monitoring.summaries.moments import Moment, amendments_since, explained_at, moment_of
from apps.monitoring.summaries.panel import Panel, in_every_round, panel_of
from apps.monitoring.summaries.rollups import ALL, in_order, rollup_of, slice_title, states_in
from apps.monitoring.summaries.summary import (
    Round,
    Summary,
    coverage_of,
    per_hundred,
    rounds_of,
    summary_from,
    summary_of,
)
from apps.monitoring.views.amendments import amendments_shown
from apps.monitoring.views.campaigns import CampaignPage
from apps.monitoring.views.ministry import blanks_of_version

# An export with more cells than this is made as a job.
AT_ONCE = 200_000
VALUES, CHANGE, GROWTH, PER_HUNDRED = "values", "change", "growth", "per100"
SHOWN = [
    (VALUES, "Значения"),
    (CHANGE, "Изменение к прошлому периоду"),
    (GROWTH, "Изменение, %"),
    (PER_HUNDRED, "На 100 обучающихся"),
]


@dataclass(frozen=True)
class Asked:
    """What the address asks of a summary; anything unknown falls back to the default."""

    key: str
    with_submitted: bool
    show: str
    section: str
    same: bool = False
    # The past day the summary is of, as the address writes it; empty for the present one.
    on: str = ""

    @classmethod
    def of(cls, request: HttpRequest, keys: list[str]) -> "Asked":
        wished = request.GET
        show = wished.get("show", VALUES)
        return cls(
            key=wished["key"] if wished.get("key") in keys else ALL,
            with_submitted=with_submitted_asked(request),
            show=show if show in dict(SHOWN) else VALUES,
            section=wished.get("section", ""),
            same=wished.get("same") == "1",
            on=asked_day(request),
        )

    @property
    def moment(self) -> Moment | None:
        return moment_of(self.on)

    def url(self, **changed: str) -> str:
        values = {**dict(self.fields), **changed}
        return "?" + urlencode({name: value for name, value in values.items() if value})

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What the address holds, for links and hidden fields."""
        return [
            ("key", self.key),
            ("with_submitted", "1" if self.with_submitted else ""),
            ("show", self.show),
            ("section", self.section),
            ("same", "1" if self.same else ""),
            ("on", self.on),
        ]


def asked_day(request: HttpRequest) -> str:
    """The past day an address asks for; empty where it asks for none."""
    on = request.GET.get("on", "")
    return on if moment_of(on) is not None else ""


def with_submitted_asked(request: HttpRequest) -> bool:
    """Whether those not accepted yet are wanted too; of a past day only the accepted ones are known."""
    return request.GET.get("with_submitted") == "1" and not asked_day(request)


class SummaryPage(CampaignPage, TemplateView):
    template_name = "monitoring/campaign_summary.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        with_submitted, moment = with_submitted_asked(self.request), moment_of(asked_day(self.request))
        slices = rollup_of(self.campaign, with_submitted=with_submitted, moment=moment)
        asked = Asked.of(self.request, list(slices))
        compiled = compiled_for(self.campaign.version_id)
        parts = [part for part in parts_of(compiled) if part.items]
        part = chosen_part(parts, asked.section)
        summary = slices.get(asked.key) and summary_from(self.campaign, asked.key, slices[asked.key])
        rounds = rounds_of(self.campaign, key=asked.key, moment=moment)
        explanations = self._explanations(asked)
        panel = self._panel(asked) if asked.same else None
        shown, compared = (panel.summary, panel.rounds) if panel else (summary, rounds)
        notes, _ = footnotes(compiled, explanations)
        shower = Shower(compiled, shown, compared, asked, self.campaign.pk, notes)
        blocks = [shower.block(item) for item in part.items] if part and summary else []
        return super().get_context_data(
            asked=asked,
            lead="Итоги по принятым отчётам. Нажмите на число, чтобы увидеть организации за ним.",
            coverage=coverage_of(self.campaign, with_submitted=with_submitted, moment=moment),
            on=asked.on,
            stands_at=moment and moment - datetime.timedelta(microseconds=1),
            now=timezone.now(),
            today=timezone.localdate(),
            query=f"?{urlencode({'on': asked.on})}" if asked.on else "",
            now_url=asked.url(on=""),
            kept=[(name, value) for name, value in asked.fields if name != "on"],
            amendments=amendments_shown(compiled, amendments_since(self.campaign, moment)),
            footnotes=shower.footnotes,
            phoned=self._phoned(asked),
            summary=summary,
            rounds=rounds,
            panel=panel,
            in_both=self._in_both(asked, summary, rounds) if panel is None else None,
            same_url=asked.url(same="" if asked.same else "1"),
            slices=[(slice_title(key), asked.url(key=key), key == asked.key) for key in in_order(slices)],
            modes=[(title, asked.url(show=code), code == asked.show) for code, title in SHOWN],
            sections=[(part_title(one), asked.url(section=section_key(one)), one is part) for one in parts],
            part_title=part_title(part) if part else "",
            blocks=blocks,
            explanations=explanations,
            check_url=asked.url(check="1"),
            violations=self._violations(summary, rounds),
            blanks=blanks_of_version(self.request.user, self.campaign.version_id),
            submitted_url=asked.url(with_submitted="" if with_submitted else "1"),
            **kwargs,
        )

    def _violations(self, summary: Summary | None, rounds: list[Round]) -> list[Violation] | None:
        """What the sums violate, when it is asked for."""
        if not summary or not summary.organizations or self.request.GET.get("check") != "1":
            return None
        return violations_of(summary, rounds)

    def _panel(self, asked: Asked) -> Panel | None:
        return panel_of(
            self.campaign, key=asked.key, with_submitted=asked.with_submitted, moment=asked.moment
        )

    def _phoned(self, asked: Asked) -> str:
        states = states_in(asked.with_submitted)
        user = self.request.user
        return note_of_summary(calls_of(self.campaign, states, moment=asked.moment, visible_to=user))

    def _explanations(self, asked: Asked) -> list[Explanation]:
        if asked.moment is not None:
            return explained_at(self.campaign, asked.moment)
        return list(
            Explanation.objects.visible_to(self.request.user)
            .filter(response__campaign=self.campaign, response__state__in=states_in(asked.with_submitted))
            .select_related("response__organization")
            .order_by("response__organization__short_name", "pk")
        )

    def _in_both(self, asked: Asked, summary: Summary | None, rounds: list[Round]) -> int | None:
        """How many are in this round and the last, where a change is shown and the two differ."""
        if asked.show not in (CHANGE, GROWTH) or summary is None or not rounds:
            return None
        both = in_every_round(
            self.campaign,
            [rounds[0].campaign],
            key=asked.key,
            with_submitted=asked.with_submitted,
            moment=asked.moment,
        ).count()
        return None if both == summary.organizations == rounds[0].organizations else both


def section_key(part: Part) -> str:
    return f"{part.section.code}@{part.copy}" if part.copy else part.section.code


def chosen_part(parts: list[Part], wished: str) -> Part | None:
    """The part the address names; at first the one with a table, for those before it tell who answers."""
    named = next((part for part in parts if section_key(part) == wished), None)
    return named or next((part for part in parts if _has_table(part)), parts[0] if parts else None)


def _has_table(part: Part) -> bool:
    return any(isinstance(item, Grid) for item in part.items)


@dataclass(frozen=True)
class Shower:
    """Turns tables and questions of the form into what the template shows."""

    compiled: CompiledForm
    summary: Summary | None
    rounds: list[Round]
    asked: Asked
    campaign_id: int
    notes: Mapping[str, list[str]] = field(default_factory=dict)
    # The footnotes of the cells shown so far, in their order; a cell knows the numbers of its own.
    footnotes: list[str] = field(default_factory=list)

    def block(self, item: Grid | Question) -> dict[str, Any]:
        return self._question(item) if isinstance(item, Question) else self._grid(item)

    def _question(self, question: Question) -> dict[str, Any]:
        counts = self.summary.answers.get(question.code) if self.summary else None
        cell = self.compiled.cells[question.code]
        return {
            "kind": "question",
            "title": question.title,
            "url": self._behind(question.code),
            "chart": distribution_chart(question.title, cell.choices, counts) if counts else None,
            "value": self._text(question.code) if question.code in self.compiled.numeric_set else "",
        }

    def _grid(self, grid: Grid) -> dict[str, Any]:
        return {
            "kind": "table",
            "title": grid.table.title,
            "header": header_rows(grid.table),
            "has_units": grid.has_units,
            "codes": grid.column_codes,
            "span": len(grid.column_codes) + 2 + grid.has_units,
            "rows": [self._row(row) for row in grid.rows],
        }

    def _row(self, row: GridRow) -> dict[str, Any]:
        return {
            "row": row,
            "is_heading": row.kind == "heading",
            "is_total": row.kind in ("total", "grand_total"),
            "cells": [self._cell(address) for address in row.addresses],
        }

    def _cell(self, address: str) -> dict[str, Any]:
        cell = self.compiled.cells.get(address)
        if cell is None or cell.is_x:
            return {"text": "X", "url": "", "notes": []}
        if address not in self.compiled.numeric_set:
            return {"text": "ответы", "url": self._behind(address), "notes": []}
        text = self._text(address)
        url = self._behind(address) if text != DASH else ""
        return {"text": text, "url": url, "notes": self._numbers(address)}

    def _numbers(self, address: str) -> list[int]:
        own = self.notes.get(address, [])
        self.footnotes.extend(own)
        return list(range(len(self.footnotes) - len(own) + 1, len(self.footnotes) + 1))

    def _behind(self, address: str) -> str:
        base = reverse("monitoring:campaign-behind", args=[self.campaign_id])
        query = {"cell": address, "key": self.asked.key}
        if self.asked.with_submitted:
            query["with_submitted"] = "1"
        if self.asked.same:
            query["same"] = "1"
        if self.asked.on:
            query["on"] = self.asked.on
        return f"{base}?{urlencode(query)}"

    def _text(self, address: str) -> str:
        now = self.summary.values.get(address) if self.summary else None
        before = self.rounds[0].values.get(address) if self.rounds else None
        places = self.compiled.cells[address].decimals
        match self.asked.show:
            case "change":
                return difference(now, before, places)
            case "growth":
                return DASH if now is None or not before else percent((now - before) * 100 / before)
            case "per100":
                return number(per_hundred(now, self.summary.pupils if self.summary else 0), 2)
        return number(now, places)


class BehindPage(CampaignPage, TemplateView):
    """The organisations behind a figure, their places, and who is missing."""

    template_name = "monitoring/campaign_behind.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        compiled = compiled_for(self.campaign.version_id)
        self.address = request.GET.get("cell", "")
        cell = compiled.cells.get(self.address)
        if cell is None or cell.is_x:
            raise Http404
        moment = moment_of(asked_day(request))
        self.asked = Asked.of(request, list(rollup_of(self.campaign, moment=moment)))
        group: dict[str, Any] = {
            "key": self.asked.key,
            "with_submitted": self.asked.with_submitted,
            "moment": moment,
        }
        self.panel = panel_of(self.campaign, **group) if self.asked.same else None
        past = [one.campaign for one in self.panel.rounds] if self.panel else []
        self.rows = behind(self.campaign, self.address, among=in_every_round(self.campaign, past, **group))
        if request.GET.get("format") == "xlsx":
            return self._exported(compiled)
        return super().get(request, *args, **kwargs)

    def _exported(self, compiled: CompiledForm) -> HttpResponseBase:
        journal.record(by=self.request.user, verb=Verb.EXPORTED, subject=self.campaign)
        title = titles_of(compiled).get(self.address, self.address)
        rows = [[row.organization, row.text if row.value is None else row.value] for row in self.rows]
        return xlsx_response("Показатель", [Sheet("Показатель", ["Организация", title], rows)])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        compiled = compiled_for(self.campaign.version_id)
        per_pupil = self.request.GET.get("per") == "100"
        ranked = ranking(self.rows, per_pupil=per_pupil)
        cell = compiled.cells[self.address]
        adds_up = cell.summary == "sum" and cell.computed is None
        known = [row.value for row in self.rows if row.value is not None] if adds_up else []
        now = self._summary()
        coverage = coverage_of(
            self.campaign, with_submitted=self.asked.with_submitted, moment=self.asked.moment
        )
        return super().get_context_data(
            stands_at=self.asked.moment and self.asked.moment - datetime.timedelta(microseconds=1),
            heading=titles_of(compiled).get(self.address, self.address),
            group=slice_title(self.asked.key),
            panel=self.panel,
            is_number=self.address in compiled.numeric_set,
            ranked=[(one, self._share(one.row.value, known)) for one in ranked],
            unranked=[row for row in self.rows if row.value is None],
            total=now.values.get(self.address) if now else None,
            is_mean=cell.summary == "mean",
            adds_up=adds_up,
            places=cell.decimals,
            method=METHOD,
            rounds_chart=self._rounds_chart(compiled, now),
            per_pupil=per_pupil,
            missing=coverage.missing + coverage.waiting,
            export_url=f"?{urlencode({**self.request.GET.dict(), 'format': 'xlsx'})}",
            back=reverse("monitoring:campaign-summary", args=[self.campaign.pk]) + self.asked.url(),
            toggle_url=f"?{urlencode({**self.request.GET.dict(), 'per': '' if per_pupil else '100'})}",
            **kwargs,
        )

    def _summary(self) -> Summary | None:
        if self.panel:
            return self.panel.summary
        return summary_of(
            self.campaign,
            key=self.asked.key,
            with_submitted=self.asked.with_submitted,
            moment=self.asked.moment,
        )

    def _rounds_chart(self, compiled: CompiledForm, now: Summary | None) -> Chart | None:
        """The figure over the rounds; None where there is nothing to compare."""
        moment = self.asked.moment
        rounds = (
            self.panel.rounds if self.panel else rounds_of(self.campaign, key=self.asked.key, moment=moment)
        )
        if not rounds or now is None or self.address not in compiled.numeric_set:
            return None
        shown = [*reversed([(one.campaign.period_title, one.values) for one in rounds])]
        shown.append((self.campaign.period_title, now.values))
        return Chart(
            kind="column",
            title="По периодам",
            description="Значение показателя за последние периоды.",
            categories=tuple(period for period, _ in shown),
            series=(Series("Значение", tuple(values.get(self.address) for _, values in shown)),),
            places=compiled.cells[self.address].decimals,
        )

    def _share(self, value: Decimal | None, known: list[Decimal]) -> str:
        total = sum(known, Decimal(0))
        return DASH if value is None or not total else percent(value * 100 / total)
