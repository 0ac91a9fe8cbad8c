import pytest

from apps.core.access import Conflict, Refused
from apps.core.models import JournalRecord
from apps.monitoring.actions.ministry import PlacesInvalid, delete_blank, save_blank, take_from_workbook
from apps.monitoring.ministry.outward import places_of
from apps.monitoring.ministry.places import Place
from apps.monitoring.ministry.reading import Taken
from apps.monitoring.models import BlankPlace, ForeignBlank
from tests.monitoring.ministry.books import TABLE

F9, F10 = Place(TABLE, 9, 6), Place(TABLE, 10, 6)


@pytest.fixture
def save(version, stored, methodist):
    def save(places, title="ФОНД", by=methodist, **more):
        return save_blank(form=version.form, title=title, places=places, file=stored, by=by, **more)

    return save


def test_kept_with_its_places(save, methodist):
    blank = save({"1/01/4": F9, "1/02/4": F10})
    assert places_of(blank) == {"1/01/4": F9, "1/02/4": F10}
    record = JournalRecord.objects.get(subject_type="monitoring.foreignblank")
    assert (record.user, record.verb, record.note) == (methodist, "created", "ячеек: 2")


def test_new_places_take_the_room_of_the_old(save):
    blank = save({"1/01/4": F9, "1/02/4": F10})
    save({"1/01/4": F10}, title="ФОНД 2026", blank=blank)
    blank.refresh_from_db()
    assert (blank.title, places_of(blank), ForeignBlank.objects.count()) == ("ФОНД 2026", {"1/01/4": F10}, 1)


def test_a_place_within_a_merged_range_is_its_corner(save):
    assert places_of(save({"1/01/4": Place(TABLE, 9, 4)})) == {"1/01/4": Place(TABLE, 9, 3)}


@pytest.mark.parametrize(
    ("places", "faults"),
    [
        ({"9/9/9": F9}, {"9/9/9": "Такой ячейки в форме нет."}),
        ({"1/03/5": F9}, {"1/03/5": "Такой ячейки в форме нет."}),  # an X
        ({"1/01/4": Place("Лист", 1, 1)}, {"1/01/4": "Листа «Лист» в бланке нет."}),
        (
            {"1/01/4": F9, "1/02/4": F9},
            {"1/02/4": "Место Раздел 1!F9 уже занято: разд. 1, стр. 01, гр. 4."},
        ),
        (
            {"1/01/4": Place(TABLE, 9, 3), "1/02/4": Place(TABLE, 9, 4)},
            {"1/02/4": "Место Раздел 1!C9 уже занято: разд. 1, стр. 01, гр. 4."},
        ),
    ],
)
def test_places_that_can_not_be_kept(save, places, faults):
    with pytest.raises(PlacesInvalid) as invalid:
        save(places)
    assert invalid.value.faults == faults
    assert not ForeignBlank.objects.exists()


def test_a_blank_needs_a_title_of_its_own_and_a_place(save):
    save({"1/01/4": F9})
    for places, title in (
        ({"1/01/4": F9}, "ФОНД"),
        ({"1/01/4": F9}, "  "),
        ({"1/01/4": F9}, "я" * 201),
        ({}, "Б"),
    ):
        with pytest.raises(Conflict):
            save(places, title=title)
    assert ForeignBlank.objects.count() == 1


def test_only_editors(save, blank, responsible_a, director):
    for user in (responsible_a, director):
        with pytest.raises(Refused):
            save({"1/01/4": F9}, title="Другой", by=user)
        with pytest.raises(Refused):
            delete_blank(blank=blank, by=user)


def test_deleted_with_its_places(blank, methodist):
    delete_blank(blank=blank, by=methodist)
    assert not BlankPlace.objects.exists()


def test_a_school_sees_the_blanks_of_what_it_is_asked(blank, response, responsible_a, responsible_b, head):
    def seen(user):
        return ForeignBlank.objects.visible_to(user).count(), BlankPlace.objects.visible_to(user).count()

    assert [seen(user) for user in (responsible_a, responsible_b, head)] == [(1, 11), (0, 0), (1, 11)]


# --- a school's own copy ---


def test_values_are_written_with_their_history(blank, response, responsible_a):
    taken = [Taken("1/01/4", F9, "10", ""), Taken("1/02/4", F10, "6", "")]
    take_from_workbook(response_id=response.pk, blank=blank, taken=taken, by=responsible_a, key="k1")
    response.refresh_from_db()
    assert response.state == "draft"
    assert {at: response.values[at] for at in ("1/01/4", "1/01/3")} == {"1/01/4": "10", "1/01/3": "10"}
    assert list(response.changes.values_list("address", "became", "source")) == [
        ("1/01/4", "10", "loaded"), ("1/02/4", "6", "loaded"),
    ]  # fmt: skip
    record = JournalRecord.objects.get(verb="imported")
    assert (record.organization_id, record.note) == (
        response.organization_id, "из бланка «ФОНД», ячеек: 2",
    )  # fmt: skip


def test_all_or_nothing(blank, response, responsible_a):
    """The second cell has been typed into since the workbook was read."""
    response.values = {"1/02/4": "7"}
    response.save()
    taken = [Taken("1/01/4", F9, "10", ""), Taken("1/02/4", F10, "6", "")]
    with pytest.raises(Conflict, match="отчёт изменился"):
        take_from_workbook(response_id=response.pk, blank=blank, taken=taken, by=responsible_a)
    response.refresh_from_db()
    assert response.values == {"1/02/4": "7"}
    assert not response.changes.exists()


def test_who_and_when(blank, response, responsible_a, responsible_b, methodist):
    taken = [Taken("1/01/4", F9, "10", "")]
    for user in (responsible_b, methodist):
        with pytest.raises(Refused):
            take_from_workbook(response_id=response.pk, blank=blank, taken=taken, by=user)
    with pytest.raises(Conflict, match="нет ничего"):
        take_from_workbook(response_id=response.pk, blank=blank, taken=[], by=responsible_a)
    response.state, response.submitted_at = "submitted", response.campaign.due_at
    response.save()
    with pytest.raises(Conflict, match="изменить его нельзя"):
        take_from_workbook(response_id=response.pk, blank=blank, taken=taken, by=responsible_a)
