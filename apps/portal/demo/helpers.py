"""Who helps organisations to answer: a colleague with a section, a report told by phone."""

from collections.abc import Mapping

from apps.accounts.links import new_token, token_hash
from apps.accounts.models import User
from apps.monitoring.actions.parts import give_part
from apps.monitoring.compiled import compiled_of
from apps.monitoring.models import Campaign, PhoneCall, Response
from apps.organizations.enums import OrganizationKind
from apps.portal.demo.cast import invented_name
from apps.portal.demo.chance import chance


def load_helpers(users: Mapping[str, User], running: list[Campaign]) -> None:
    """School1 has given the first section of a draft away; one kindergarten waits for its head's word."""
    school = users["school1"]
    draft = Response.objects.filter(
        campaign=running[0], state="draft", organization_id__in=school.represented_ids
    ).first()
    if draft is not None:
        section = compiled_of(draft).laid.copies[0].address
        name = " ".join(invented_name(chance("part", 1)))
        give_part(response_id=draft.pk, name=f"{name}, библиотекарь", email="", sections=[section], by=school)
    told = Response.objects.filter(
        campaign__in=running, state="submitted", organization__kind=OrganizationKind.KINDERGARTEN
    ).first()
    if told is not None:
        PhoneCall.objects.create(
            response=told,
            told_by=" ".join(invented_name(chance("call", 1))) + ", старший воспитатель",
            called_at=told.submitted_at,
            entered_by=users["methodist"],
            sent_at=told.submitted_at,
            token_hash=token_hash(new_token()),
        )
