"""Somebody else's number in an address or in a posted field: refused as if there were no such row."""

import pytest
from django.db import transaction

from tests.walk.conftest import signed_in_as
from tests.walk.world import changed_tables

pytestmark = pytest.mark.django_db
EDITS = {"key": "k1", "base": 0, "edits": [{"address": "1/01/4", "value": "11", "was": None}]}

# (who, address with the words of the world; `b:` marks a row of school B, what is posted).
# The response in the address is one's own or visible, the second number belongs to another response.
SECOND_NUMBERS = [
    ("own", "returned", "remarks/{b:returned remark}/answer/", {"text": "Ответ"}),
    ("own", "returned", "remarks/{submitted remark}/answer/", {"text": "Ответ"}),
    ("own", "draft", "attachments/{b:draft attachment}/remove/", {}),
    ("own", "draft", "attachments/{returned attachment}/remove/", {}),
    ("methodist", "submitted", "remarks/{b:submitted remark}/resolve/", {}),
    ("methodist", "submitted", "remarks/{b:submitted remark}/answer/", {"text": "Ответ"}),
    ("head", "submitted", "remarks/{b:submitted remark}/resolve/", {}),
]
SECOND_NUMBERS_TO_READ = [
    ("own", "draft", "attachments/{b:draft attachment}/"),
    ("own", "draft", "attachments/{returned attachment}/"),
    ("own", "submitted", "receipt/{b:submitted submission}/"),
    ("own", "submitted", "receipt/{accepted submission}/"),
    ("methodist", "submitted", "receipt/{b:submitted submission}/"),
    ("methodist", "draft", "attachments/{b:draft attachment}/"),
]


def filled(world, template: str) -> str:
    rows = {f"b:{word}": number for word, number in world.foreign.items()} | world.at
    for word, number in rows.items():
        template = template.replace("{" + word + "}", str(number))
    assert "{" not in template
    return template


def under_response(world, state: str, template: str) -> str:
    return f"/monitoring/responses/{world.at[state]}/{filled(world, template)}"


@pytest.mark.parametrize(("word", "state", "template", "body"), SECOND_NUMBERS)
def test_second_number_of_another_response(word, state, template, body, world, sessions, untouched):
    answer = signed_in_as(sessions, word).post(under_response(world, state, template), body)
    assert answer.status_code == 404
    assert changed_tables(untouched) == set()


@pytest.mark.parametrize(("word", "state", "template"), SECOND_NUMBERS_TO_READ)
def test_second_number_of_another_response_to_read(word, state, template, world, sessions, untouched):
    assert signed_in_as(sessions, word).get(under_response(world, state, template)).status_code == 404
    assert changed_tables(untouched) == set()


@pytest.mark.parametrize(
    "template",
    [
        "/jobs/{b:job}/",
        "/jobs/{b:job}/file/",
        "/notices/{b:notice}/",
        "/account/successor/{b:grant}/",
        "/monitoring/responses/{unstarted}/",
    ],
)
def test_personal_rows_of_another(template, world, sessions, untouched):
    client = signed_in_as(sessions, "own")
    assert client.get(filled(world, template)).status_code == 404
    assert changed_tables(untouched) == set()


def test_organisation_of_another_can_not_be_chosen(world, sessions, untouched):
    client = signed_in_as(sessions, "own")
    answer = client.post("/account/organization/", {"organization": world.school_b.pk})
    assert answer.status_code == 404
    assert changed_tables(untouched) == set()


ORGANISATION_FIELDS = ["organization", "organization_id", "response", "response_id", "pk", "id", "by", "user"]
OWN_ACTS = [
    ("/monitoring/responses/{draft}/", {"do": "save", "c:1/01/4": "12"}, "monitoring_response"),
    ("/monitoring/responses/{draft}/submit/", {"key": "k3"}, "monitoring_submission"),
    ("/monitoring/responses/{draft}/rows/", {"do": "add", "section": "2"}, "monitoring_response"),
    ("/organizations/{organization}/contacts/", {"head_name": "Иванов И. И."}, "organizations_organization"),
]


