import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from apps.core.phones import clean_phone, show_phone


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("62-00-00", "+74132620000", "+7\u00a0(4132)\u00a062-00-00"),
        ("8 (4132) 62-00-00", "+74132620000", "+7\u00a0(4132)\u00a062-00-00"),
        ("+7 413 262 00 00", "+74132620000", "+7\u00a0(4132)\u00a062-00-00"),
        ("4132620000", "+74132620000", "+7\u00a0(4132)\u00a062-00-00"),
        ("8 914 850-12-34", "+79148501234", "+7\u00a0(914)\u00a0850-12-34"),
        ("8 (41342) 2-00-00", "+74134220000", "+7\u00a0(41342)\u00a02-00-00"),
        ("62-00-00 доб. 12", "+74132620000;ext=12", "+7\u00a0(4132)\u00a062-00-00, доб.\u00a012"),
        ("+375 17 200-00-00", "+375172000000", "+375172000000"),
        ("", "", ""),
    ],
)
def test_phone(typed, kept, shown):
    assert clean_phone(typed) == kept
    assert show_phone(kept) == shown


BAD = ["62-00", "телефон", "+7 000 000 00 00", "8" * 100_000, "\x00620000", "٦٢٠٠٠٠", "+0 123 456 789"]


@pytest.mark.parametrize("typed", [*BAD, "1" * 40])
def test_what_is_no_phone_is_refused(typed):
    with pytest.raises(ValidationError, match="код"):
        clean_phone(typed)


@given(st.from_regex(r"[3-69][0-9]{9}", fullmatch=True))
def test_kept_form_is_stable(digits):
    kept = clean_phone("+7" + digits)
    assert clean_phone(show_phone(kept)) == kept
