"""The text in force issued again, as it was approved; only its approver of today may sign it."""

from typing import Any

from apps.core.access import Conflict
from apps.organizations.models import Department
from apps.papers.enums import PaperKind
from apps.papers.models import Paper
from apps.papers.reprints import Build, Reprint, reprints
from apps.papers.signatories import Signatory
from apps.planning.models import Edition
from apps.planning.permissions import is_approver
from apps.planning.printing import edition_report
from apps.planning.signing import signatory_of


def _edition(paper: Paper) -> Edition | None:
    rows = Edition.objects.approved().select_related("plan", "amendment")
    return rows.filter(paper=paper).first()


def _build(paper: Paper) -> Build:
    edition = _edition(paper)
    assert edition is not None and edition.number is not None
    before = edition.plan.editions.approved().filter(number=edition.number - 1).first()
    was, department = before.content if before else None, Department.objects.get()
    return lambda header: edition_report(edition, department, header, was)


def _adopt(paper: Paper, successor: Paper) -> None:
    Edition.objects.filter(paper=paper).update(paper=successor)


def _may(user: Any, paper: Paper) -> bool:
    edition = _edition(paper)
    return edition is not None and is_approver(user, edition.plan)


def _signatory(paper: Paper) -> Signatory:
    """Who approves the plan today: its head signs ИМО's, the director the department's."""
    edition = Edition.objects.approved().filter(plan_id=paper.subject_id).select_related("plan").first()
    if edition is None:
        raise Conflict("План этого документа не найден.")
    return signatory_of(edition.plan, paper.issued_on)


def register() -> None:
    reprints.register(Reprint(PaperKind.PLAN, _build, _adopt, _may, _signatory))
