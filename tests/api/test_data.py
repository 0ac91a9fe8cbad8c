"""What the interface gives: documents word for word, pages without a gap, a fixed number of queries."""

import datetime

import pytest

from apps.api.endpoints import responses
from apps.core.models import JournalRecord
from apps.core.roles import Role
from apps.monitoring.actions.sending import reopen
from apps.monitoring.models import Campaign, Response
from apps.organizations.models import Contingent
from tests.factories import CampaignFactory, OrganizationFactory, ResponseFactory, form_version, user_with
from tests.monitoring.responses.definitions import LIBRARY
from tests.monitoring.small import sent

START = "/api/v1/"
MOMENTS = ["opened_at", "saved_at", "submitted_at", "accepted_at", "due_at"]


def all_items(client, path: str, **given) -> list[dict]:
    """The items of every page, and that no page but the last is short."""
    items, cursor = [], ""
    while cursor is not None:
        document = client.get(START + path, {**given, "cursor": cursor}).json()
        items += document["items"]
        cursor = document["next_cursor"]
        assert cursor is None or len(document["items"]) == given["limit"]
    return items


# --- documents ---


def test_organization(by_key, methodist):
    one = OrganizationFactory(
        short_name="Школа № 1",
        full_name="МАОУ «Школа № 1»",
        head_name="Иванов Иван Иванович",
        phone="+74132000000",
        email="school@imo.example",
        opened_on=datetime.date(1990, 9, 1),
    )
    Contingent.objects.create(
        organization=one, school_year=2026, pupils=640, groups=25, counted_on=datetime.date(2026, 9, 20)
    )
    assert by_key(methodist).get(f"{START}organizations/{one.pk}").json() == {
        "id": one.pk,
        "short_name": "Школа № 1",
        "full_name": "МАОУ «Школа № 1»",
        "kind": "school",
        "kind_title": one.get_kind_display(),
        "type": "budgetary",
        "type_title": one.get_type_display(),
        "levels": ["primary", "basic"],
        "parent_id": None,
        "inn": "",
        "kpp": "",
        "ogrn": "",
        "address": "",
        "district": "",
        "site": "",
        "status": "active",
        "status_title": one.get_status_display(),
        "opened_on": "1990-09-01",
        "closed_on": None,
        "pupils": 640,
        "groups": 25,
    }


def test_form_and_version(by_key, methodist, small):
    client = by_key(methodist)
    version = {
        "id": small.pk,
        "number": 1,
        "state": "published",
        "note": small.note,
        "published_at": client.get(f"{START}versions/{small.pk}").json()["published_at"],
    }
    assert client.get(f"{START}forms/{small.form_id}").json() == {
        "id": small.form_id,
        "code": "small",
        "title": "Читатели",
        "clause": "",
        "is_archived": False,
        "versions": [version],
    }
    document = client.get(f"{START}versions/{small.pk}").json()
    assert document["definition"] == small.definition
    assert {name: document[name] for name in version} == version


def test_cells_of_a_version(by_key, methodist, small):
    cells = by_key(methodist).get(f"{START}versions/{small.pk}/cells").json()["items"]
    assert [one["address"] for one in cells] == ["1/01/3", "1/01/4", "1/01/5", "speed", "topics"]
    assert cells[1] == {
        "address": "1/01/4",
        "title": "Всего — Книг, тысяч (разд. 1, стр. 01, гр. 4)",
        "type": "decimal",
        "unit": "",
        "decimals": 1,
        "is_computed": False,
        "choices": {},
    }
    assert cells[2]["is_computed"] is True
    assert cells[3]["choices"] == {"1": "медленно", "2": "быстро"}


def test_campaign(by_key, methodist, collecting, three):
    document = by_key(methodist).get(f"{START}campaigns/{collecting.pk}").json()
    assert document.pop("due_at").endswith("Z")
    assert document.pop("started_at").endswith("Z")
    assert document == {
        "id": collecting.pk,
        "title": "Проверочный мониторинг",
        "form_id": collecting.version.form_id,
        "version_id": collecting.version_id,
        "period_kind": "school_year",
        "period_start": "2026-09-01",
        "period_title": "2026/2027 учебный год",
        "state": "running",
        "state_title": "Идёт сбор",
        "previous_id": None,
        "closed_at": None,
        "asked": 3,
        "answered": 3,
        "accepted": 3,
    }


def test_response(by_key, methodist, three):
    given = three["A"]
    client = by_key(methodist)
    document = client.get(f"{START}responses/{given.pk}", {"values": "true"}).json()
    moments = {name: document.pop(name) for name in MOMENTS}
    assert moments["submitted_at"].endswith("Z")
    assert document == {
        "id": given.pk,
        "campaign_id": given.campaign_id,
        "campaign_title": "Проверочный мониторинг",
        "version_id": given.campaign.version_id,
        "period_title": "2026/2027 учебный год",
        "organization_id": given.organization_id,
        "organization": "Школа А",
        "state": "accepted",
        "state_title": "Принят",
        "is_overdue": False,
        "filled": given.filled,
        "submitted_by": str(given.submitted_by),
        "values": {"1/01/3": "100", "1/01/4": "50.5", "1/01/5": "50.5", "speed": "1", "topics": "a,b"},
    }


