"""The report of a campaign as blocks: the same for the page, PDF and DOCX."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from apps.core.charts import Chart, Series
from apps.core.magadan import in_magadan
from apps.core.russian import (
    counted,
    date_long,
    date_short,
    initials_before,
    join_and,
    percent,
    plural,
)
from apps.monitoring.analysis.blocks import report_blocks
from apps.monitoring.compiled import compiled_for
from apps.monitoring.definition import CompiledForm
from apps.monitoring.enums import CampaignState, ResponseState
from apps.monitoring.grids import titles_of
from apps.monitoring.models import Explanation, MonitoringReport, Response
from apps.monitoring.reporting.figures import Figures, share
from apps.monitoring.reporting.tables import appendix, comparison_table, section_blocks
from apps.organizations.models import Department
from apps.papers.headers import PaperHeader, stamp_of
from apps.papers.reports.blocks import (
    Align,
    Block,
    Cell,
    ChartBlock,
    Column,
    DataTable,
    Footnotes,
    Head,
    Heading,
    MissingItem,
    MissingList,
    PageBreak,
    Paragraph,
    Report,
    Row,
    Signature,
    TitlePage,
)
from apps.papers.reports.words import paragraphs

RULE = (
    "Показатели суммированы по организациям, отчёты которых приняты. Данные остальных организаций "
    "в итоги не входят и ничем не заменяются."
)
MAX_INDICATOR_CHARTS = 6


def compose(
    report: MonitoringReport, figures: Figures, department: Department, header: PaperHeader | None = None
) -> Report:
    """The whole report; without a header (number, date, signatory, code) it is a draft."""
    title = f"Отчёт о мониторинге «{report.campaign.title}»"
    return Report(
        title=title,
        title_page=_title_page(report, department, header),
        blocks=tuple(_blocks(report, figures, header)),
        author=department.full_name,
        subject=report.campaign.period_title,
    )


def _title_page(report: MonitoringReport, department: Department, header: PaperHeader | None) -> TitlePage:
    return TitlePage(
        issuer=(department.full_name, department.imo_name),
        heading="ОТЧЁТ",
        lines=(f"о мониторинге «{report.campaign.title}»", f"за период: {report.campaign.period_title}"),
        place=f"г.\u00a0{department.city}",
        date=header.issued_on if header else None,
        number=header.number if header else "",
        approval=stamp_of(header),
    )


def _blocks(report: MonitoringReport, figures: Figures, header: PaperHeader | None) -> Iterator[Block]:
    compiled = compiled_for(report.campaign.version_id)
    yield Heading("Общие сведения")
    yield from paragraphs(report.introduction)
    yield from _completeness(figures)
    yield Heading("Результаты")
    yield Paragraph(RULE)
    if figures.moment is not None:
        yield Paragraph(_as_of(figures.moment))
    if figures.summary is None:
        yield Paragraph("Принятых отчётов пока нет.")
    else:
        notes, others = footnotes(compiled, figures.explanations)
        yield from section_blocks(compiled, figures.summary, notes)
        yield from _explanations(others)
        yield Footnotes("Пояснения организаций к показателям")
        if figures.phoned:
            yield Paragraph(figures.phoned)
    addresses = list(figures.indicators)
    if addresses and figures.rounds:
        yield Heading("Сравнение с прошлыми периодами")
        yield from _comparison(compiled, figures, addresses)
        titles = titles_of(compiled)
        for address in addresses[:MAX_INDICATOR_CHARTS]:
            if address in compiled.numeric_set:
                yield ChartBlock(_rounds_chart(titles[address], address, figures))
    yield from report_blocks(figures.analyses)
    yield Heading("Полнота и своевременность")
    yield from _missing(figures)
    if report.conclusion.strip():
        yield Heading("Выводы и предложения")
        yield from paragraphs(report.conclusion)
    author = report.edited_by
    name = initials_before(author.last_name, author.first_name, author.middle_name)
    yield Signature(author.position or "Составил", name)
    if header is not None:
        yield header.verification
    if addresses:
        yield PageBreak()
        yield Heading("Приложение. Показатели по организациям", numbered=False)
        yield appendix(compiled, figures)


def _as_of(moment: datetime.datetime) -> str:
    day = in_magadan(moment - datetime.timedelta(microseconds=1)).date()
    return (
        f"Показатели приведены по состоянию на {date_long(day)}: поправки, принятые после этого дня, "
        "в них не учтены."
    )


def completeness_sentence(asked: int, included: int) -> str:
    """«Из 54 организаций отчитались 51 (94,4 %).»"""
    if not asked:
        return "Ни одна организация не опрошена."
    verb = "отчиталась" if included == 1 else "отчитались"
    of = counted(asked, "организации", "организаций", "организаций")
    return f"Из {of} {verb} {included} ({percent(share(included, asked))})."


def _completeness(figures: Figures) -> Iterator[Block]:
    campaign, coverage = figures.campaign, figures.coverage
    due = in_magadan(campaign.due_at)
    yield Paragraph(
        f"Мониторинг проведён по форме «{campaign.version.form.title}», срок представления отчётов — "
        f"{date_long(due.date())}, {due:%H:%M} (магаданское время). "
        + completeness_sentence(coverage.asked, coverage.included)
        + _late_sentence(len(coverage.late))
        + _unfinished_sentence(figures)
    )
    if figures.groups:
        yield _groups_table(figures)
        yield ChartBlock(_groups_chart(figures), with_table=False)


def _late_sentence(late: int) -> str:
    if not late:
        return " Все принятые отчёты представлены в срок."
    verb = plural(late, "представлен", "представлены", "представлены")
    return f" С нарушением срока {verb} {counted(late, 'отчёт', 'отчёта', 'отчётов')}."


def _unfinished_sentence(figures: Figures) -> str:
    """A report made before the end of collection says so."""
    if figures.campaign.state != CampaignState.RUNNING:
        return ""
    left = figures.coverage.asked - figures.coverage.included
    of = counted(left, "организации", "организаций", "организаций")
    return f" На дату отчёта сбор не завершён: не приняты отчёты {of}." if left else ""


def _groups_table(figures: Figures) -> DataTable:
    rows = tuple(Row((Cell(group.title), Cell(group.organizations))) for group in figures.groups)
    return DataTable(
        title="Отчитавшиеся организации по видам и уровням образования",
        header=((Head("Группа организаций"), Head("Отчиталось")),),
        rows=rows,
        columns=(Column(6), Column(2)),
        note="Организация с несколькими уровнями образования учтена на каждом из них.",
    )


def _groups_chart(figures: Figures) -> Chart:
    return Chart(
        kind="bar",
        title="Отчитавшиеся организации",
        description="Число организаций, отчёты которых приняты, по видам и уровням образования.",
        categories=tuple(group.title for group in figures.groups),
        series=(Series("Организаций", tuple(Decimal(group.organizations) for group in figures.groups)),),
    )


ALL_ANSWERED = "Сравнение с прошлыми периодами (по всем отчитавшимся организациям)"


def _comparison(compiled: CompiledForm, figures: Figures, addresses: list[str]) -> Iterator[Block]:
    """The indicators over the rounds.

    Where the rounds rest on different organisations, a change is told only over those in all of them;
    the levels over everybody who answered stand beside it without one.
    """
    if not figures.is_uneven:
        yield comparison_table(compiled, figures.rounds, figures.summary, figures.campaign, addresses)
        return
    yield Paragraph(_uneven_sentence(figures))
    yield comparison_table(
        compiled,
        figures.rounds,
        figures.summary,
        figures.campaign,
        addresses,
        title=ALL_ANSWERED,
        with_changes=False,
    )
    if figures.panel:
        panel = figures.panel
        yield comparison_table(
            compiled,
            panel.rounds,
            panel.summary,
            figures.campaign,
            addresses,
            title=f"Сравнение с прошлыми периодами (по одним и тем же организациям: {panel.organizations})",
        )


def _uneven_sentence(figures: Figures) -> str:
    """How many organisations each round rests on, and how many of them are in every one."""
    counts = [(one.campaign.period_title, one.organizations) for one in reversed(figures.rounds)]
    counts.append((figures.campaign.period_title, figures.coverage.included))
    told = "; ".join(f"{period} — {number}" for period, number in counts)
    start = f"Своды составлены по разным организациям: {told}; "
    if figures.panel is None:
        return start + "ни одна не отчиталась во все эти периоды, поэтому изменения не рассчитаны."
    same = figures.panel.organizations
    return start + f"отчитались во все эти периоды — {same}. Изменения рассчитаны только по ним."


def _rounds_chart(title: str, address: str, figures: Figures) -> Chart:
    rounds = list(reversed(figures.rounds))
    now = figures.summary.values.get(address) if figures.summary else None
    values = [one.values.get(address) for one in rounds] + [now]
    return Chart(
        kind="column",
        title=title,
        description="Значение по городу за последние периоды.",
        categories=(*(one.campaign.period_title for one in rounds), figures.campaign.period_title),
        series=(Series("Всего по городу", tuple(values)),),
    )


def _missing(figures: Figures) -> Iterator[Block]:
    coverage = figures.coverage
    items = [MissingItem(one.organization.short_name, _why_missing(one, figures)) for one in coverage.missing]
    items += [
        MissingItem(one.organization.short_name, "отправлен, ещё не принят") for one in coverage.waiting
    ]
    yield MissingList("Отчёты не вошли в свод", tuple(items), rule=RULE)
    late = tuple(
        MissingItem(
            one.organization.short_name, f"представлен {date_short(in_magadan(one.submitted_at).date())}"
        )
        for one in coverage.late
        if one.submitted_at
    )
    if late:
        yield MissingList("Отчёты представлены с нарушением срока", late)


def _day(moment: datetime.datetime) -> str:
    return date_short(in_magadan(moment).date())


def _why_missing(response: Response, figures: Figures) -> str:
    if figures.moment is not None:
        return "не был принят на эту дату"
    return "возвращён на доработку" if response.state == ResponseState.RETURNED else "не представлен"


def footnotes(
    compiled: CompiledForm, explanations: list[Explanation]
) -> tuple[dict[str, list[str]], list[Explanation]]:
    """Cell address → explanations of the warnings about it; and the explanations that have no cell.

    The same words of several organisations make one footnote.
    """
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    others: list[Explanation] = []
    places = _places(compiled, {one.relation for one in explanations if not one.address})
    for one in explanations:
        address = one.address or places.get(one.instance)
        if address is None:
            others.append(one)
        else:
            said[address, one.text].append(one.response.organization.short_name)
    notes: dict[str, list[str]] = defaultdict(list)
    for (address, text), names in said.items():
        notes[address].append(f"{join_and(names)}: {text}")
    return notes, others


def _places(compiled: CompiledForm, relations: set[str]) -> dict[str, str]:
    """Instance of a relation → the first summed cell it is about."""
    return {
        rule.key: address
        for relation in relations
        for rule in compiled.relation_rules(relation)
        if (address := next((at for at in rule.instance.own if at in compiled.numeric_set), None))
    }


def _explanations(explanations: list[Explanation]) -> Iterator[Block]:
    """Explanations that belong to no printed figure."""
    if not explanations:
        return
    yield Heading("Прочие пояснения организаций", level=2)
    by_text: dict[tuple[str, str], list[Explanation]] = defaultdict(list)
    for one in explanations:
        by_text[(one.relation, one.text)].append(one)
    yield DataTable(
        title="",
        header=((Head("Соотношение"), Head("Пояснение"), Head("Организации")),),
        rows=tuple(
            Row(
                (
                    Cell(relation, align=Align.CENTER),
                    Cell(text),
                    Cell(join_and([one.response.organization.short_name for one in group])),
                )
            )
            for (relation, text), group in by_text.items()
        ),
        columns=(Column(2), Column(5), Column(5)),
    )
