"""A form of three figures and two questions, and the three organisations that answer it in these tests."""

import copy
import datetime
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.core.magadan import MAGADAN
from apps.core.roles import Role
from apps.monitoring.actions.filling import Edit, save_cells
from apps.monitoring.actions.sending import accept, submit
from apps.monitoring.models import Campaign, Response
from apps.organizations.models import Contingent, Organization
from tests.factories import CampaignFactory, OrganizationFactory, ResponseFactory, user_with

# гр.3 pupils with a reader's card, гр.4 books by the thousand, гр.5 the share that the portal computes.
SMALL: dict[str, Any] = {
    "schema": "imo-form/1",
    "code": "small",
    "title": "Читатели",
    "choices": {
        "speed": [{"code": "1", "title": "медленно"}, {"code": "2", "title": "быстро"}],
        "topics": [{"code": "a", "title": "Чтение"}, {"code": "b", "title": "Каталог"}],
    },
    "sections": [
        {
            "code": "1",
            "title": "Показатели",
            "items": [
                {
                    "type": "table",
                    "title": "Читатели и книги",
                    "columns": [
                        {"code": "3", "title": "Читателей", "value": {"type": "integer"}},
                        {"code": "4", "title": "Книг, тысяч", "value": {"type": "decimal", "decimals": 1}},
                        {
                            "code": "5",
                            "title": "Доля, %",
                            "value": {"type": "decimal", "decimals": 1, "computed": "гр.4 × 100 / гр.3"},
                        },
                    ],
                    "rows": [{"code": "01", "title": "Всего"}],
                }
            ],
        },
        {
            "code": "2",
            "title": "Вопросы",
            "items": [
                {
                    "type": "question",
                    "code": "speed",
                    "title": "Сеть",
                    "value": {"type": "choice", "choices": "speed"},
                },
                {
                    "type": "question",
                    "code": "topics",
                    "title": "Что нужно",
                    "value": {"type": "multi_choice", "choices": "topics"},
                },
            ],
        },
    ],
    "relations": [],
}
READERS, BOOKS, SHARE = "1/01/3", "1/01/4", "1/01/5"


def small_with_row(code: str) -> dict[str, Any]:
    """The same form with another code of its row."""
    definition = copy.deepcopy(SMALL)
    definition["sections"][0]["items"][0]["rows"][0]["code"] = code
    return definition


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime.datetime:
    """A moment of Magadan."""
    return datetime.datetime(year, month, day, hour, minute, second, tzinfo=MAGADAN)


def organization(name: str, kind: str, levels: list[str], pupils: int | None) -> tuple[Organization, User]:
    """An organisation with the user who answers for it."""
    made = OrganizationFactory(short_name=name, kind=kind, levels=levels)
    if pupils is not None:
        Contingent.objects.create(
            organization=made,
            school_year=2026,
            pupils=pupils,
            groups=5,
            counted_on=datetime.date(2026, 9, 20),
        )
    return made, user_with(Role.REPRESENTATIVE, made)


def campaign_of(version: Any, by: User, **fields: Any) -> Campaign:
    return CampaignFactory(version=version, created_by=by, **fields)


def owed(campaign: Campaign, organization: Organization) -> Response:
    return ResponseFactory(campaign=campaign, organization=organization)


def sent(campaign: Campaign, organization: Organization, by: User, values: dict[str, str]) -> Response:
    """A response typed and sent by the actions of the portal."""
    response = owed(campaign, organization)
    edits = [Edit(address, text) for address, text in values.items()]
    saved = save_cells(response_id=response.pk, edits=edits, by=by)
    assert saved.faults == {}
    submit(response_id=response.pk, by=by)
    response.refresh_from_db()
    return response


def accepted(
    campaign: Campaign, organization: Organization, by: User, values: dict[str, str], methodist: User
) -> Response:
    response = sent(campaign, organization, by, values)
    accept(response_id=response.pk, by=methodist)
    response.refresh_from_db()
    return response


def tomorrow() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=1)