def test_fields_that_are_absent(by_key, methodist, three):
    """Who has sent a report is the department's to know; values come when they are asked for."""
    given = three["A"]
    own = by_key(given.submitted_by)
    assert "submitted_by" not in own.get(f"{START}responses/{given.pk}").json()
    (line,) = own.get(f"{START}responses").json()["items"]
    assert {"submitted_by", "values"}.isdisjoint(line)
    (line,) = own.get(f"{START}responses", {"values": "true"}).json()["items"]
    assert line["values"]["1/01/3"] == "100"
    assert "submitted_by" in by_key(methodist).get(f"{START}responses").json()["items"][0]


def test_cells_of_a_response(by_key, methodist, three):
    items = by_key(methodist).get(f"{START}responses/{three['C'].pk}/cells").json()["items"]
    assert [(one["address"], one["value"], one["text"]) for one in items] == [
        ("1/01/3", None, ""),
        ("1/01/4", "5", "5"),
        ("1/01/5", None, ""),
        ("speed", "1", "медленно"),
        ("topics", None, ""),
    ]


def test_filters_of_responses(by_key, methodist, collecting, three):
    other = CampaignFactory(version=collecting.version, created_by=methodist)
    fresh = ResponseFactory(campaign=other, organization=three["A"].organization)
    client = by_key(methodist)

    def ids(**given) -> list[int]:
        return [one["id"] for one in client.get(f"{START}responses", given).json()["items"]]

    assert ids(campaign=collecting.pk) == [three["A"].pk, three["B"].pk, three["C"].pk]
    assert ids(organization=three["A"].organization_id) == [three["A"].pk, fresh.pk]
    assert ids(state="not_started") == [fresh.pk]
    assert ids(campaign=10**18) == []


def test_filters_of_campaigns(by_key, methodist, collecting):
    draft = CampaignFactory(version=collecting.version, created_by=methodist, state="draft", started_at=None)
    client = by_key(methodist)
    assert [one["id"] for one in client.get(f"{START}campaigns?state=draft").json()["items"]] == [draft.pk]
    of_form = client.get(f"{START}campaigns", {"form": collecting.version.form_id}).json()["items"]
    assert [one["id"] for one in of_form] == [collecting.pk, draft.pk]


# --- summaries: by hand, 100 + 300 readers, 50,5 + 30,5 + 5 thousand books ---


def test_head_of_a_summary(by_key, methodist, collecting, three):
    assert by_key(methodist).get(f"{START}campaigns/{collecting.pk}/summary").json() == {
        "campaign_id": collecting.pk,
        "asked": 3,
        "included": 3,
        "late": 0,
        "missing": 0,
        "waiting": 0,
        "groups": [
            {"key": "all", "title": "Все организации", "organizations": 3, "pupils": 300},
            {
                "key": "kind:school",
                "title": "Общеобразовательные организации",
                "organizations": 2,
                "pupils": 300,
            },
            {
                "key": "kind:kindergarten",
                "title": "Дошкольные образовательные организации",
                "organizations": 1,
                "pupils": 0,
            },
            {
                "key": "level:preschool",
                "title": "Уровень: дошкольное",
                "organizations": 1,
                "pupils": 0,
            },
            {
                "key": "level:primary",
                "title": "Уровень: начальное общее",
                "organizations": 1,
                "pupils": 200,
            },
            {
                "key": "level:basic",
                "title": "Уровень: основное общее",
                "organizations": 2,
                "pupils": 300,
            },
        ],
    }


def figures(client, campaign: Campaign, **given) -> list[tuple]:
    items = client.get(f"{START}campaigns/{campaign.pk}/figures", given).json()["items"]
    return [(one["address"], one["value"], one["filled"], one["answers"]) for one in items]


def test_figures(by_key, methodist, collecting, three):
    client = by_key(methodist)
    assert figures(client, collecting) == [
        ("1/01/3", "400", 2, {}),
        ("1/01/4", "86.0", 3, {}),
        ("1/01/5", "21.5", 2, {}),
        ("speed", None, None, {"1": 2, "2": 1}),
        ("topics", None, None, {"a": 2, "b": 1}),
    ]
    assert figures(client, collecting, group="kind:kindergarten")[1] == ("1/01/4", "5.0", 1, {})


