"""The paper of an approved plan issued again: the same text, signed by its approver of today."""

import pytest

from apps.core.access import Refused
from apps.core.roles import Role
from apps.papers.actions import reissue
from apps.papers.models import Paper
from apps.planning.actions import amendments
from apps.planning.actions.editions import approve
from apps.planning.models import Edition
from tests.factories import user_with
from tests.planning.factories import approved, make_plan, pdf_text

pytestmark = pytest.mark.django_db


def test_the_text_in_force_is_printed_again(edition, head):
    old = edition.paper
    new = reissue(paper=old, reason="Сменились сведения департамента", by=head)
    edition.refresh_from_db()
    assert (edition.paper, edition.number, edition.state) == (new, 1, "approved")
    with new.file.content.open("rb") as file:
        text = pdf_text(file.read())
    assert "Мероприятие 1" in text
    assert "Мероприятие 2" in text
    assert f"Выдан взамен документа № {old.number}" in text


def test_a_plan_stays_in_the_house_and_bears_no_qr(edition):
    """The number and the code are there, the address of the check is not."""
    with edition.paper.file.content.open("rb") as file:
        text = pdf_text(file.read())
    assert f"Код проверки: {edition.paper.code}" in text
    assert "/verify/" not in text
    assert "QR" not in text


@pytest.mark.parametrize("who", ["methodist", "director", "assistant", "administrator", "responsible_a"])
def test_only_its_approver_signs_it_again(edition, request, who):
    with pytest.raises(Refused):
        reissue(paper=edition.paper, reason="Ошибка", by=request.getfixturevalue(who))
    assert Paper.objects.get().state == "valid"


def test_the_departments_plan_is_signed_again_by_the_director(department, methodist, head):
    director = user_with(Role.DIRECTOR, username="director1", last_name="Дальняя")
    plan = make_plan(methodist, 1, owner="department")
    paper = approved(plan, methodist, director).paper
    with pytest.raises(Refused):
        reissue(paper=paper, reason="Ошибка", by=head)
    new = reissue(paper=paper, reason="Ошибка в реквизитах", by=director)
    assert new.signatory_name.endswith("Дальняя")
    assert new.signatory_title == "Руководитель департамента образования"


def test_a_replaced_text_is_not_issued_again(edition, plan, methodist, head):
    """An amendment has replaced it: the paper does not stand, the successor names it."""
    change = amendments.begin_amendment(plan=plan, by=methodist, reason="Приказ № 5")
    amendments.amend_change(
        amendment=change, by=methodist, item=plan.items.first(), values={"place": "Актовый зал"}
    )
    second = amendments.send_amendment(amendment=change, by=methodist)
    paper = approve(edition=second, by=head)
    paper.refresh_from_db()
    assert paper.replaces == edition.paper
    again = reissue(paper=paper, reason="Ошибка в реквизитах", by=head)
    assert Edition.objects.get(paper=again).number == 2
    with again.file.content.open("rb") as file:
        text = pdf_text(file.read())
    assert "Причина изменения: Приказ № 5" in text