@pytest.mark.parametrize(("template", "body", "table"), OWN_ACTS)
def test_forged_number_in_a_field_reaches_nothing_of_another(
    template, body, table, world, sessions, untouched
):
    """What is acted upon stands in the address; a field with the number of another is passed over."""
    theirs = world.responses["other", "draft"]
    forged = dict.fromkeys(ORGANISATION_FIELDS, theirs.pk) | {"organization": world.school_b.pk}

    answer = signed_in_as(sessions, "own").post(filled(world, template), forged | body)

    assert answer.status_code in (200, 302)
    assert table in changed_tables(untouched)
    theirs_now = type(theirs).objects.get(pk=theirs.pk)
    assert (theirs_now.values, theirs_now.open_rows, theirs_now.state) == (
        {"1/01/3": "12.5", "1/01/4": "10"} if "1/01/3" in theirs.values else theirs.values,
        {},
        "draft",
    )
    assert not theirs.submissions.exists()
    assert type(world.school_b).objects.get(pk=world.school_b.pk).head_name == ""


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/monitoring/campaigns/{draft campaign}/recipients/", "organizations"),
        ("/monitoring/campaigns/{submitted campaign}/recipients/add/", "organization"),
        ("/invitations/create/", "organization"),
        ("/organizations/{organization}/edit/", "parent"),
    ],
)
def test_number_of_no_row_in_a_field_of_staff(path, field, world, sessions, untouched):
    posted = {field: 10**9, "role": "representative", "full_name": "Школа", "short_name": "Школа А"}
    posted |= {"kind": "school", "type": "budgetary", "status": "active"}
    assert signed_in_as(sessions, "methodist").post(filled(world, path), posted).status_code == 422
    assert changed_tables(untouched) == set()


def test_methodist_can_not_invite_a_head(world, sessions, untouched):
    for role in ("head", "admin", "director", "methodist"):
        answer = signed_in_as(sessions, "methodist").post("/invitations/create/", {"role": role})
        assert answer.status_code == 422
    assert changed_tables(untouched) == set()


@pytest.mark.parametrize("state", ["not_started", "draft", "submitted", "returned", "accepted"])
@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("", {"do": "save", "c:1/01/4": "12"}),
        ("submit/", {"key": "k4"}),
        ("check/", {"c:1/01/4": "12"}),
        ("explain/", {"instance": "r2:5", "text": "Так"}),
        ("rows/", {"do": "remove", "section": "2", "row": "n1"}),
        ("attachments/", {}),
        ("return/", {"comment": "Ошибка"}),
        ("accept/", {}),
        ("reopen/", {"comment": "Ошибка"}),
        ("extend/", {"due_at": "2099-01-01T12:00", "reason": "болезнь"}),
        ("remarks/", {"text": "Ошибка"}),
    ],
)
def test_response_of_another_in_every_state(state, act, body, world, sessions, untouched):
    url = f"/monitoring/responses/{world.responses['other', state].pk}/{act}"
    mark = transaction.savepoint()
    assert signed_in_as(sessions, "own").post(url, body).status_code == 404
    assert changed_tables(untouched) == set()
    transaction.savepoint_rollback(mark)


def test_cells_of_another(world, sessions, untouched):
    url = f"/monitoring/responses/{world.responses['other', 'draft'].pk}/cells/"
    answer = signed_in_as(sessions, "own").post(url, EDITS, content_type="application/json")
    assert answer.status_code == 404
    assert changed_tables(untouched) == set()


def test_file_of_another_is_not_imported(world, sessions, untouched):
    """The file of an import is its uploader's, also for those who may import."""
    for word in ("head", "admin"):
        answer = signed_in_as(sessions, word).post(
            f"/organizations/import/{world.at['import']}/", {"key": "k"}
        )
        assert answer.status_code == 404
    assert changed_tables(untouched) == set()
