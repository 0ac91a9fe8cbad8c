"""Lines of core, organizations, accounts, notices and papers."""

import datetime
import io

from apps.accounts.models import Invitation, RoleGrant, User
from apps.core.files import store_file
from apps.core.models import PortalState, UsedKey, WorkdayException
from apps.core.roles import Role
from apps.notices.models import Preference
from apps.organizations.models import Contingent, Department, Organization
from apps.papers.models import NumberSequence, Paper, PaperAttachment
from tests.constraints.case import Case, D, Table, now, pair
from tests.factories import OrganizationFactory, UserFactory

SCHOOL = {"full_name": "Школа", "short_name": "Школа Ю", "kind": "school", "type": "budgetary"}
NUMBERS = {"inn": "7707083893", "kpp": "770701001"}


def portal_state() -> Case:
    return pair(PortalState, {}, {"id": 2}, {"id": 1})


def used_key() -> Case:
    given = {"user": UserFactory(), "action": "send", "key": "k1"}
    UsedKey.objects.create(**given)
    return pair(UsedKey, given, {}, {"key": "k2"})


def workday() -> Case:
    WorkdayException.objects.create(date=D(2026, 12, 31))
    return pair(WorkdayException, {}, {"date": D(2026, 12, 31)}, {"date": D(2026, 12, 30)})


def department() -> Case:
    Department.objects.all().delete()
    names = ("full_name", "genitive_name", "short_name", "imo_name", "imo_genitive_name", "city")
    given = dict.fromkeys((*names, "head_title", "director_title"), "Департамент")
    return pair(Department, given, {"id": 2}, {"id": 1})


def inn_kpp() -> Case:
    OrganizationFactory(**NUMBERS)
    return pair(Organization, SCHOOL | NUMBERS, {}, {"kpp": "770701002"})


def short_name() -> Case:
    OrganizationFactory(short_name="Школа Ю")
    return pair(Organization, SCHOOL, {}, {"short_name": "Школа Я"})


def own_branch() -> Case:
    wrong, right = OrganizationFactory(), OrganizationFactory()
    wrong.parent, right.parent = wrong, OrganizationFactory()
    return Case(wrong, right)


def closes_after_opening() -> Case:
    given = SCHOOL | {"opened_on": D(2020, 9, 1)}
    return pair(Organization, given, {"closed_on": D(2020, 8, 31)}, {"closed_on": D(2020, 9, 1)})


def contingent_given() -> dict:
    return {
        "organization": OrganizationFactory(),
        "school_year": 2026,
        "pupils": 1,
        "groups": 1,
        "counted_on": D(2026, 9, 20),
    }


def contingent_once() -> Case:
    given = contingent_given()
    Contingent.objects.create(**given)
    return pair(Contingent, given, {}, {"school_year": 2025})


def contingent_year() -> Case:
    return pair(Contingent, contingent_given(), {"school_year": 1989}, {"school_year": 1990})


def user_given() -> dict:
    return {"last_name": "Тестова", "first_name": "Анна", "password": "!"}


def username() -> Case:
    UserFactory(username="ivanova")
    return pair(User, user_given(), {"username": "ivanova"}, {"username": "ivanova2"})


def username_any_case() -> Case:
    UserFactory(username="ivanova")
    return pair(User, user_given(), {"username": "Ivanova"}, {"username": "Ivanova2"})


def grant_dates() -> Case:
    given = {"user": UserFactory(), "role": Role.METHODIST, "starts_on": D(2026, 5, 2)}
    return pair(RoleGrant, given, {"ends_on": D(2026, 5, 1)}, {"ends_on": D(2026, 5, 2)})


def grant_organization() -> Case:
    given = {"user": UserFactory(), "organization": OrganizationFactory()}
    return pair(RoleGrant, given, {"role": Role.METHODIST}, {"role": Role.REPRESENTATIVE})


def acting_given() -> dict:
    return {
        "user": UserFactory(),
        "role": Role.HEAD,
        "is_acting": True,
        "starts_on": D(2026, 5, 1),
        "ends_on": D(2026, 5, 10),
    }


def acting_order() -> Case:
    return pair(RoleGrant, acting_given(), {}, {"order_number": "5"})


