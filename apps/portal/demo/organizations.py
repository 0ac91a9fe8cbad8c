"""The city's organisations with invented requisites, and their contingent for three school years."""

import datetime
import json
from random import Random
from typing import Any

from django.conf import settings
from stdnum.ru import inn, ogrn

from apps.organizations.enums import OrganizationKind
from apps.organizations.models import Contingent, Department, Organization
from apps.portal.demo.calendar import DemoCalendar
from apps.portal.demo.cast import invented_name
from apps.portal.demo.chance import chance

NOTE = "Демонстрационные данные: ИНН, ОГРН, руководитель, телефон и численность вымышлены."
HEADS = {
    OrganizationKind.SCHOOL: "Директор",
    OrganizationKind.KINDERGARTEN: "Заведующий",
    OrganizationKind.ADDITIONAL: "Директор",
}
# Children from … to, and how many of them make a class or a group.
SIZES = {
    OrganizationKind.SCHOOL: (260, 1050, 25),
    OrganizationKind.KINDERGARTEN: (80, 290, 21),
    OrganizationKind.ADDITIONAL: (700, 2000, 15),
}


def _fixture(name: str) -> list[dict[str, Any]]:
    path = settings.BASE_DIR / "fixtures" / name
    return [row["fields"] for row in json.loads(path.read_text(encoding="utf-8"))]


def load_department() -> Department:
    """The one row of the department."""
    [fields] = _fixture("department.json")
    return Department.objects.create(pk=1, **fields)


def load_organizations(calendar: DemoCalendar) -> list[Organization]:
    """Every organisation of the fixture, in its order, with its contingent."""
    made = []
    for number, fields in enumerate(_fixture("organizations.json"), start=1):
        rng = chance("organization", number)
        made.append(Organization(**{**fields, **_requisites(number, fields, rng)}))
    organizations = Organization.objects.bulk_create(made)
    Contingent.objects.bulk_create(
        row for number, one in enumerate(organizations, 1) for row in _contingent(number, one, calendar)
    )
    return organizations


def _requisites(number: int, fields: dict[str, Any], rng: Random) -> dict[str, str]:
    # 9909 is no tax office: the numbers are valid by their check digits and belong to nobody.
    tax = f"9909{number:05d}"
    state = f"1024900{number:05d}"
    head = " ".join(invented_name(rng))
    return {
        "inn": tax + inn.calc_company_check_digit(tax),
        "kpp": "990901001",
        "ogrn": state + ogrn.calc_check_digit(f"{state}0"),
        "address": "г. Магадан",
        "head_name": head,
        "head_position": HEADS.get(OrganizationKind(fields["kind"]), "Руководитель"),
        "phone": "+7 (4132) 00-00-00",
        "email": f"organization{number}@imo.example",
        "note": f"{fields['note']} {NOTE}".strip(),
    }


def _contingent(number: int, organization: Organization, calendar: DemoCalendar) -> list[Contingent]:
    rng = chance("contingent", number)
    least, most, group = SIZES[OrganizationKind(organization.kind)]
    pupils = rng.randint(least, most)
    rows = []
    for year in calendar.years:
        counted_on = min(year.first_day + datetime.timedelta(19), calendar.today)
        rows.append(
            Contingent(
                organization=organization,
                school_year=year.start,
                pupils=pupils,
                groups=max(1, round(pupils / group)),
                counted_on=counted_on,
            )
        )
        pupils = round(pupils * rng.uniform(0.97, 1.05))
    return rows
