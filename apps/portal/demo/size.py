"""What the figures of an organisation grow with."""

from dataclasses import dataclass

from apps.organizations.enums import OrganizationKind
from apps.organizations.models import Organization

# Children on one pedagogue.
_CHILDREN_A_TEACHER = {
    OrganizationKind.SCHOOL: 13,
    OrganizationKind.KINDERGARTEN: 9,
    OrganizationKind.ADDITIONAL: 42,
}


@dataclass(frozen=True)
class Size:
    """Children, classes or groups, pedagogues of an organisation in one school year."""

    kind: str
    pupils: int
    groups: int

    @property
    def staff(self) -> int:
        return max(6, round(self.pupils / _CHILDREN_A_TEACHER.get(OrganizationKind(self.kind), 20)))

    @property
    def is_school(self) -> bool:
        return self.kind == OrganizationKind.SCHOOL

    @property
    def is_kindergarten(self) -> bool:
        return self.kind == OrganizationKind.KINDERGARTEN


def sizes_of(organization: Organization) -> dict[int, Size]:
    """School year (its first calendar year) → size; expects `contingents` to be prefetched."""
    return {
        one.school_year: Size(organization.kind, one.pupils, one.groups)
        for one in organization.contingents.all()
    }
