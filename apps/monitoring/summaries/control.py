"""The control relations of a form over the sums of the city.

Sums of sound reports keep every relation that compares cells with cells; that they don't means a report was
amended past a check, an earlier round was loaded with faults, or two forms contradict each other. A relation
with a bound of its own («стр.01 <= 100») speaks of one organisation and is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from apps.monitoring.compiled import compiled_for
from apps.monitoring.definition import CompiledForm, Violation
from apps.monitoring.enums import STARTED_STATES
from apps.monitoring.models import Campaign
from apps.monitoring.relations import nodes as n
from apps.monitoring.relations import parse
from apps.monitoring.summaries.rollups import ALL
from apps.monitoring.summaries.summary import Round, Summary, summary_of


def violations_of(summary: Summary, rounds: Sequence[Round]) -> list[Violation]:
    """The relations that the sums of a group violate, in the order they are written.

    `rounds`: earlier rounds, the latest first; the first stands for «прошлый период». Of other forms the sums
    of the whole city are taken, of their latest campaign.
    """
    compiled = compiled_for(summary.campaign.version_id)
    told = {one.code for one in compiled.form.relations if one.enabled and compares_cells(one.text)}
    found = compiled.check(
        _texts(summary.values),
        previous=_texts(rounds[0].values) if rounds else None,
        others=_others(compiled, summary.campaign) if summary.key == ALL else {},
    )
    return [one for one in found if one.relation in told and _is_of_sums(compiled, one)]


def compares_cells(text: str) -> bool:
    """Whether a relation holds for sums where it holds for their parts: no number stands by itself in it."""
    body = parse(text).body
    if not isinstance(body, n.Compare):
        return False
    alone = [
        *body.operands,
        *(term for one in n.walk(body) if isinstance(one, n.Add) for _, term in one.terms),
    ]
    has_products = any(
        sum(not isinstance(factor, n.Number | n.Percent) for _, factor in one.factors) > 1
        for one in n.walk(body)
        if isinstance(one, n.Multiply)
    )
    fixed = (n.Text, n.Date, n.Question)
    return not (
        has_products
        or any(isinstance(one, n.Number) and one.value for one in alone)
        or any(isinstance(one, fixed) or _is_no_sum(one) for one in n.walk(body))
    )


def _is_no_sum(node: n.Node) -> bool:
    """Extremes, means and counts of sums are not sums of theirs; nor are moduli, shares and roundings."""
    if isinstance(node, n.Aggregate):
        return node.function != "sum"
    return isinstance(node, n.Absolute | n.Share | n.Round)


def _is_of_sums(compiled: CompiledForm, one: Violation) -> bool:
    cells = [compiled.cells.get(address) for address in one.addresses]
    return all(cell is not None and cell.is_number and cell.summary == "sum" for cell in cells)


def _others(compiled: CompiledForm, campaign: Campaign) -> dict[str, dict[str, str]]:
    """Form code → the sums of its latest campaign that is not later than this one."""
    found = {}
    for code in compiled.other_forms:
        latest = (
            Campaign.objects.filter(
                version__form__code=code,
                state__in=STARTED_STATES,
                period_start__lte=campaign.period_start,
            )
            .exclude(pk=campaign.pk)
            .order_by("-period_start", "-pk")
            .first()
        )
        summary = summary_of(latest) if latest else None
        if summary is not None:
            found[code] = _texts(summary.values)
    return found


def _texts(values: Mapping[str, Decimal]) -> dict[str, str]:
    return {address: f"{value:f}" for address, value in values.items()}
