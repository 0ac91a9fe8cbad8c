"""What is typed and what is stored."""

import pytest

from apps.monitoring.definition import BadValue
from tests.monitoring.relations.forms import compiled, section, table

FORM = compiled(
    section(
        "1",
        *(
            {"type": "question", "code": code, "title": "?", "value": value}
            for code, value in {
                "int": {"type": "integer"},
                "neg": {"type": "integer", "allow_negative": True},
                "dec": {"type": "decimal", "decimals": 2},
                "fine": {"type": "decimal", "decimals": 6},
                "pick": {"type": "choice", "choices": "list"},
                "many": {"type": "multi_choice", "choices": "list"},
                "yes": {"type": "yes_no"},
                "day": {"type": "date"},
                "text": {"type": "text", "max_length": 5},
                "long": {"type": "long_text"},
                "scale": {"type": "scale", "minimum": "1", "maximum": "5"},
            }.items()
        ),
    ),
    section("2", table("101 102", "3", x=[["102", "3"]])),
    section("3", {"type": "open_table", "columns": [{"code": "1", "title": "Число"}]}),
    choices={"list": [{"code": "01", "title": "книги"}, {"code": "2", "title": "диски"}]},
)


@pytest.mark.parametrize(
    ("code", "typed", "stored"),
    [
        ("int", "", ""),
        ("int", "  ", ""),
        ("int", " 12 ", "12"),
        ("int", "1 234 567", "1234567"),
        ("int", "1\u00a0234\u202f567", "1234567"),
        ("int", "007", "7"),
        ("int", "0", "0"),
        ("int", "-0", "0"),
        ("int", "+5", "5"),
        ("int", "5,0", "5"),
        ("int", "999999999999999", "999999999999999"),
        ("neg", "−5", "-5"),
        ("dec", "1,50", "1.5"),
        ("dec", "1.05", "1.05"),
        ("dec", "12,", "12"),
        ("fine", "123456789012,000001", "123456789012.000001"),
        ("pick", "01", "01"),
        ("pick", "Диски", "2"),
        ("many", "2; 01", "01,2"),
        ("yes", "Да", "1"),
        ("yes", "0", "0"),
        ("day", "1.9.2025", "2025-09-01"),
        ("day", "2025-09-01", "2025-09-01"),
        ("day", "29.02.2024", "2024-02-29"),
        ("text", "=1+1", "=1+1"),
        ("long", "а\r\nб", "а\nб"),
        ("scale", "5", "5"),
        ("2/101/3", "7", "7"),
        ("3/n7/1", "7", "7"),
    ],
)
def test_stored(code, typed, stored):
    assert FORM.parse_value(code, typed) == stored


@pytest.mark.parametrize(
    ("code", "typed", "words"),
    [
        ("int", "много", "должно быть число"),
        ("int", "1e5", "должно быть число"),
        ("int", "NaN", "должно быть число"),
        ("int", "Infinity", "должно быть число"),
        ("int", "١٢", "должно быть число"),
        ("int", "1,2,3", "должно быть число"),
        ("int", "-5", "не может быть отрицательным"),
        ("int", "1,5", "целое число"),
        ("int", "9" * 40, "больше 15 цифр"),
        ("int", "9" * 100_000, "Слишком длинно"),
        ("int", "5\x00", "управляющий знак"),
        ("dec", "1,234", "Не больше 2 знаков после запятой"),
        ("fine", "1234567890123,5", "больше 12 цифр"),
        ("pick", "3", "Нет такого кода: «3». Возможны: 01, 2."),
        ("many", "01,3", "Нет такого кода: «3»"),
        ("yes", "может", "«да» (1) или «нет» (0)"),
        ("day", "31.02.2025", "Нет такой даты"),
        ("day", "вчера", "Дата пишется как"),
        ("day", "01.01.0001", "от 1900 до 2200"),
        ("text", "шестой", "можно не больше 5"),
        ("text", "a\nb", "управляющий знак"),
        ("long", "a\ud800", "управляющий знак"),
        ("scale", "6", "не может быть больше 5"),
        ("2/102/3", "1", "Такой ячейки в форме нет"),
        ("2/103/3", "1", "Такой ячейки в форме нет"),
        ("3/n0/1", "1", "Такой ячейки в форме нет"),
        ("3/n*/1", "1", "Такой ячейки в форме нет"),
        ("3/n1/2", "1", "Такой ячейки в форме нет"),
        ("2/n1/3", "1", "Такой ячейки в форме нет"),
        ("3/n1/1/1", "1", "Такой ячейки в форме нет"),
        ("../n1/1", "1", "Такой ячейки в форме нет"),
        ("x" * 10_000, "1", "Такой ячейки в форме нет"),
    ],
)
def test_refused(code, typed, words):
    with pytest.raises(BadValue) as caught:
        FORM.parse_value(code, typed)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("int", "1234567", "1\u00a0234\u00a0567"),
        ("neg", "-1234", "−1\u00a0234"),
        ("dec", "1234.5", "1\u00a0234,5"),
        ("int", "", ""),
        ("int", "мусор", "мусор"),
        ("pick", "2", "диски"),
        ("many", "01,2", "книги; диски"),
        ("yes", "1", "да"),
        ("day", "2025-09-01", "01.09.2025"),
        ("nowhere", "5", "5"),
    ],
)
def test_shown(code, stored, shown):
    assert FORM.format_value(code, stored) == shown
