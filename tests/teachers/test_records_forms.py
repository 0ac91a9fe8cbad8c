"""Pages that write a card and its rows: what is typed, what is refused beside its field."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.core.enums import Verb
from apps.core.experience import Length
from apps.core.models import JournalRecord, StoredFile
from apps.teachers.experience import days_of, length_in_days, service_on
from apps.teachers.models import Award, AwardKind, Education, Employment, Mentorship, Person, Training
from apps.teachers.records.fields import read_length
from tests.teachers.factories import EmploymentFactory, PersonFactory, employed, position, subject
from tests.walk.world import PNG

D = datetime.date
pytestmark = pytest.mark.django_db


@pytest.fixture
def school(client, responsible_a):
    client.force_login(responsible_a)
    return client


@pytest.fixture
def imo(client, methodist):
    client.force_login(methodist)
    return client


def new_person(school_a, **given) -> dict:
    return {
        "last_name": "Берёзкина",
        "first_name": "Алёна",
        "middle_name": "Петровна",
        "birth_on": "1990-02-03",
        "organization": school_a.pk,
        "position": position().pk,
        "subject": subject().pk,
        "form": "main",
        "rate": "1",
        "started_on": "2020-09-01",
    } | given


def faults(answer) -> dict[str, list[str]]:
    assert answer.status_code == 422, answer.content.decode()
    return {name: list(told) for name, told in answer.context["form"].errors.items()}


def test_a_card_with_the_first_post(school, school_a):
    answer = school.post("/teachers/create/", new_person(school_a))
    person = Person.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/teachers/{person.pk}/")
    assert person.employments.get().organization == school_a
    assert person.instrumental_name == "Берёзкиной Алёной Петровной"


@pytest.mark.parametrize(
    ("given", "field", "told"),
    [
        ({"birth_on": "2030-01-01"}, "birth_on", "не может быть меньше 14 лет"),
        ({"birth_on": "1899-01-01"}, "birth_on", "не раньше 1900"),
        ({"birth_on": "2026-02-31"}, "birth_on", "правильную дату"),
        ({"rate": "3"}, "rate", "не больше 2"),
        ({"weekly_hours": "99"}, "weekly_hours", "от 0 до 80"),
        ({"last_name": ""}, "last_name", "Обязательное поле"),
        ({"phone": "12"}, "phone", "Укажите телефон"),
        ({"total": "много"}, "total", "годы, месяцы и дни"),
        ({"total": "10 лет"}, "experience_on", "на какую дату"),
        ({"experience_on": "2026-09-01"}, "experience_on", "заполните дату и общий стаж"),
        ({"experience_on": "2026-09-01", "total": "3", "pedagogical": "4"}, "pedagogical", "больше общего"),
    ],
)
def test_faults_of_a_new_card_stand_at_their_fields(school, school_a, given, field, told):
    found = faults(school.post("/teachers/create/", new_person(school_a, **given)))
    assert list(found) == [field]
    assert told in found[field][0]
    assert not Person.objects.exists()


def test_nobody_is_taken_into_another_organisation(school, school_a, school_b):
    found = faults(school.post("/teachers/create/", new_person(school_b)))
    assert list(found) == ["organization"]
    assert not Person.objects.exists()


def test_snils_only_where_it_is_kept(school, school_a, settings):
    assert 'name="snils"' not in school.get("/teachers/create/").content.decode()
    school.post("/teachers/create/", new_person(school_a, snils="112-233-445 95"))
    assert Person.objects.get().snils == ""

    settings.SNILS_IS_KEPT = True
    wrong = faults(school.post("/teachers/create/", new_person(school_a, snils="112-233-445 96")))
    assert wrong == {"snils": ["СНИЛС — 11 цифр с верным контрольным числом: 112-233-445 95."]}
    school.post("/teachers/create/", new_person(school_a, snils="112-233-445 95"))
    again = faults(school.post("/teachers/create/", new_person(school_a, snils="11223344595")))
    assert again == {"snils": ["Человек с таким СНИЛС уже есть."]}
    assert Person.objects.filter(snils="11223344595").count() == 1


def test_experience_is_shown_as_it_was_typed(school, school_a):
    person = employed(school_a)
    typed = {"experience_on": "2026-09-01", "total": "10 лет 3 мес. 5 дн.", "pedagogical": "7 л. 0 м. 29 дн"}
    names = {"last_name": "Лугова", "first_name": "Ольга"}
    assert school.post(f"/teachers/{person.pk}/edit/", names | typed).status_code == 302
    service = service_on(person.pk, D(2026, 9, 1))
    assert (service.total, service.pedagogical) == (Length(10, 3, 5), Length(7, 0, 29))
    form = school.get(f"/teachers/{person.pk}/edit/").context["form"]
    assert form["total"].value() == "10\u00a0лет 3\u00a0мес. 5\u00a0дн."
    again = {name: form[name].value() for name in ("total", "pedagogical")}
    school.post(f"/teachers/{person.pk}/edit/", names | typed | again)
    assert service_on(person.pk, D(2026, 9, 1)).total == Length(10, 3, 5)


@pytest.mark.parametrize("day", [D(2026, 2, 28), D(2024, 2, 29), D(2026, 8, 31), D(2026, 3, 30)])
@pytest.mark.parametrize("length", [Length(0, 0, 1), Length(0, 11, 27), Length(10, 3, 5), Length(40, 0, 0)])
def test_days_of_a_length_and_back(day, length):
    assert length_in_days(days_of(length, day), day) == length


def test_no_service_has_no_days():
    assert days_of(Length(), D(2026, 9, 1)) == 0


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("10 лет 3 мес. 5 дн.", Length(10, 3, 5)),
        ("1 год", Length(1, 0, 0)),
        ("2 г. 1 месяц", Length(2, 1, 0)),
        ("12", Length(12, 0, 0)),
        ("5 дней, 4 месяца", Length(0, 4, 5)),
    ],
)
def test_lengths_as_people_type_them(text, length):
    assert read_length(text) == length


def test_cases_written_by_hand(school, school_a):
    person = employed(school_a)
    given = {"last_name": "Дюма", "first_name": "Анна", "dative_name": "Дюме Анне"}
    school.post(f"/teachers/{person.pk}/edit/", given | {"is_declined_by_hand": "on"})
    person.refresh_from_db()
    assert person.dative_name == "Дюме Анне"


ROWS = {
    "employment": {"form": "external", "rate": "0.5", "started_on": "2021-09-01"},
    "leave": {"kind": "long", "started_on": "2026-09-01"},
    "duty": {"started_on": "2026-09-01", "order": "№ 5"},
    "education": {"degree": "master", "issued_on": "2010-06-30"},
    "degree": {"degree": "candidate", "science": "педагогические науки"},
    "award": {"title": "Почётная грамота", "level": "city", "awarded_on": "2024-10-05"},
    "category": {"kind": "first", "set_on": "2024-02-01"},
    "training": {
        "kind": "advanced", "programme": "Функциональная грамотность", "hours": "36",
        "started_on": "2026-03-02", "ended_on": "2026-03-20", "issued_on": "2026-03-23",
    },
    "consent": {"kind": "processing", "form": "paper", "given_on": "2026-09-01"},
    "mentorship": {
        "form": "experienced", "order_number": "15", "order_on": "2026-08-31",
        "consent_on": "2026-08-28", "started_on": "2026-09-01",
    },
}  # fmt: skip


def row_of(kind: str, person, school_a) -> dict:
    """What is typed, with the numbers of this database."""
    from apps.teachers.models import DutyKind

    numbers = {
        "employment": {"organization": school_a.pk, "position": position().pk},
        "leave": {"employment": person.employments.get().pk},
        "duty": {"organization": school_a.pk, "kind": DutyKind.objects.first().pk},
    }
    pair = {"organization": school_a.pk, "mentee": person.pk}
    if kind == "mentorship":
        numbers[kind] = pair | {"mentor": employed(school_a).pk}
    return ROWS[kind] | numbers.get(kind, {})


@pytest.mark.parametrize("kind", ROWS)
def test_every_kind_of_row_is_added_changed_and_removed(school, school_a, kind):
    from apps.teachers.records.kinds import KINDS

    person = employed(school_a)
    model = KINDS[kind].model
    before = set(model.objects.values_list("pk", flat=True))
    body = row_of(kind, person, school_a)
    assert school.get(f"/teachers/{person.pk}/add/{kind}/").status_code == 200
    answer = school.post(f"/teachers/{person.pk}/add/{kind}/", body)
    assert answer.status_code == 302, answer.context["form"].errors
    made = model.objects.exclude(pk__in=before)
    row = made.latest("pk") if kind != "mentorship" else made.get()
    assert school.get(f"/teachers/records/{kind}/{row.pk}/").status_code == 200
    answer = school.post(f"/teachers/records/{kind}/{row.pk}/", body)
    assert answer.status_code == 302, answer.context["form"].errors
    answer = school.post(f"/teachers/records/{kind}/{row.pk}/delete/")
    assert answer["Location"] == f"/teachers/{person.pk}/"
    assert not model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("kind", "given", "field", "told"),
    [
        ("employment", {"ended_on": "2021-08-31"}, "ended_on", "раньше, чем начинается"),
        ("employment", {"form": "main"}, "form", "уже есть основное место работы"),
        ("leave", {"started_on": "2015-08-31"}, "started_on", "работает с 01.09.2015"),
        ("training", {"hours": "0"}, "hours", "от 1 до 3000"),
        ("training", {"hours": "10000"}, "hours", "от 1 до 3000"),
        ("training", {"issued_on": "2026-03-01"}, "issued_on", "раньше начала обучения"),
        ("training", {"issued_on": "2030-03-01"}, "issued_on", "ещё не наступила"),
        ("training", {"kind": "obligatory"}, "obligatory", "какое это обязательное"),
        ("training", {"cost": "-1"}, "cost", "отрицательной"),
        ("category", {"set_on": "2030-01-01"}, "set_on", "ещё не наступила"),
        ("award", {"awarded_on": "2030-01-01"}, "awarded_on", "ещё не наступила"),
        ("consent", {"withdrawn_on": "2026-08-31"}, "valid_until", "раньше, чем дано"),
        ("mentorship", {"consent_on": "2026-09-02"}, "consent_on", "до начала наставничества"),
    ],
)
def test_faults_of_a_row_stand_at_their_fields(school, school_a, kind, given, field, told):
    person = employed(school_a)
    body = row_of(kind, person, school_a) | given
    found = faults(school.post(f"/teachers/{person.pk}/add/{kind}/", body))
    assert list(found) == [field]
    assert told in found[field][0]


def test_an_award_of_the_book_brings_its_name_and_level(school, school_a):
    person, kind = employed(school_a), AwardKind.objects.first()
    school.post(f"/teachers/{person.pk}/add/award/", {"kind": kind.pk, "awarded_on": "2024-10-05"})
    award = Award.objects.get()
    assert (award.title, award.level) == (kind.name, kind.level)


def scan(name: str = "диплом.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_scan_is_kept_read_and_forgotten(school, school_a):
    person = employed(school_a)
    school.post(f"/teachers/{person.pk}/add/education/", ROWS["education"] | {"file": scan()})
    row = Education.objects.get()
    address = f"/teachers/records/education/{row.pk}"
    answer = school.get(f"{address}/scan/")
    assert (b"".join(answer), answer["X-Content-Type-Options"]) == (PNG, "nosniff")
    assert answer["Content-Disposition"].startswith("attachment")
    assert JournalRecord.objects.filter(verb=Verb.DOWNLOADED, subject_id=row.pk).count() == 1
    first = row.scan
    school.post(f"{address}/", ROWS["education"] | {"file": scan("другой.png")})
    row.refresh_from_db()
    assert (row.scan.name, StoredFile.objects.filter(pk=first.pk).exists()) == ("другой.png", False)
    school.post(f"{address}/", ROWS["education"] | {"drop_scan": "on"})
    row.refresh_from_db()
    assert (row.scan, StoredFile.objects.count()) == (None, 0)
    assert school.get(f"{address}/scan/").status_code == 404


def test_a_scan_goes_with_its_row(school, school_a):
    person = employed(school_a)
    school.post(f"/teachers/{person.pk}/add/education/", ROWS["education"] | {"file": scan()})
    school.post(f"/teachers/records/education/{Education.objects.get().pk}/delete/")
    assert StoredFile.objects.count() == 0


def test_a_scan_of_a_wrong_kind_is_told_at_its_field(school, school_a):
    person = employed(school_a)
    body = ROWS["education"] | {"file": scan("диплом.exe", b"MZ\x90\x00" + b"\x00" * 200)}
    assert list(faults(school.post(f"/teachers/{person.pk}/add/education/", body))) == ["file"]
    assert not Education.objects.exists()


@pytest.mark.parametrize(("user", "status"), [("responsible_b", 404), ("director", 403), ("nobody", 404)])
def test_a_scan_is_not_for_others(request, client, school_a, user, status):
    from apps.core.files import store_file

    person = employed(school_a)
    file = store_file(file=scan(), name="диплом.png", content_type="image/png")
    row = Education.objects.create(person=person, degree="master", scan=file)
    client.force_login(request.getfixturevalue(user))
    assert client.get(f"/teachers/records/education/{row.pk}/scan/").status_code == status


def test_forged_numbers_of_others_are_refused(school, school_a, school_b):
    person, stranger = employed(school_a), employed(school_b)
    theirs = stranger.employments.get()
    for kind, given in {
        "employment": {"organization": school_b.pk, "position": position().pk},
        "leave": {"employment": theirs.pk},
        "duty": {"organization": school_b.pk},
        "mentorship": {"organization": school_a.pk, "mentee": stranger.pk, "mentor": person.pk},
    }.items():
        answer = school.post(f"/teachers/{person.pk}/add/{kind}/", ROWS[kind] | given)
        assert answer.status_code == 422, kind
    assert (Employment.objects.count(), Mentorship.objects.count()) == (2, 0)
    for address in (
        f"{stranger.pk}/edit/",
        f"{stranger.pk}/add/education/",
        f"records/employment/{theirs.pk}/",
    ):
        assert school.post(f"/teachers/{address}", {}).status_code == 404


def test_the_post_elsewhere_is_not_opened_for_writing(school, school_a, school_b):
    person = employed(school_b)
    here = EmploymentFactory(person=person, organization=school_a, form="external")
    elsewhere = person.employments.get(organization=school_b)
    assert school.get(f"/teachers/records/employment/{here.pk}/").status_code == 200
    for address in ("", "delete/", "dismiss/"):
        answer = school.post(f"/teachers/records/employment/{elsewhere.pk}/{address}", {})
        assert answer.status_code == 403
    assert school.get(f"/teachers/records/employment/{elsewhere.pk}/transfer/").status_code == 403


def test_pages_of_leaving_and_transfer(imo, school_a, school_b):
    post = employed(school_a).employments.get()
    body = {"organization": school_b.pk, "position": position().pk, "rate": "1", "started_on": "2026-11-01"}
    assert imo.post(f"/teachers/records/employment/{post.pk}/transfer/", body).status_code == 302
    made = Employment.objects.get(organization=school_b)
    answer = imo.post(
        f"/teachers/records/employment/{made.pk}/dismiss/", {"ended_on": "2026-11-20", "reason": "перевод"}
    )
    assert answer.status_code == 302
    assert set(Employment.objects.values_list("ended_on", flat=True)) == {D(2026, 10, 31), D(2026, 11, 20)}


def test_the_school_takes_over_by_name(client, responsible_b, school_a, school_b):
    client.force_login(responsible_b)
    person = employed(school_a, last_name="Берёзкина", first_name="Алёна", middle_name="Петровна")
    body = new_person(school_b, birth_on="1985-05-17", started_on="2026-11-01")
    answer = client.post("/teachers/transfer/", body | {"birth_on": "1985-05-18"})
    assert "не найден" in faults(answer)["__all__"][0]
    answer = client.post("/teachers/transfer/", body)
    assert answer["Location"] == f"/teachers/{person.pk}/"


def test_opening_a_form_of_a_card_is_journalled(school, school_a):
    person = employed(school_a)
    school.get(f"/teachers/{person.pk}/edit/")
    school.get(f"/teachers/records/employment/{person.employments.get().pk}/")
    assert JournalRecord.objects.filter(verb=Verb.VIEWED, subject_id=person.pk).count() == 2


def test_a_kind_that_is_not_there(imo, school_a):
    person = employed(school_a)
    assert imo.get(f"/teachers/{person.pk}/add/salary/").status_code == 404
    assert imo.get("/teachers/records/salary/1/").status_code == 404


def test_erased_and_merged_cards_are_not_written(imo, school_a):
    person, kept = employed(school_a), PersonFactory()
    Person.objects.filter(pk=person.pk).update(merged_into=kept.pk)
    assert imo.get(f"/teachers/{person.pk}/edit/").status_code == 404
    assert imo.get(f"/teachers/{person.pk}/add/education/").status_code == 404


def test_a_training_of_the_form_counts(school, school_a):
    person = employed(school_a)
    school.post(f"/teachers/{person.pk}/add/training/", ROWS["training"])
    assert Training.objects.get().is_counted
