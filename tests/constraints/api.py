"""The walls of the open data interface."""

import datetime
from typing import Any

from apps.api.models import AccessKey
from tests.constraints.case import Case, Table, now, pair
from tests.factories import OrganizationFactory, UserFactory


def given() -> dict[str, Any]:
    later = now() + datetime.timedelta(days=1)
    return {"owner": UserFactory(), "name": "Excel", "token_hash": "a" * 64, "expires_at": later}


def token_hash() -> Case:
    fields = given()
    AccessKey.objects.create(**fields)
    return pair(AccessKey, fields, {}, {"token_hash": "b" * 64})


def term() -> Case:
    earlier = now() - datetime.timedelta(days=1)
    return pair(AccessKey, given(), {"expires_at": earlier}, {})


def organization() -> Case:
    fields = given() | {"organization": OrganizationFactory()}
    return pair(AccessKey, fields, {"role": "methodist"}, {"role": "representative"})


def revoked() -> Case:
    fields = given() | {"revoked_at": now()}
    return pair(AccessKey, fields, {}, {"revoked_by": UserFactory()})


LINES: Table = {
    "api.AccessKey.token_hash": token_hash,
    "access_key_expires_after_creation": term,
    "access_key_organization_fits_role": organization,
    "access_key_revoked_by_somebody": revoked,
}
