"""What somebody may choose from in the forms of the registry."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.core.roles import Role, has_role, represented_ids
from apps.organizations.models import Organization
from apps.teachers.models import Employment, Person
from apps.teachers.permissions import KEEPERS


def kept_organizations(user: Any, chosen: int | None = None) -> QuerySet[Organization]:
    """Whose posts the user keeps: of the whole city for ИМО, otherwise his own with its branches.

    `chosen`: an organisation that stays to be chosen though it is closed by now.
    """
    works = Organization.objects.active_on(timezone.localdate()).values("pk")
    rows = Organization.objects.filter(Q(pk__in=works) | Q(pk=chosen)).order_by("short_name")
    if has_role(user, *KEEPERS):
        return rows
    own = represented_ids(user)
    return rows.filter(Q(pk__in=own) | Q(parent__in=own))


def kept_employments(user: Any, person: Person) -> QuerySet[Employment]:
    """The posts of the person that the user may change."""
    rows = Employment.objects.filter(person=person).select_related("position", "organization")
    return rows if has_role(user, *KEEPERS) else rows.filter(organization__in=kept_organizations(user))


def organizations_of(user: Any, person: Person) -> QuerySet[Organization]:
    """Where the person works or worked, of those the user keeps."""
    posts = person.employments.order_by().values("organization")
    return kept_organizations(user).filter(pk__in=posts)


def people_of(user: Any, organization: Organization) -> QuerySet[Person]:
    """Who works, or is to work, in the organisation or its branches, of those the user sees."""
    here = Q(organization=organization) | Q(organization__parent=organization)
    working = Employment.objects.filter(here, Q(ended_on=None) | Q(ended_on__gte=timezone.localdate()))
    return Person.objects.visible_to(user).present().filter(pk__in=working.values("person"))


def users_to_link(person: Person) -> QuerySet:
    """Users with the right of a teacher who have no card yet, and the one who has this card."""
    today = timezone.localdate()
    granted = Q(grants__role=Role.TEACHER) & (Q(grants__ends_on=None) | Q(grants__ends_on__gte=today))
    free = Q(person=None) | Q(person=person.pk) if person.pk else Q(person=None)
    return get_user_model().objects.filter(granted & free).distinct().order_by("last_name", "first_name")
