"""Russian identifiers: check digits, validators with Russian messages, how they are printed.

Every `is_…` takes digits without separators; `clean_…` also takes what people type with them.
"""

import re

from django.core.exceptions import ValidationError
from stdnum.ru import inn as stdnum_inn
from stdnum.ru import ogrn as stdnum_ogrn

_SEPARATORS = re.compile(r"[\s\u00a0\u2007\u202f\u2010-\u2015\u2212-]+")
_KPP = re.compile(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}")
# Numbers up to this one were issued without check digits.
_SNILS_UNCHECKED = 1_001_998


def without_separators(value: str) -> str:
    """The typed value without spaces and dashes."""
    return _SEPARATORS.sub("", value)


def is_inn(value: str) -> bool:
    """ИНН of an organisation (10 digits) or of a person (12), with its check digits."""
    return _digits(value, 10, 12) and bool(stdnum_inn.is_valid(value)) and bool(value.strip("0"))


def is_ogrn(value: str) -> bool:
    """ОГРН (13 digits) or ОГРНИП (15) with the check digit."""
    return _digits(value, 13, 15) and bool(stdnum_ogrn.is_valid(value))


def is_kpp(value: str) -> bool:
    """КПП: 4 digits, 2 digits or Latin capitals, 3 digits; it has no check digit."""
    return bool(_KPP.fullmatch(value))


def is_okpo(value: str) -> bool:
    """ОКПО: 8 digits (organisation) or 10 (branch, entrepreneur), the last one checks the rest."""
    if not _digits(value, 8, 10) or not value.strip("0"):
        return False
    digits = [int(digit) for digit in value]
    for shift in (0, 2):
        weights = [(place + shift) % 10 + 1 for place in range(len(digits) - 1)]
        rest = sum(weight * digit for weight, digit in zip(weights, digits[:-1], strict=True)) % 11
        if rest < 10:
            return rest == digits[-1]
    return digits[-1] == 0


def is_oktmo(value: str) -> bool:
    """ОКТМО: 8 digits (municipality) or 11 (settlement); it has no check digit."""
    return _digits(value, 8, 11) and bool(value.strip("0"))


def is_snils(value: str) -> bool:
    """СНИЛС: 9 digits and 2 check digits; numbers up to 001-001-998 have none."""
    if not _digits(value, 11) or not value[:9].strip("0"):
        return False
    if int(value[:9]) <= _SNILS_UNCHECKED:
        return True
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(value[:9]))
    return int(value[9:]) == total % 101 % 100


def format_snils(value: str) -> str:
    """«112-233-445 95»; anything that is not 11 digits comes back as it is."""
    digits = without_separators(value)
    if not _digits(digits, 11):
        return value
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]}\u00a0{digits[9:]}"


def masked_snils(value: str) -> str:
    """«***-***-445 95»: enough to tell two people apart, too little to use."""
    shown = format_snils(value)
    return "***-***-" + shown[8:] if shown != value or _digits(value, 11) else "***"


def clean_snils(value: str) -> str:
    """11 digits of a typed СНИЛС; ValidationError in Russian."""
    digits = without_separators(value)
    validate_snils(digits)
    return digits


def validate_inn(value: str) -> None:
    """ИНН of a legal person: the portal keeps no other."""
    if not (_digits(value, 10) and is_inn(value)):
        raise ValidationError("ИНН организации — 10 цифр с верной контрольной цифрой.", code="inn")


def validate_person_inn(value: str) -> None:
    if not (_digits(value, 12) and is_inn(value)):
        raise ValidationError("ИНН физического лица — 12 цифр с верными контрольными цифрами.", code="inn")


def validate_ogrn(value: str) -> None:
    """ОГРН of a legal person."""
    if not (_digits(value, 13) and is_ogrn(value)):
        raise ValidationError("ОГРН — 13 цифр с верной контрольной цифрой.", code="ogrn")


def validate_ogrnip(value: str) -> None:
    if not (_digits(value, 15) and is_ogrn(value)):
        raise ValidationError("ОГРНИП — 15 цифр с верной контрольной цифрой.", code="ogrnip")


def validate_kpp(value: str) -> None:
    if not is_kpp(value):
        raise ValidationError(
            "КПП — 9 знаков: цифры, на 5-м и 6-м месте возможны латинские буквы.", code="kpp"
        )


def validate_okpo(value: str) -> None:
    if not is_okpo(value):
        raise ValidationError("ОКПО — 8 или 10 цифр с верной контрольной цифрой.", code="okpo")


def validate_oktmo(value: str) -> None:
    if not is_oktmo(value):
        raise ValidationError("ОКТМО — 8 или 11 цифр.", code="oktmo")


def validate_snils(value: str) -> None:
    if not is_snils(without_separators(value)):
        raise ValidationError("СНИЛС — 11 цифр с верным контрольным числом: 112-233-445 95.", code="snils")


def _digits(value: str, *lengths: int) -> bool:
    return isinstance(value, str) and len(value) in lengths and value.isascii() and value.isdigit()
