import pytest

from apps.monitoring.ministry.places import Place, letters_of, number_of, parse_place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("E12", Place("Лист1", 12, 5)),
        (" e12 ", Place("Лист1", 12, 5)),
        ("$E$12", Place("Лист1", 12, 5)),
        ("Е12", Place("Лист1", 12, 5)),  # the Russian letter
        ("Раздел 2!AB7", Place("Раздел 2", 7, 28)),
        ("'Раздел 2'!AB7", Place("Раздел 2", 7, 28)),
        ("'Раздел ''А''!'!B1", Place("Раздел 'А'!", 1, 2)),
        ("XFD1048576", Place("Лист1", 1_048_576, 16_384)),
    ],
)
def test_places_as_people_write_them(text, place):
    assert parse_place(text, "Лист1") == place


@pytest.mark.parametrize(
    "text", ["", "12", "E", "E0", "E012", "XFE1", "E1048577", "E12:F13", "!E12 F", "Ж5", "E1٢"]
)
def test_what_is_no_place(text):
    assert parse_place(text, "Лист1") is None


def test_a_place_needs_a_sheet():
    assert parse_place("E12") is None


def test_letters_and_numbers():
    assert [letters_of(one) for one in (1, 26, 27, 52, 702, 703)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]
    assert [number_of(one) for one in ("A", "Z", "AA", "AZ", "ZZ", "AAA")] == [1, 26, 27, 52, 702, 703]


def test_words_of_a_place():
    assert str(Place("Раздел 1", 12, 28)) == "Раздел 1!AB12"
