"""Who may look at and keep the registry. Rows are narrowed beforehand by `visible_to`."""

from typing import Any

from apps.core.roles import IMO_ROLES, Role, has_role, reads_city, represented_ids
from apps.organizations.models import Organization
from apps.teachers.models import ChangeSet, Leave, Person

# ИМО keeps everybody; the assistant enters data on behalf of organisations.
KEEPERS = IMO_ROLES
# They decide what organisations propose, merge cards and keep the reference books.
DECIDERS = frozenset({Role.HEAD, Role.METHODIST})


def can_see_registry(user: Any, person: Person | None = None) -> bool:
    """The department, and whoever answers for an organisation; a teacher opens only his own card."""
    return reads_city(user) or bool(represented_ids(user))


def can_see_card(user: Any, person: Person) -> bool:
    """Whoever sees the registry, and the person himself."""
    return can_see_registry(user) or is_own(user, person)


def is_own(user: Any, person: Person | None) -> bool:
    """The card of the user himself."""
    return person is not None and person.user_id is not None and person.user_id == user.pk


def is_keeper(user: Any) -> bool:
    """Keeps the people of every organisation."""
    return has_role(user, *KEEPERS)


def can_keep(user: Any, person: Person | None = None) -> bool:
    """ИМО, and the responsible of an organisation for its own people (statute 3.1.7, 3.1.10).

    Its own are those who have a post there, or left it within a year; without a person: anybody at all?
    """
    if has_role(user, *KEEPERS):
        return True
    own = represented_ids(user)
    if person is None or not own:
        return bool(own)
    return Person.objects.filter(pk=person.pk).employed_in(own).exists()


def can_keep_for(user: Any, organization: Organization | None) -> bool:
    """Posts, duties, pairs and vacancies of an organisation: ИМО, and who answers for it or its parent."""
    if has_role(user, *KEEPERS):
        return True
    own = represented_ids(user)
    return organization is not None and (organization.pk in own or organization.parent_id in own)


def can_keep_record(user: Any, record: Any) -> bool:
    """A row about a person: what belongs to an organisation is kept by that organisation alone.

    The posts an external part-timer holds elsewhere are only read here; his education is kept by both.
    """
    owner = record.employment if isinstance(record, Leave) else record
    if hasattr(owner, "organization_id"):
        return can_keep_for(user, owner.organization)
    return can_keep(user, owner.person)


def can_see_private(user: Any, person: Person | None = None) -> bool:
    """Birth date, phone and e-mail: whoever keeps the card, and the person himself; not the director."""
    return can_keep(user, person) or is_own(user, person)


def can_decide(user: Any, changes: ChangeSet | None = None) -> bool:
    """What an organisation proposes is accepted by a methodist or the head."""
    return has_role(user, *DECIDERS)


def can_merge(user: Any, person: Person | None = None) -> bool:
    """Two cards are made one by whoever decides for the city."""
    return has_role(user, *DECIDERS)


def can_erase(user: Any, person: Person | None = None) -> bool:
    """Personal data is erased by the head of ИМО alone, with an act."""
    return has_role(user, Role.HEAD)


def can_keep_books(user: Any, book: Any = None) -> bool:
    """Reference books and rules are kept by methodists and the head."""
    return has_role(user, *DECIDERS)
