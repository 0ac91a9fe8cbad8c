"""Telephone numbers: kept as +74132620000, shown as +7 (4132) 62-00-00."""

import re

from django.core.exceptions import ValidationError

CITY_CODE = "4132"
# Codes of the neighbouring districts have five digits; a mobile number is shown with three.
_LONG_CODES = ("41341", "41342", "41343", "41344", "41345", "41346", "41347", "41348")
_LONGEST = 40
_TYPED = re.compile(r"\+?[0-9\s\u00a0().\u2010-\u2015\u2212-]+")
_EXTENSION = re.compile(r"\s*(?:доб\.?|вн\.?|ext\.?|#)\s*([0-9]{1,6})\s*$", re.IGNORECASE)


def clean_phone(text: str) -> str:
    """E.164 of a typed number, with `;ext=12` for an extension; six digits are a number of Magadan.

    An empty text comes back empty. ValidationError in Russian when it is no telephone number.
    """
    if not text.strip():
        return ""
    if len(text) > _LONGEST:
        raise _refused()
    ending = _EXTENSION.search(text)
    number = _international(text[: ending.start()] if ending else text)
    return f"{number};ext={ending[1]}" if ending else number


def _international(text: str) -> str:
    if not _TYPED.fullmatch(text.strip()):
        raise _refused()
    digits = re.sub(r"[^0-9]", "", text)
    if len(digits) == 6 and "+" not in text:
        digits = "7" + CITY_CODE + digits
    elif len(digits) == 10 and "+" not in text:
        digits = "7" + digits
    elif len(digits) == 11 and digits[0] == "8" and "+" not in text:
        digits = "7" + digits[1:]
    is_russian = len(digits) == 11 and digits[0] == "7" and digits[1] in "3456789"
    if not is_russian and not ("+" in text and digits[:1] not in ("", "0", "7") and 8 <= len(digits) <= 15):
        raise _refused()
    return "+" + digits


def show_phone(value: str) -> str:
    """«+7 (4132) 62-00-00, доб. 12»; a foreign or unknown number comes back as it is kept."""
    number, _, extension = value.partition(";ext=")
    match = re.fullmatch(r"\+7([0-9]{10})", number)
    if match:
        code, rest = _split(match[1])
        number = f"+7\u00a0({code})\u00a0{rest[:-4]}-{rest[-4:-2]}-{rest[-2:]}"
    return f"{number}, доб.\u00a0{extension}" if extension else number


def validate_phone(value: str) -> None:
    clean_phone(value)


def _split(digits: str) -> tuple[str, str]:
    length = 5 if digits.startswith(_LONG_CODES) else 4 if digits.startswith(CITY_CODE) else 3
    return digits[:length], digits[length:]


def _refused() -> ValidationError:
    return ValidationError("Укажите телефон с кодом города, например +7 (4132) 62-00-00.", code="phone")
