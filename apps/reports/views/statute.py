"""The map of the statute, a clause of it, and what stands behind a figure."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView

from apps.core import journal
from apps.core.access import require
from apps.core.clauses import Clause, find_clause
from apps.core.columns import Column, sheet
from apps.core.enums import Verb
from apps.core.exports import xlsx_response
from apps.core.files import DOCX, PDF, made_response
from apps.core.pagination import changed, chosen_page
from apps.core.registry import Indicator, indicators
from apps.core.school_year import SchoolYear
from apps.papers.reports.docx import to_docx
from apps.papers.reports.pdf import to_pdf
from apps.reports import printing
from apps.reports.figures import Figure, behind, figure_of, named, year_scope
from apps.reports.permissions import can_see_map
from apps.reports.statute import clause_row, statute_map, years_to_choose

NOT_YOURS = "Карту Положения видят сотрудники ИМО и руководитель департамента."
PAGE_SIZES = (50, 100)
COLUMNS = [Column("title", "Наименование", url=lambda row: row.url, width=80)]


def chosen_year(request: HttpRequest) -> SchoolYear:
    """`?year=2025` is 2025/2026; the present year unless it is one of those to choose."""
    years = {str(one.start): one for one in years_to_choose()}
    return years.get(request.GET.get("year", ""), years_to_choose()[0])


def chosen_clause(code: str) -> Clause:
    clause = find_clause(code)
    if clause is None:
        raise Http404
    return clause


class MapPage(TemplateView):
    """What the pages of the map share: who reads them, and the chosen year."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(can_see_map(request.user), NOT_YOURS)
        self.year = chosen_year(request)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = [(one, one == self.year) for one in years_to_choose()]
        return super().get_context_data(year=self.year, years=years, scope=year_scope(self.year), **kwargs)


class StatuteMap(MapPage):
    template_name = "reports/statute_map.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = statute_map(self.request.user, self.year)
        rows = [row for section in sections for row in section.rows]
        return super().get_context_data(
            title="Карта Положения",
            lead="Что делает портал по каждому пункту Положения об ИМО. Каждое число открывает свой список.",
            sections=sections,
            inside=sum(1 for row in rows if row.figures),
            total=len(rows),
            pdf_url=f"{reverse('reports:statute-pdf')}?year={self.year.start}",
            docx_url=f"{reverse('reports:statute-docx')}?year={self.year.start}",
            **kwargs,
        )


class ClausePage(MapPage):
    template_name = "reports/clause_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        clause = chosen_clause(self.kwargs["code"])
        return super().get_context_data(
            title=f"Пункт {clause.code}. {clause.title}",
            lead=f"{clause.does}.",
            breadcrumbs=[("Карта Положения", reverse("reports:statute-map"))],
            row=clause_row(self.request.user, clause, self.year),
            **kwargs,
        )


class FigurePage(MapPage):
    """The list behind a figure: what was counted, by name."""

    template_name = "reports/figure_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        self.indicator = self.get_indicator()
        self.rows = behind(self.indicator, request.user, year_scope(self.year))
        if request.GET.get("format") == "xlsx":
            return self.exported()
        return super().get(request, *args, **kwargs)

    def get_indicator(self) -> Indicator:
        found = indicators.get(self.kwargs["key"])
        if found is None or not found.clause or not found.allowed(self.request.user):
            raise Http404
        return found

    def figure(self) -> Figure:
        now, before = year_scope(self.year), year_scope(self.year.previous)
        return figure_of(self.indicator, self.request.user, now, before)

    def exported(self) -> HttpResponseBase:
        title = self.indicator.title
        journal.record(by=self.request.user, verb=Verb.EXPORTED, title=title)
        return xlsx_response(title, [sheet(title[:31], COLUMNS, (named(row) for row in self.rows))])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query, clause = self.request.GET, chosen_clause(self.indicator.clause)
        pages = chosen_page(self.rows, query, PAGE_SIZES)
        clause_url = reverse("reports:clause-detail", args=[clause.code])
        return super().get_context_data(
            title=self.indicator.title,
            breadcrumbs=[
                ("Карта Положения", reverse("reports:statute-map")),
                (f"Пункт {clause.code}", f"{clause_url}?year={self.year.start}"),
            ],
            figure=self.figure(),
            columns=COLUMNS,
            rows=[named(row) for row in pages.page.object_list],
            pages=pages,
            export_url=changed(query, format="xlsx", page=None),
            **kwargs,
        )


def _printed(request: HttpRequest) -> tuple[Any, str]:
    require(can_see_map(request.user), NOT_YOURS)
    year = chosen_year(request)
    journal.record(by=request.user, verb=Verb.PRINTED, title=f"Исполнение Положения, {year.title}")
    sections = statute_map(request.user, year, with_year_before=True)
    return printing.statute_report(sections, year), f"Исполнение Положения {year.start}-{year.start + 1}"


@require_GET
def statute_pdf(request: HttpRequest) -> HttpResponse:
    """«Исполнение Положения за … учебный год» as it stands now."""
    report, name = _printed(request)
    return made_response(to_pdf(report), f"{name}.pdf", PDF)


@require_GET
def statute_docx(request: HttpRequest) -> HttpResponse:
    report, name = _printed(request)
    return made_response(to_docx(report), f"{name}.docx", DOCX)
