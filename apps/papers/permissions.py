"""Who may do what with issued papers. Seeing a row is decided by `visible_to` of its queryset."""

from typing import Any

from apps.accounts.queries import has_approval_right
from apps.core.roles import Role, has_role, reads_city
from apps.papers.enums import PaperState
from apps.papers.models import Paper
from apps.papers.reprints import reprints


def can_see_papers(user: Any, paper: Paper | None = None) -> bool:
    """The register is read by the department."""
    return reads_city(user)


def can_revoke(user: Any, paper: Paper) -> bool:
    """A standing paper is revoked by who has the head's right to approve today, the acting head included."""
    return paper.state == PaperState.VALID and has_approval_right(user)


def can_reissue(user: Any, paper: Paper) -> bool:
    """A standing paper of a kind that can be printed again is reissued by who would sign it today."""
    reprint = reprints.get(paper.kind)
    return paper.state == PaperState.VALID and reprint is not None and reprint.may(user, paper)


def can_register(user: Any, paper: Paper | None = None) -> bool:
    """The department's own number and date are entered by the head and methodists (statute 1.2)."""
    return has_role(user, Role.HEAD, Role.METHODIST)


def can_attach(user: Any, paper: Paper | None = None) -> bool:
    """A scan and a detached signature are put on and taken off by the head and methodists."""
    return can_register(user, paper)
