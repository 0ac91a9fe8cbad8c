import time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from apps.core.text import PlainTextValidator, clean_link, clean_text, is_safe_link


def test_single_line():
    assert clean_text("  Школа\tс\r\nуглублённым ", 100) == "Школа с углублённым"


def test_many_lines():
    assert clean_text(" а\r\nб\rв\u2028г ", 100, multiline=True) == "а\nб\nв\nг"


def test_composed_form():
    assert clean_text("и\u0306", 1) == "й"


BAD = ["а\x00", "а\x07", "\x7f", "\x85", "\ud800", "а\u202eб", "\u2066", "\ufffe"]


@pytest.mark.parametrize("typed", BAD)
def test_control_characters_are_refused_in_russian(typed):
    with pytest.raises(ValidationError, match="управляющие"):
        clean_text(typed, 100, multiline=True)
    with pytest.raises(ValidationError, match="управляющие"):
        PlainTextValidator()(typed)


def test_length_counts_what_is_left_after_cleaning():
    assert clean_text(" абв ", 3) == "абв"
    with pytest.raises(ValidationError, match="Не более") as refused:
        clean_text("абвг", 3)
    assert refused.value.messages == ["Не более 3\u00a0символов, сейчас 4."]


def test_ten_megabytes_are_refused_at_once():
    started = time.perf_counter()
    with pytest.raises(ValidationError, match="Не более"):
        clean_text("я" * 10_000_000, 100)
    assert time.perf_counter() - started < 1


def test_number_in_place_of_text():
    with pytest.raises(ValidationError, match="текст"):
        clean_text(5, 10)


@given(st.text(max_size=200), st.booleans())
def test_cleaning_is_stable_or_refuses(typed, multiline):
    try:
        text = clean_text(typed, 200, multiline)
    except ValidationError:
        return
    assert clean_text(text, 200, multiline) == text
    assert "\x00" not in text
    text.encode()


def test_validator_knows_lines_and_equality():
    with pytest.raises(ValidationError, match="одну строку"):
        PlainTextValidator()("а\nб")
    PlainTextValidator(multiline=True)("а\nб")
    assert PlainTextValidator(5) == PlainTextValidator(5)
    assert PlainTextValidator(5) != PlainTextValidator(6)
    assert PlainTextValidator(5).deconstruct() == ("apps.core.text.PlainTextValidator", (5,), {})


GOOD_LINKS = ["https://a.example/б?x=1#y", "http://a.example:8080", "/monitoring/5/", "HTTPS://A.EXAMPLE"]
BAD_LINKS = [
    *["javascript:alert(1)", "data:text/html,x", "//evil.example", "/\\evil.example", "\\\\evil", "ftp://a.example"],
    *["https://user:pass@a.example", "https://", "https://a b.example", "https://a\tb", "https://[::1", ""],
    *["http://a.example:99999", "https://a.example/\x00", "a.example", "https://a/" + "я" * 9999],
    *["java\nscript:alert(1)", "vbscript:x", "file:///etc/passwd", "\u202ehttps://a.example", "https://a.example/\"onclick="],
]  # fmt: skip


@pytest.mark.parametrize("link", GOOD_LINKS)
def test_safe_link(link):
    assert clean_link(f" {link} ") == link


@pytest.mark.parametrize("link", BAD_LINKS)
def test_unsafe_link(link):
    assert is_safe_link(link) is False
    with pytest.raises(ValidationError, match="https://"):
        clean_link(link)
