"""What every part of the demo needs at hand."""

import datetime
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from apps.accounts.models import User
from apps.core.school_year import SchoolYear
from apps.monitoring.compiled import compiled_for
from apps.monitoring.definition import CompiledForm
from apps.monitoring.models import FormVersion
from apps.organizations.enums import OrganizationKind
from apps.organizations.models import Organization
from apps.portal.demo.calendar import DemoCalendar
from apps.portal.demo.chance import chance
from apps.portal.demo.repair import Repair
from apps.portal.demo.size import Size, sizes_of
from apps.portal.demo.sketches import SKETCHES
from apps.portal.demo.users import representative_login

SCHOOLS_ONLY = frozenset({"library", "oo2"})


@dataclass
class City:
    """The people, organisations and published forms of the demo."""

    calendar: DemoCalendar
    users: dict[str, User]
    organizations: list[Organization]
    versions: dict[str, FormVersion]
    sizes: dict[int, dict[int, Size]] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    accepted: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    _repairs: dict[str, Repair] = field(default_factory=dict)

    def __post_init__(self) -> None:
        prefetch_related_objects(self.organizations, "contingents")
        self.sizes = {one.pk: sizes_of(one) for one in self.organizations}
        self.numbers = {one.pk: number for number, one in enumerate(self.organizations, start=1)}

    def asked(self, form: str) -> list[Organization]:
        """Whom the form is sent to."""
        if form in SCHOOLS_ONLY:
            return [one for one in self.organizations if one.kind == OrganizationKind.SCHOOL]
        return self.organizations

    def representative(self, organization: Organization) -> User:
        return self.users[representative_login(self.numbers[organization.pk], organization)]

    def compiled(self, form: str) -> CompiledForm:
        return compiled_for(self.versions[form].pk)

    def previous(self, form: str, organization: Organization) -> dict[str, str] | None:
        """The last accepted values of the organisation."""
        return self.accepted.get((form, organization.pk))

    def values(
        self, form: str, organization: Organization, round_number: int, begins: datetime.date
    ) -> dict[str, str]:
        """A whole response of the organisation in the round (0 is the earliest), without a fault.

        `begins`: the first day of its period; the children are those of that school year, as on the card.
        """
        number = self.numbers[organization.pk]
        size = self.sizes[organization.pk][SchoolYear.of(begins).start]
        earlier = self.previous(form, organization)
        traits, year = chance("traits", form, number), chance("year", form, number, round_number)
        drawn = SKETCHES[form](size, traits, year, earlier)
        return self._repair(form)({**self._card(form, organization), **drawn}, earlier)

    def _card(self, form: str, organization: Organization) -> dict[str, str]:
        """What the portal itself would have put in from the organisation's card."""
        known = {
            "organization.full_name": organization.full_name,
            "organization.address": organization.address,
            "organization.head_name": organization.head_name,
        }
        cells = self.compiled(form).cells.items()
        return {address: known[cell.prefill] for address, cell in cells if cell.prefill in known}

    def _repair(self, form: str) -> Repair:
        if form not in self._repairs:
            self._repairs[form] = Repair(self.compiled(form))
        return self._repairs[form]
