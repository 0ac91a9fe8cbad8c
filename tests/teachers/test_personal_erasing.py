"""What names a person goes for good; the figures stay."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, connection, transaction

from apps.core.access import Conflict, Refused
from apps.core.dbroles import acting_as_runtime, grant_runtime
from apps.core.files import store_file
from apps.core.models import JournalRecord, StoredFile
from apps.papers.models import Paper
from apps.teachers import actions
from apps.teachers.erasing.fields import BLANKED
from apps.teachers.models import Award, Consent, Education, Erasure, Merge, Person, RetentionRule, Training
from tests.papers.conftest import make_department
from tests.teachers.factories import MentorshipFactory, TrainingFactory, employed

D = datetime.date
pytestmark = pytest.mark.django_db
BASIS = "отзыв согласия от 20.11.2026"
ANNA = {
    "last_name": "Кедрова", "first_name": "Анна", "middle_name": "Павловна", "birth_on": D(1980, 4, 2),
    "phone": "+74132000001", "email": "kedrova@school.example",
}  # fmt: skip


@pytest.fixture
def person(school_a, responsible_a, methodist, settings, tmp_path):
    """A card with a row of every kind, written through the actions so that history and journal name her."""
    settings.MEDIA_ROOT = tmp_path
    make_department()
    made = employed(school_a, **ANNA)
    actions.change_person(by=methodist, person=made, email="anna@school.example")
    scan = store_file(file=io.BytesIO(b"%PDF-1.7"), name="Кедрова.pdf", content_type="application/pdf")
    TrainingFactory(person=made, document_series="49", scan=scan)
    rows = [
        Education(person=made, degree="master", institution="Университет", document="диплом 77"),
        Award(person=made, title="Грамота", level="city", awarded_on=D(2020, 1, 1)),
        Consent(person=made, kind="processing", given_on=D(2025, 9, 1)),
    ]
    for row in rows:
        actions.save_record(by=methodist, record=row)
    MentorshipFactory(
        mentor=made, mentee=employed(school_a), organization=school_a, outcome="Кедрова довольна"
    )
    return made


def everything_about(name: str) -> list[str]:
    """Tables in which the text still stands anywhere."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("teachers_", "core_", "papers_", "notices_", "pghistory_")):
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE %s', [f"%{name}%"]
                )
                if cursor.fetchone()[0]:
                    found.append(table)
    return found


def test_nothing_names_her_any_more(head, person):
    assert {"teachers_person", "teachers_personevent", "core_journalrecord"} <= set(
        everything_about("Кедров")
    )
    actions.erase(by=head, person=person, basis=BASIS)
    assert everything_about("Кедров") == []
    for private in ("74132000001", "@school.example", "1980-04-02", "диплом 77"):
        assert everything_about(private) == [], private


def test_what_is_left_of_the_card(head, person):
    actions.erase(by=head, person=person, basis=BASIS)
    person = Person.objects.get(pk=person.pk)
    assert str(person) == person.full_name == f"Обезличен №\u00a0{person.pk}"
    assert (person.birth_on, person.gender, person.user) == (D(1980, 1, 1), "", None)
    course = Training.objects.get(person=person)
    assert (course.is_counted, course.issued_on, course.hours) == (True, D(2025, 3, 31), 36)
    assert (course.document_series, course.document_number, course.scan) == ("", "", None)
    assert not Award.objects.exists() and Consent.objects.get().kind == "processing"
    assert Education.objects.get().degree == "master"


def test_figures_stay(head, person):
    def figures():
        return Person.objects.values_list(
            "standing__is_working", "standing__trained_on", "standing__organization", "standing__position",
            "standing__total_since", "standing__category",
        ).get(pk=person.pk)  # fmt: skip

    actions.refresh()
    before = figures()
    actions.erase(by=head, person=person, basis=BASIS)
    assert figures() == before


def test_scans_are_gone_from_the_disk(head, person, tmp_path, django_capture_on_commit_callbacks):
    stored = StoredFile.objects.get(name="Кедрова.pdf")
    path = tmp_path / stored.content.name
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(by=head, person=person, basis=BASIS)
    assert not path.exists() and not StoredFile.objects.filter(pk=stored.pk).exists()


def test_the_act_has_a_number_and_names_the_card_alone(head, person):
    act = actions.erase(by=head, person=person, basis=BASIS)
    paper = Paper.objects.get(kind="erasure_act")
    assert paper.number.startswith("АУ-") and act.number == 1
    assert act.counts["сканы документов"] == 1 and act.counts["награды"] == 1
    assert "согласиях" in act.kept and Erasure.objects.get().basis == BASIS
    last = JournalRecord.objects.filter(subject_type="teachers.person").latest("id")
    assert (last.verb, last.note) == ("deleted", "персональные данные уничтожены, Акт № 1")


def test_a_card_merged_into_it_goes_with_it(head, methodist, person, school_b):
    other = employed(school_b, **ANNA)
    actions.merge(by=methodist, kept=person, gone=other)
    actions.erase(by=head, person=person, basis=BASIS)
    assert everything_about("Кедров") == [] and Merge.objects.get().undo == {}
    with pytest.raises(Conflict):
        actions.undo_merge(by=methodist, merge=Merge.objects.get())


def test_only_the_head_and_only_once(head, methodist, responsible_a, person):
    for user in (methodist, responsible_a):
        with pytest.raises(Refused):
            actions.erase(by=user, person=person, basis=BASIS)
    with pytest.raises(ValidationError):
        actions.erase(by=head, person=person, basis="  ")
    actions.erase(by=head, person=person, basis=BASIS)
    with pytest.raises(Conflict, match="уже обезличена"):
        actions.erase(by=head, person=person, basis=BASIS)


def test_the_running_role_erases_by_the_function_alone(head, person):
    assert grant_runtime()
    with acting_as_runtime():
        actions.erase(by=head, person=person, basis=BASIS)
    assert everything_about("Кедров") == []


def test_the_function_takes_nobody_who_was_not_erased_by_an_act(person):
    refused = pytest.raises(ProgrammingError, match="not erased by an act")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT teachers_erase_history(%s)", [person.pk])
    assert "teachers_personevent" in everything_about("Кедров")


def test_every_text_of_a_row_is_blanked_or_known_to_name_nobody():
    harmless = {
        "form", "kind", "degree", "programme", "topic", "funding",
    }  # fmt: skip
    for model, blanked in BLANKED.items():
        texts = {
            one.name
            for one in model._meta.concrete_fields
            if one.get_internal_type() in ("CharField", "TextField")
        }
        assert texts - set(blanked) <= harmless, model


def test_terms_are_rows():
    terms = dict(RetentionRule.objects.values_list("kind", "months"))
    assert terms == {"consent": 36, "card": 36, "upload": 12}
