import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from apps.core import identifiers as ids


@pytest.mark.parametrize(
    ("check", "valid", "invalid"),
    [
        (ids.is_inn, "7707083893", "7707083894"),
        (ids.is_inn, "500100732259", "500100732258"),
        (ids.is_ogrn, "1027700132195", "1027700132196"),
        (ids.is_ogrn, "304500116000157", "304500116000158"),
        (ids.is_kpp, "490901001", "49090100"),
        (ids.is_kpp, "4909AB001", "4909аб001"),
        (ids.is_okpo, "00032537", "00032538"),
        (ids.is_oktmo, "44701000", "4470100"),
        (ids.is_oktmo, "44701000001", "00000000"),
        (ids.is_snils, "11223344595", "11223344596"),
        (ids.is_snils, "00100199899", "00000000000"),
    ],
)
def test_checks(check, valid, invalid):
    assert check(valid) is True
    assert check(invalid) is False


CHECKS = [ids.is_inn, ids.is_ogrn, ids.is_kpp, ids.is_okpo, ids.is_oktmo, ids.is_snils]


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(
    "bad", ["", " ", "\x00", "٧٧٠٧٠٨٣٨٩٣", "²²²²²²²²²²", "7" * 100_000, "-7707083893", "\ud800"]
)
def test_garbage_is_no_identifier(check, bad):
    assert check(bad) is False


@given(st.text())
def test_checks_never_fail(text):
    assert {check(text) for check in CHECKS} <= {True, False}


@given(st.integers(1_002, 999_999))
def test_one_wrong_digit_of_a_snils_is_seen(n):
    number = f"{n * 1_000 + 7:09d}"
    valid = [f"{number}{check:02d}" for check in range(100) if ids.is_snils(f"{number}{check:02d}")]
    assert len(valid) == 1


def test_snils_whose_rest_is_100_ends_in_noughts():
    """The weighted sums are 200, 201 and 202: the rest of division by 101 is 99, 100 and 0."""
    assert ids.is_snils("08765430199")
    assert ids.is_snils("08765430200")
    assert ids.is_snils("08765430300")


@pytest.mark.parametrize(
    ("validate", "value", "word"),
    [
        (ids.validate_inn, "500100732259", "ИНН"),
        (ids.validate_person_inn, "7707083893", "ИНН"),
        (ids.validate_ogrn, "304500116000157", "ОГРН"),
        (ids.validate_ogrnip, "1027700132195", "ОГРНИП"),
        (ids.validate_kpp, "x", "КПП"),
        (ids.validate_okpo, "1", "ОКПО"),
        (ids.validate_oktmo, "1", "ОКТМО"),
        (ids.validate_snils, "1", "СНИЛС"),
    ],
)
def test_validators_refuse_in_russian(validate, value, word):
    with pytest.raises(ValidationError) as refused:
        validate(value)
    assert refused.value.messages[0].startswith(word)


def test_snils_is_shown_and_masked():
    assert ids.clean_snils("112-233-445 95") == "11223344595"
    assert ids.format_snils("11223344595") == "112-233-445\u00a095"
    assert ids.masked_snils("11223344595") == "***-***-445\u00a095"
    assert ids.masked_snils("oops") == "***"
