"""What a person may type: plain text and links."""

import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible

from apps.core.russian import counted

# Controls, surrogates, non-characters and the marks that turn the direction of text around.
_FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef]"
    r"|[\ufffe\uffff\U0001fffe\U0001ffff\U000e0000-\U000e007f]"
)
# What no XML-based file may hold: it would not open.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAKS = re.compile(r"\r\n?|[\n\u2028\u2029]")
_LONGEST_LINK = 2_000


def printable(text: str) -> str:
    """The text without control characters and surrogates, for a file that is made from it."""
    return _UNPRINTABLE.sub("", text)


def clean_text(value: str, max_length: int, multiline: bool = False) -> str:
    """The text in NFC without spaces at the ends; a single line without breaks and tabs.

    Refuses with a ValidationError in Russian: control characters, NUL, surrogates, marks of text direction,
    more than `max_length` characters (counted after cleaning; a line break is one).
    """
    if not isinstance(value, str):
        raise ValidationError("Ожидается текст.", code="not_text")
    # No megabytes are normalised only to be refused: NFC makes a text at most 18 times shorter.
    if len(value) > max_length * 18 + 1000:
        raise _too_long(max_length, len(value))
    if _FORBIDDEN.search(value):
        raise ValidationError(
            "Текст содержит недопустимые управляющие символы. Удалите их и сохраните снова.",
            code="control_characters",
        )
    text = unicodedata.normalize("NFC", _LINE_BREAKS.sub("\n", value))
    text = text.strip() if multiline else " ".join(text.split("\n")).replace("\t", " ").strip()
    if len(text) > max_length:
        raise _too_long(max_length, len(text))
    return text


def _too_long(limit: int, length: int) -> ValidationError:
    letters = counted(limit, "символа", "символов", "символов")
    return ValidationError(f"Не более {letters}, сейчас {length}.", code="max_length")


@deconstructible
class PlainTextValidator:
    """Refuses in a form or a model field what `clean_text` refuses; changes nothing."""

    def __init__(self, max_length: int = 100_000, multiline: bool = False) -> None:
        self.max_length = max_length
        self.multiline = multiline

    def __call__(self, value: Any) -> None:
        text = str(value)
        if not self.multiline and _LINE_BREAKS.search(text):
            raise ValidationError("Текст должен быть в одну строку.", code="multiline")
        clean_text(text, self.max_length, self.multiline)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PlainTextValidator):
            return NotImplemented
        return (self.max_length, self.multiline) == (other.max_length, other.multiline)

    def __hash__(self) -> int:
        return hash((self.max_length, self.multiline))


def clean_link(value: str) -> str:
    """A link typed by a person: http(s) with a host and without a password, or a path of this portal.

    ValidationError in Russian otherwise: `javascript:`, `data:`, `//host`, backslashes, spaces and controls.
    """
    text = value.strip()
    if not is_safe_link(text):
        raise ValidationError(
            "Укажите адрес, который начинается с https://, http:// или с / (страница портала).", code="link"
        )
    return text


def is_safe_link(link: str) -> bool:
    """Whether the link may stand in a page: see `clean_link`."""
    if not link or len(link) > _LONGEST_LINK or "\\" in link or re.search(r"[\s\"<>`]", link):
        return False
    if _FORBIDDEN.search(link):
        return False
    if link.startswith("/"):
        return not link.startswith("//")
    try:
        parts = urlsplit(link)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and parts.username is None


def validate_link(value: str) -> None:
    clean_link(value)
