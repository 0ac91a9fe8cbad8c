"""The page «Что изменилось» and the series of rounds that rest on the table of old codes."""

import copy
from decimal import Decimal

import pytest
from django.urls import reverse

from apps.core.models import JournalRecord
from apps.monitoring.actions.forms import copy_version, import_definition, publish, save_old_codes
from apps.monitoring.summaries.summary import rounds_of
from apps.monitoring.versions import GONE
from tests.monitoring.small import SMALL, campaign_of

pytestmark = pytest.mark.django_db


def with_row(code: str, title: str) -> dict:
    document = copy.deepcopy(SMALL)
    document["sections"][0]["items"][0]["rows"] = [{"code": code, "title": title}]
    return document


@pytest.fixture
def second(small, methodist):
    """«Всего» is row 02 in the second version."""
    return import_definition(definition=with_row("02", "Всего"), by=methodist)


def address(version) -> str:
    return reverse("monitoring:version-changes", args=[version.pk])


def test_the_page_shows_changes_and_proposes(second, signed_in, methodist):
    page = signed_in(methodist).get(address(second)).content.decode()
    for text in ("Сравнение с версией 1", "разд. 1, стр. 02", 'value="1/02"', "предложено"):
        assert text in page


def test_old_codes_are_saved_and_journalled(second, signed_in, methodist):
    answer = signed_in(methodist).post(address(second), {"1/01": "1/02"})
    assert answer.status_code == 302
    second.refresh_from_db()
    assert second.old_codes == {"1/01": "1/02"}
    assert JournalRecord.objects.latest("pk").note == "соответствие прежних кодов"
    assert "предложено" not in signed_in(methodist).get(address(second)).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1/77", "Такого адреса в новой версии нет"),
        ("1//3", "По этому адресу графа, а прежний код — строка."),
        ("speed", "По этому адресу вопрос, а прежний код — строка."),
    ],
)
def test_a_wrong_address_is_told_beside_it_and_kept(second, signed_in, methodist, typed, told):
    answer = signed_in(methodist).post(address(second), {"1/01": typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page and f'value="{typed}"' in page
    second.refresh_from_db()
    assert second.old_codes == {}


def test_a_first_version_has_nothing_before(small, signed_in, methodist):
    assert signed_in(methodist).get(address(small)).status_code == 404


def test_another_version_is_chosen_by_its_number(small, second, signed_in, methodist):
    publish(version=second, by=methodist)
    third = copy_version(version=second, by=methodist)
    client = signed_in(methodist)
    assert "Версии одинаковы" in client.get(address(third)).content.decode()
    assert "Сравнение с версией 1." in client.get(address(third) + "?with=1").content.decode()
    assert client.get(address(third) + "?with=9").status_code == 404


def test_a_draft_with_faults_leads_back(second, signed_in, methodist):
    second.definition["sections"][0]["items"][0]["rows"][0]["kind"] = "nonsense"
    second.save()
    answer = signed_in(methodist).get(address(second))
    assert answer.status_code == 302


def test_a_series_passes_a_version_without_a_campaign(collecting, three, second, methodist):
    """Version 1 had a round, 2 none, 3 has one: the sum of 400 readers goes 01 → 02 → 03."""
    save_old_codes(version=second, old_codes={"1/01": "1/02"}, by=methodist)
    publish(version=second, by=methodist)
    third = import_definition(definition=with_row("03", "Все читатели"), by=methodist)
    save_old_codes(version=third, old_codes={"1/02": "1/03", "1//4": GONE}, by=methodist)
    last = campaign_of(
        publish(version=third, by=methodist), methodist, period_start="2027-09-01", previous=collecting
    )
    assert rounds_of(last)[0].values == {"1/03/3": Decimal(400), "1/03/5": Decimal("21.5")}
