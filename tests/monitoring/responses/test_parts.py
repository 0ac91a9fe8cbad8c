"""Sections given to colleagues: each sees and types only his own; one sending by the responsible."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from apps.core.access import Conflict, Refused
from apps.monitoring.actions.filling import Edit, save_cells
from apps.monitoring.actions.parts import give_part, save_part, withdraw_part
from apps.monitoring.models import CellChange, Part, Response
from apps.monitoring.tasks import mail_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(ready, responsible_a) -> tuple[Part, str]:
    """Section 1 in the hands of a colleague, and the token of his link."""
    return give_part(
        response_id=ready.pk, name="Цветкова П. С., завуч", email="", sections=["1"], by=responsible_a
    )


def values_of(response) -> dict[str, str]:
    return Response.objects.get(pk=response.pk).values


def address(token: str) -> str:
    return f"/monitoring/part/{token}/"


def test_the_link_shows_its_sections_alone(part, ready, client):
    ready.values |= {"comment": "Тайный комментарий", "2/n1/1": "Тайная встреча"}
    ready.save()
    page = client.get(address(part[1])).content.decode()
    assert "Состав фонда" in page and 'name="c:1/01/4"' in page
    for text in ("Тайный комментарий", "Тайная встреча", "Мероприятия", "Комментарий", "c:comment"):
        assert text not in page
    assert "Заполнено 4 из 5" in page
    assert Part.objects.get().opened_at is not None


def test_what_is_typed_is_saved_under_the_colleagues_name(part, ready, client, signed_in, responsible_a):
    answer = client.post(address(part[1]), {"c:1/01/4": "11", "c:1/02/4": "6", "do": "done"})
    assert answer.status_code == 302
    assert values_of(ready)["1/01/4"] == "11"
    change = CellChange.objects.get()
    assert (change.address, change.by, change.part) == ("1/01/4", None, part[0])
    panel = signed_in(responsible_a).get(f"/monitoring/responses/{ready.pk}/history/?cell=1/01/4")
    assert "Цветкова П. С., завуч" in panel.content.decode()
    assert Part.objects.get().done_at is not None
    client.post(address(part[1]), {"do": "undone"})
    assert Part.objects.get().done_at is None


def test_cells_of_other_sections_are_not_written(part, ready, client):
    client.post(address(part[1]), {"c:comment": "Чужое", "c:2/n1/1": "Чужое", "c:1/01/4": "12"})
    assert {at: values_of(ready).get(at) for at in ("comment", "2/n1/1", "1/01/4")} == {
        "comment": None,
        "2/n1/1": None,
        "1/01/4": "12",
    }
    assert client.post(address(part[1]), {"do": "add:2"}).status_code == 409
    assert client.post(address(part[1]), {"do": "remove:2/n1"}).status_code == 409


def test_rows_of_an_own_open_table(ready, responsible_a, client):
    _, token = give_part(
        response_id=ready.pk, name="Лугова М. И.", email="", sections=["2"], by=responsible_a
    )
    client.post(address(token), {"do": "add:2"})
    client.post(address(token), {"c:2/n1/1": "Выставка", "c:2/n1/2": "30", "do": "save"})
    assert values_of(ready)["2/n1/1"] == "Выставка"
    client.post(address(token), {"do": "remove:2/n1"})
    assert "2/n1/1" not in values_of(ready)


def test_a_fault_is_told_and_what_was_typed_stays(part, ready, client):
    answer = client.post(address(part[1]), {"c:1/01/4": "много", "c:1/02/4": "7"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Здесь должно быть число" in page and 'value="много"' in page
    assert (values_of(ready)["1/01/4"], values_of(ready)["1/02/4"]) == ("10", "7")


def test_a_cell_changed_meanwhile_is_not_overwritten(part, ready, client, responsible_a):
    save_cells(response_id=ready.pk, edits=[Edit("1/01/4", "20")], by=responsible_a)
    answer = client.post(address(part[1]), {"c:1/01/4": "11", "base": "0"})
    assert answer.status_code == 409 and "теперь там «20»" in answer.content.decode()
    client.post(address(part[1]), {"c:1/01/4": "10", "base": "0"})
    assert values_of(ready)["1/01/4"] == "20"


def test_a_withdrawn_link_opens_nothing(part, ready, responsible_a, client):
    withdraw_part(part=part[0], by=responsible_a)
    assert client.get(address(part[1])).status_code == 404
    with pytest.raises(Conflict):
        save_part(part_id=part[0].pk, posted={"1/01/4": "1"}, base=None)
    with pytest.raises(Conflict):
        withdraw_part(part=part[0], by=responsible_a)


def test_nothing_is_typed_after_the_closing_or_the_sending(part, ready, client):
    ready.state, ready.submitted_at = "submitted", timezone.now()
    ready.save()
    assert client.post(address(part[1]), {"c:1/01/4": "11"}).status_code == 409
    page = client.get(address(part[1])).content.decode()
    assert "изменить ничего нельзя" in page and 'name="c:1/01/4"' not in page
    ready.state = "draft"
    ready.save()
    campaign = ready.campaign
    campaign.due_at = timezone.now() - datetime.timedelta(days=40)
    campaign.save()
    assert client.post(address(part[1]), {"c:1/01/4": "11"}).status_code == 409
    assert values_of(ready)["1/01/4"] == "10"


@pytest.mark.parametrize("sections", [[], ["9"], ["1", "9"]])
def test_sections_must_be_there(sections, ready, responsible_a):
    with pytest.raises(Conflict):
        give_part(response_id=ready.pk, name="Лугова", email="", sections=sections, by=responsible_a)


@pytest.mark.parametrize("who", ["responsible_b", "methodist", "head"])
def test_only_the_own_responsible_gives_parts(who, ready, request):
    with pytest.raises(Refused):
        give_part(
            response_id=ready.pk,
            name="Лугова",
            email="",
            sections=["1"],
            by=request.getfixturevalue(who),
        )


def test_the_page_of_the_responsible(part, ready, signed_in, responsible_a, client):
    client.post(address(part[1]), {"do": "done"})
    own = signed_in(responsible_a)
    url = f"/monitoring/responses/{ready.pk}/parts/"
    page = own.get(url).content.decode()
    assert "Цветкова П. С., завуч" in page and "4 из 5" in page and "готово" in page
    shown = own.post(url, {"name": "Лугова М. И.", "sections": ["2", "3"]}).content.decode()
    assert "/monitoring/part/" in shown and "показана один раз" in shown
    fault = own.post(url, {"name": "", "sections": ["1"]})
    assert fault.status_code == 422


def test_with_an_address_the_link_leaves_by_letter(ready, signed_in, responsible_a):
    own, url = signed_in(responsible_a), f"/monitoring/responses/{ready.pk}/parts/"
    given = {"name": "Лугова М. И.", "email": "lugova@imo.example", "sections": ["2"]}
    page = own.post(url, given, follow=True).content.decode()
    assert "Ссылка уйдёт письмом" in page and "/monitoring/part/" not in page


def test_a_new_link_replaces_the_old_one(part, ready, signed_in, responsible_a, client):
    shown = signed_in(responsible_a).post(f"/monitoring/responses/{ready.pk}/parts/{part[0].pk}/renew/")
    token = shown.content.decode().partition("/monitoring/part/")[2].partition("/")[0]
    assert client.get(address(part[1])).status_code == 404
    assert client.get(address(token)).status_code == 200


def test_the_letter_has_a_link_that_works(ready, responsible_a, client):
    part, _ = give_part(
        response_id=ready.pk, name="Лугова", email="lugova@imo.example", sections=["1"], by=responsible_a
    )
    mail_part(part_id=part.pk)
    letter = mail.outbox[-1]
    assert letter.to == ["lugova@imo.example"]
    token = letter.body.partition("/monitoring/part/")[2].partition("/")[0]
    assert client.get(address(token)).status_code == 200
