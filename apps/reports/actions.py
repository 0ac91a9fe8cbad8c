"""Writing a report on activity, freezing its figures, approving it."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from apps.accounts.queries import holders_of
from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.magadan import magadan_today
from apps.core.registry import Indicator
from apps.core.roles import Role
from apps.notices.actions import notify
from apps.organizations.models import Department
from apps.papers.actions import issue
from apps.papers.enums import PaperKind, Register
from apps.papers.models import Paper
from apps.reports.composing import compose, frozen_sections
from apps.reports.enums import SectionKind
from apps.reports.figures import behind, named
from apps.reports.models import ActivityReport, ReportFigure, ReportSection
from apps.reports.outlines import MAX_DRAWN, offered, outline_of
from apps.reports.permissions import can_approve_report, can_edit_report, can_write_reports
from apps.reports.states import REPORT
from apps.workflow.actions import announce_finished, move

ONLY_WRITERS = "Отчёты о деятельности составляют методисты и заведующий."
ONLY_DRAFT = "Отчёт меняется, пока он готовится, и только тем, кто его составляет."
ONLY_APPROVER = "Утверждает отчёт заведующий или исполняющий его обязанности."
MAX_NAMES = 500


@transaction.atomic
def create_report(
    *,
    kind: str,
    title: str,
    first_day: datetime.date,
    last_day: datetime.date,
    person: Any = None,
    by: Any,
) -> ActivityReport:
    """A draft with the sections its kind begins with. ValidationError by field."""
    require(can_write_reports(by), ONLY_WRITERS)
    report = ActivityReport(
        kind=kind, title=title, first_day=first_day, last_day=last_day, person=person, created_by=by
    )
    report.full_clean()
    require(can_edit_report(by, report), ONLY_DRAFT)
    report.save()
    for order, one in enumerate(outline_of(kind, by)):
        section = ReportSection.objects.create(report=report, order=order, kind=one.kind, title=one.title)
        _fill(section, one.indicators)
    journal.record(by=by, verb=Verb.CREATED, subject=report)
    return report


@transaction.atomic
def edit_report(
    *, report: ActivityReport, title: str, first_day: datetime.date, last_day: datetime.date, by: Any
) -> ActivityReport:
    """The name and the days of a draft."""
    report = _draft(report, by)
    report.title, report.first_day, report.last_day = title, first_day, last_day
    report.full_clean()
    return _touched(report)


@transaction.atomic
def delete_report(*, report: ActivityReport, by: Any) -> None:
    """A draft that was never approved goes with all its sections."""
    report = _draft(report, by)
    if Paper.objects.filter(subject_type=report._meta.label_lower, subject_id=str(report.pk)).exists():
        raise Conflict("По этому отчёту выдавался документ: исправьте отчёт и утвердите его заново.")
    journal.record(by=by, verb=Verb.DELETED, subject=report)
    report.delete()


@transaction.atomic
def save_section(
    *,
    report: ActivityReport,
    section: ReportSection | None = None,
    kind: str,
    title: str,
    text: str = "",
    indicators: Sequence[str] = (),
    by: Any,
) -> ReportSection:
    """Adds a section at the end or changes one; a text has no figures, any other kind has at least one."""
    report = _draft(report, by)
    section = section or ReportSection(report=report, order=_next_order(report))
    section.kind, section.title, section.text = kind, title, text
    section.full_clean()
    if kind == SectionKind.TEXT and indicators:
        raise ValidationError({"indicators": "В текстовом разделе показателей нет: выберите другой вид."})
    if kind != SectionKind.TEXT and not indicators:
        raise ValidationError({"indicators": "Выберите хотя бы один показатель."})
    known = {one.key for one in offered(report.kind, by)}
    if not known.issuperset(indicators):
        raise ValidationError({"indicators": "Такого показателя в отчёте этого вида быть не может."})
    if kind == SectionKind.CHART:
        _check_drawn([one for one in offered(report.kind, by) if one.key in set(indicators)])
    section.save()
    # What the editor was not offered he has not taken out either.
    others = section.figures.exclude(indicator__in=known) if kind != SectionKind.TEXT else []
    kept = [one.indicator for one in others]
    section.figures.all().delete()
    _fill(section, [*indicators, *kept])
    _touched(report)
    return section


@transaction.atomic
def move_section(*, section: ReportSection, step: int, by: Any) -> None:
    """One place up (−1) or down (+1); at the edge nothing changes."""
    report = _draft(section.report, by)
    rows = list(report.sections.select_for_update().order_by("order", "pk"))
    place = rows.index(section)
    other = place + step
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for order, one in enumerate(rows):
        one.order = order
    ReportSection.objects.bulk_update(rows, ["order"])
    _touched(report)


@transaction.atomic
def delete_section(*, section: ReportSection, by: Any) -> None:
    report = _draft(section.report, by)
    section.delete()
    _touched(report)


@transaction.atomic
def send_report(*, report: ActivityReport, by: Any) -> None:
    """Freezes every figure as of today and sends the report for approval."""
    report = _draft(report, by)
    if report.first_day > magadan_today():
        raise Conflict("Период отчёта ещё не начался: считать пока нечего.")
    if not report.sections.exists():
        raise Conflict("В отчёте нет ни одного раздела.")
    _require_whole_figures(report, by)
    _freeze(report, by)
    report.frozen_on = magadan_today()
    move(report, REPORT, "send", by=by, update_fields=("frozen_on",))
    notify(
        recipients=holders_of(Role.HEAD),
        kind="report",
        title=f"На утверждении: {report}",
        url=report.get_absolute_url(),
        by=by,
    )


@transaction.atomic
def return_report(*, report: ActivityReport, comment: str, by: Any) -> None:
    """Back to the author with a mandatory comment; the figures are live again."""
    report = _locked(report)
    require(can_approve_report(by, report), ONLY_APPROVER)
    _thaw(report)
    move(report, REPORT, "return", by=by, comment=comment, update_fields=("frozen_on",))
    notify(
        recipients=[report.created_by],
        kind="report",
        title=f"Возвращён на доработку: {report}",
        text=comment,
        url=report.get_absolute_url(),
        by=by,
    )


@transaction.atomic
def approve_report(*, report: ActivityReport, by: Any) -> Paper:
    """Number, code and file of what was frozen; a second press gives the paper already issued."""
    report = _locked(report)
    if report.paper is not None:
        return report.paper
    require(can_approve_report(by, report), ONLY_APPROVER)
    department, sections = Department.objects.get(), frozen_sections(report)
    report.paper = issue(
        kind=PaperKind.ACTIVITY_REPORT,
        register=Register.ACTIVITY,
        title=report.title,
        subject=report,
        build=lambda header: compose(report, sections, department, header),
        by=by,
        snapshot={"sections": [section.frozen() for section in sections]},
    )
    move(report, REPORT, "approve", by=by, update_fields=("paper",))
    announce_finished(report, by=by)
    return report.paper


@transaction.atomic
def revoke_report(*, report: ActivityReport, reason: str, by: Any) -> None:
    """The paper was revoked in the register: the report may be corrected and approved anew."""
    report = _locked(report)
    report.paper = None
    _thaw(report)
    move(report, REPORT, "revoke", by=by, comment=reason, update_fields=("paper", "frozen_on"))


def _locked(report: ActivityReport) -> ActivityReport:
    rows = ActivityReport.objects.select_for_update(of=("self",))
    return rows.select_related("paper", "person", "created_by").get(pk=report.pk)


def _draft(report: ActivityReport, by: Any) -> ActivityReport:
    report = _locked(report)
    require(can_edit_report(by, report), ONLY_DRAFT)
    return report


def _touched(report: ActivityReport) -> ActivityReport:
    report.revision += 1
    report.save()
    return report


def _next_order(report: ActivityReport) -> int:
    last = report.sections.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def _check_drawn(chosen: Sequence[Indicator]) -> None:
    """One scale for all bars, and no more of them than a page holds."""
    if len({one.unit for one in chosen}) > 1:
        told = "На одной диаграмме показывают показатели в одних единицах: проценты — отдельным разделом."
        raise ValidationError({"indicators": told})
    if len(chosen) > MAX_DRAWN:
        raise ValidationError({"indicators": f"На диаграмме — не больше {MAX_DRAWN} показателей."})


def _fill(section: ReportSection, keys: Sequence[str]) -> None:
    ReportFigure.objects.bulk_create(
        ReportFigure(section=section, order=order, indicator=key)
        for order, key in enumerate(dict.fromkeys(keys))
    )


def _require_whole_figures(report: ActivityReport, by: Any) -> None:
    """A number is frozen only by who sees all it counts: another's eyes would freeze a smaller one."""
    figures = ReportFigure.objects.filter(section__report=report).select_related("section")
    partial = [one for one in figures if one.source is not None and not one.source.allowed(by)]
    if partial:
        told = "; ".join(f"«{one}» (раздел «{one.section}»)" for one in partial)
        raise Conflict(f"Эти показатели вам не видны, отчёт с ними отправит заведующий: {told}.")


def _freeze(report: ActivityReport, by: Any) -> None:
    """Each figure with its number, last year's, and by name what was counted (the first 500)."""
    scope, before = report.scope, report.scope_before
    figures = list(ReportFigure.objects.filter(section__report=report))
    for one in figures:
        if one.source is not None:
            one.value = _decimal(one.source.value(by, scope))
            one.before = _decimal(one.source.value(by, before))
            rows = behind(one.source, by, scope)[:MAX_NAMES]
            one.names = [[shown.title, shown.url] for shown in map(named, rows)]
    ReportFigure.objects.bulk_update(figures, ["value", "before", "names"])


def _thaw(report: ActivityReport) -> None:
    report.frozen_on = None
    ReportFigure.objects.filter(section__report=report).update(value=None, before=None, names=None)


def _decimal(value: int | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(value)
