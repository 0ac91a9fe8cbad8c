"""Logs keep codes, people read words."""

import pytest
from django import forms

from apps.core.kinds import kind_title, state_title
from apps.workflow.models import TransitionRecord


def test_kind_is_named_as_its_model():
    assert kind_title("monitoring.campaign") == "мониторинг"
    assert kind_title("gone.model") == "gone.model"
    assert kind_title("nonsense") == "nonsense"
    assert kind_title("") == ""


def test_state_is_named_by_the_choices_of_its_subject():
    assert state_title("monitoring.response", "not_started") == "Не начат"
    assert state_title("monitoring.response", "unheard") == "unheard"
    assert state_title("organizations.department", "draft") == "draft"
    assert state_title("gone.model", "draft") == "draft"


class Colours(forms.Form):
    colour = forms.ChoiceField(choices=[("", "---------"), ("red", "красный")])


def test_blank_choice_is_said_in_words():
    page = Colours().as_p()
    assert '<option value="" selected>не выбрано</option>' in page
    assert '<option value="red">красный</option>' in page
    assert "---" not in page


@pytest.mark.django_db
def test_log_of_transitions_in_the_admin_is_in_words(signed_in, head):
    TransitionRecord.objects.create(
        subject_type="monitoring.response",
        subject_id="7",
        name="submit",
        title="Отправлен",
        source="draft",
        target="submitted",
    )
    page = signed_in(head).get("/admin/workflow/transitionrecord/").content.decode()
    row = page.split("<tbody>")[1].split("</tbody>")[0]
    assert "отчёт организации" in row
    assert "Черновик" in row
    assert "monitoring.response" not in row
    assert "Всего записей: 1" in page
    pk = TransitionRecord.objects.get().pk
    card = signed_in(head).get(f"/admin/workflow/transitionrecord/{pk}/change/")
    assert "отчёт организации" in card.content.decode()
    found = signed_in(head).get("/admin/workflow/transitionrecord/?subject_type=monitoring.campaign")
    assert "Всего записей: 0" in found.content.decode()
