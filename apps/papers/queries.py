"""Questions about issued papers."""

from apps.organizations.models import Department
from apps.papers.codes import canonical_code
from apps.papers.enums import PaperState
from apps.papers.models import Paper


def paper_by_code(typed: str) -> Paper | None:
    """The paper with the code as somebody typed it; open to everybody, that is what the code is for."""
    code = canonical_code(typed)
    return Paper.objects.filter(code=code).first() if code else None


def standing_replacement(paper: Paper) -> Paper | None:
    """The paper about the same subject that stands now in place of this one, which has been revoked."""
    if paper.state == PaperState.VALID or not paper.subject_id:
        return None
    later = Paper.objects.filter(
        state=PaperState.VALID,
        kind=paper.kind,
        subject_type=paper.subject_type,
        subject_id=paper.subject_id,
        pk__gt=paper.pk,
    )
    return later.order_by("-pk").first()


def unreplaced(paper: Paper) -> Paper | None:
    """The last paper of the kind about the same subject that was revoked and has no successor yet."""
    if not paper.subject_id:
        return None
    earlier = Paper.objects.filter(
        state=PaperState.REVOKED,
        kind=paper.kind,
        subject_type=paper.subject_type,
        subject_id=paper.subject_id,
        replaced_by=None,
    )
    return earlier.order_by("-pk").first()


def issuer_name() -> str:
    """Who issues papers: the department is the legal party (statute 1.2)."""
    department = Department.objects.first()
    return department.full_name if department else ""
