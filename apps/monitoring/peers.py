"""What outlier questions compare with: similar organisations in the last accepted round."""

from apps.core.school_year import SchoolYear
from apps.monitoring.compiled import compiled_for
from apps.monitoring.definition import CompiledForm, Violation
from apps.monitoring.models import FormVersion, Response
from apps.monitoring.outliers import Peers, outliers_of
from apps.monitoring.vectors import matrix_of

WIDTH = 8


def questions_of(response: Response, compiled: CompiledForm, last: dict[str, str] | None) -> list[Violation]:
    """The outlier questions of a response as it is saved now; `last` are its values of the last round."""
    bounds = compiled.laid.outliers.values()
    if not bounds or response.campaign.previous_id is None:
        return []
    needs_peers = any(one.similar is not None for one in bounds)
    needs_pupils = any(one.per_pupil for one in bounds)
    return outliers_of(
        compiled,
        response.values,
        last=last,
        peers=peers_of(response, compiled) if needs_peers else None,
        pupils=pupils_of(response) if needs_pupils else None,
    )


def pupils_of(response: Response) -> int | None:
    """Pupils of the organisation in the school year of the period, or the latest before it."""
    year = SchoolYear.of(response.campaign.period_start).start
    contingents = response.organization.contingents.filter(school_year__lte=year)
    latest = contingents.order_by("-school_year").first()
    return latest.pupils if latest else None


def peers_of(response: Response, compiled: CompiledForm) -> Peers | None:
    """The other organisations of the same kind in the accepted last round; None where there are none.

    Addresses of an earlier version are those that its map of old codes names.
    """
    rows = list(
        Response.objects.accepted()
        .filter(campaign__next_rounds=response.campaign_id, kind=response.organization.kind)
        .exclude(organization_id=response.organization_id)
        .values_list("vector", "pupils", "campaign__version_id")
    )
    if not rows:
        return None
    before = compiled_for(rows[0][2])
    size = len(before.numeric) * WIDTH
    # An organisation with branches of its own has other cells: its numbers stand elsewhere.
    alike = [(bytes(vector), pupils) for vector, pupils, _ in rows if vector and len(vector) == size]
    if not alike or not size:
        return None
    return Peers(
        columns=_columns(response, compiled, before, rows[0][2]),
        matrix=matrix_of((vector for vector, _ in alike), len(before.numeric)),
        pupils=[pupils for _, pupils in alike],
    )


def _columns(
    response: Response, compiled: CompiledForm, before: CompiledForm, version_id: int
) -> dict[str, tuple[int, int]]:
    """Present address → (place in the last round's vector, decimals) of the cells compared with others."""
    older: dict[str, str] = {}
    if version_id != response.campaign.version_id:
        codes = FormVersion.objects.values_list("old_codes", flat=True).get(pk=response.campaign.version_id)
        older = {new: old for old, new in codes.items()}
    place = {address: index for index, address in enumerate(before.numeric)}
    return {
        address: (place[old], before.cells[old].decimals)
        for address, bounds in compiled.laid.outliers.items()
        if bounds.similar is not None and (old := older.get(address, address)) in place
    }