def test_figures_with_those_not_yet_accepted(by_key, methodist, collecting, three):
    reopen(response_id=three["B"].pk, by=methodist, comment="Ошибка")
    school = user_with(Role.REPRESENTATIVE, OrganizationFactory())
    place = school.grants.get().organization
    sent(collecting, place, school, {"1/01/3": "7", "1/01/4": "1"})
    client = by_key(methodist)
    assert figures(client, collecting)[0] == ("1/01/3", "100", 1, {})
    assert figures(client, collecting, with_submitted="true")[0] == ("1/01/3", "107", 2, {})


def test_figures_that_changed_between_pages(by_key, methodist, collecting, three):
    client = by_key(methodist)
    url = f"{START}campaigns/{collecting.pk}/figures"
    cursor = client.get(url, {"limit": 2}).json()["next_cursor"]
    assert len(client.get(url, {"limit": 2, "cursor": cursor}).json()["items"]) == 2
    reopen(response_id=three["B"].pk, by=methodist, comment="Ошибка")
    answer = client.get(url, {"limit": 2, "cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (409, "changed")


# --- pages ---


@pytest.mark.parametrize(("limit", "pages"), [(1, 7), (2, 4), (3, 3), (7, 1), (1000, 1)])
def test_pages_hold_everything_once(limit, pages, by_key, methodist):
    made = [one.pk for one in OrganizationFactory.create_batch(7)]
    client = by_key(methodist)
    assert [one["id"] for one in all_items(client, "organizations", limit=limit)] == made


def test_row_added_between_pages_comes_at_the_end(by_key, methodist):
    made = [one.pk for one in OrganizationFactory.create_batch(3)]
    client = by_key(methodist)
    first = client.get(f"{START}organizations", {"limit": 2}).json()
    added = OrganizationFactory(short_name="А самая первая по имени").pk
    rest = client.get(f"{START}organizations", {"cursor": first["next_cursor"]}).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == [*made, added]
    assert rest["next_cursor"] is None


def test_cells_by_pages(by_key, methodist):
    version = form_version(LIBRARY, methodist)
    client = by_key(methodist)
    whole = client.get(f"{START}versions/{version.pk}/cells", {"limit": 1000}).json()
    assert whole["next_cursor"] is None
    assert all_items(client, f"versions/{version.pk}/cells", limit=2) == whole["items"]


def test_page_with_values_ends_early(by_key, methodist, three, monkeypatch):
    """A and B hold five cells each, so with six at most the page ends after the second; nothing is lost."""
    monkeypatch.setattr(responses, "MOST_CELLS", 6)
    client = by_key(methodist)
    first = client.get(f"{START}responses", {"values": "true", "limit": 10}).json()
    assert [one["id"] for one in first["items"]] == [three["A"].pk, three["B"].pk]
    rest = client.get(
        f"{START}responses", {"values": "true", "limit": 10, "cursor": first["next_cursor"]}
    ).json()
    assert [one["id"] for one in rest["items"]] == [three["C"].pk]
    assert rest["next_cursor"] is None
    exact = client.get(f"{START}responses", {"values": "true", "limit": 2}).json()
    assert len(exact["items"]) == 2 and exact["next_cursor"]


# --- queries ---


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("organizations", 3),
        ("forms", 4),
        ("campaigns", 3),
        ("responses", 6),
        ("responses?values=true", 6),
    ],
)
def test_number_of_queries_is_fixed(path, queries, by_key, methodist, django_assert_num_queries):
    """The key with its owner, his grants, the rows; versions of forms; campaigns, senders, the journal."""
    client = by_key(methodist)

    def grow(letter: str) -> None:
        version = form_version({**LIBRARY, "code": f"library-{letter}"}, methodist)
        campaign = CampaignFactory(version=version, created_by=methodist)
        ResponseFactory(campaign=campaign, organization=OrganizationFactory(), submitted_by=methodist)

    grow("a")
    client.get(START + path)
    for letters in ("", "bc"):
        for letter in letters:
            grow(letter)
        with django_assert_num_queries(queries):
            assert len(client.get(START + path).json()["items"]) == 1 + len(letters)


# --- the journal ---


def test_reading_of_responses_is_an_export(by_key, methodist, collecting, three):
    client = by_key(methodist)
    first = client.get(f"{START}responses", {"limit": 2}).json()
    client.get(f"{START}responses", {"limit": 2, "cursor": first["next_cursor"]})
    client.get(f"{START}campaigns/{collecting.pk}/figures")
    client.get(f"{START}organizations")
    lines = JournalRecord.objects.filter(verb="exported").order_by("pk")
    assert list(lines.values_list("user__username", "subject_title", "note")) == [
        ("methodist", "Отчёты организаций", "ключ доступа «Проверка»"),
        ("methodist", str(collecting), "ключ доступа «Проверка»"),
    ]


def test_reading_changes_nothing(by_key, methodist, three):
    client = by_key(methodist)
    before = list(Response.objects.values())
    for path in ("responses?values=true", f"responses/{three['A'].pk}", f"responses/{three['A'].pk}/cells"):
        assert client.get(START + path).status_code == 200
    assert list(Response.objects.values()) == before