def acting_once() -> Case:
    """The first ends on the tenth: the tenth is taken, the eleventh is free."""
    RoleGrant.objects.create(**acting_given(), order_number="5")
    given = acting_given() | {"order_number": "6", "ends_on": D(2026, 5, 20)}
    return pair(RoleGrant, given, {"starts_on": D(2026, 5, 10)}, {"starts_on": D(2026, 5, 11)})


def invitation_given() -> dict:
    later = now() + datetime.timedelta(days=1)
    by = UserFactory()
    return {"role": Role.METHODIST, "invited_by": by, "expires_at": later, "token_hash": "a" * 64}


def invitation_token() -> Case:
    Invitation.objects.create(**invitation_given())
    return pair(Invitation, invitation_given(), {}, {"token_hash": "b" * 64})


def invitation_accepted() -> Case:
    return pair(Invitation, invitation_given() | {"accepted_at": now()}, {}, {"accepted_by": UserFactory()})


def preference() -> Case:
    kept = Preference.objects.create(user=UserFactory())
    return pair(Preference, {}, {"user": kept.user}, {"user": UserFactory()})


def sequence() -> Case:
    given = {"register": "certificates", "year": 2026}
    NumberSequence.objects.create(**given)
    return pair(NumberSequence, given, {}, {"year": 2027})


def paper_given() -> dict:
    return {
        "kind": "monitoring_report",
        "register": "reports",
        "year": 2026,
        "ordinal": 1,
        "number": "1",
        "title": "Отчёт",
        "code": "AAAA",
        "signatory_name": "И",
        "signatory_title": "З",
        "snapshot": {"a": 1},
        "issued_on": D(2026, 5, 1),
        "issued_by": UserFactory(),
    }


def paper_number() -> Case:
    Paper.objects.create(**paper_given())
    return pair(Paper, paper_given() | {"code": "BBBB"}, {}, {"ordinal": 2})


def paper_code() -> Case:
    Paper.objects.create(**paper_given())
    return pair(Paper, paper_given() | {"ordinal": 2}, {}, {"code": "BBBB"})


def paper_revoked() -> Case:
    given = paper_given() | {"state": "revoked", "revoked_at": now()}
    return pair(Paper, given, {}, {"revocation_reason": "Ошибка"})


def paper_replaced_once() -> Case:
    """Two papers in the place of one."""
    given = paper_given() | {"state": "revoked", "revoked_at": now(), "revocation_reason": "Ошибка"}
    old = Paper.objects.create(**given)
    Paper.objects.create(**paper_given() | {"ordinal": 2, "code": "BBBB", "replaces": old})
    given = paper_given() | {"ordinal": 3, "code": "CCCC"}
    return pair(Paper, given, {"replaces": old}, {})


def paper_attachment_removed() -> Case:
    paper = Paper.objects.create(**paper_given())
    file = store_file(file=io.BytesIO(b"%PDF-1.7"), name="Скан.pdf", content_type="application/pdf")
    given = {"paper": paper, "kind": "scan", "file": file, "added_by_id": paper.issued_by_id}
    return pair(
        PaperAttachment,
        given | {"removed_at": now()},
        {},
        {"removed_by_id": paper.issued_by_id},
    )


LINES: Table = {
    "portal_state_is_single": portal_state,
    "used_key_once": used_key,
    "core.WorkdayException.date": workday,
    "department_is_single": department,
    "organization_inn_kpp_once": inn_kpp,
    "organization_short_name_once": short_name,
    "organization_not_own_branch": own_branch,
    "organization_closes_after_opening": closes_after_opening,
    "contingent_once_a_year": contingent_once,
    "contingent_year_is_sane": contingent_year,
    "accounts.User.username": username,
    "user_username_any_case": username_any_case,
    "grant_ends_after_start": grant_dates,
    "grant_organization_fits_role": grant_organization,
    "grant_acting_rests_on_order": acting_order,
    "grant_one_acting_head": acting_once,
    "accounts.Invitation.token_hash": invitation_token,
    "invitation_accepted_by_someone": invitation_accepted,
    "notices.Preference.user": preference,
    "sequence_once": sequence,
    "paper_number_once": paper_number,
    "papers.Paper.code": paper_code,
    "paper_revoked_with_reason": paper_revoked,
    "papers.Paper.replaces": paper_replaced_once,
    "paper_attachment_removed_by_someone": paper_attachment_removed,
}
