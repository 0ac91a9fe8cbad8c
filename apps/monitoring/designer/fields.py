"""What may be typed about a section, a table, a row…, and how it is kept in the document."""

from __future__ import annotations

import re
from typing import Any

from apps.monitoring.designer.places import Misplaced

TEXT, FLAG, INTEGER, UNIT = "text", "flag", "integer", "unit"
LIMITS = {"title": 2000, "text": 10_000, "help": 10_000, "note": 10_000, "message": 10_000, "code": 40}
OWN: dict[str, dict[str, str]] = {
    "form": {"title": TEXT, "note": TEXT, "signature": FLAG},
    "section": {"code": TEXT, "number": TEXT, "title": TEXT, "text": TEXT, "when": TEXT, "repeat": TEXT,
                "unit": UNIT},
    "table": {"title": TEXT, "help": TEXT},
    "open_table": {"title": TEXT, "help": TEXT, "min_rows": INTEGER, "max_rows": INTEGER, "total": FLAG},
    "question": {"code": TEXT, "title": TEXT, "help": TEXT, "when": TEXT, "element": TEXT},
    "note": {"text": TEXT, "when": TEXT},
    "row": {"code": TEXT, "title": TEXT, "level": INTEGER, "kind": TEXT, "when": TEXT, "element": TEXT},
    "column": {"code": TEXT, "title": TEXT, "total": FLAG},
    "relation": {"code": TEXT, "text": TEXT, "section": TEXT, "severity": TEXT, "message": TEXT,
                 "enabled": FLAG, "note": TEXT},
    "cell": {},
}  # fmt: skip
VALUE = {
    "type": TEXT, "decimals": INTEGER, "choices": TEXT, "allow_negative": FLAG, "minimum": TEXT,
    "maximum": TEXT, "max_length": INTEGER, "unit": UNIT, "required": FLAG, "computed": TEXT, "prefill": TEXT,
    "summary": TEXT,
}  # fmt: skip
WITH_VALUE = {"table", "open_table", "question", "row", "column", "cell"}
OBLIGATORY = {
    "form": {"title"}, "section": {"code", "title"}, "question": {"code", "title"}, "note": {"text"},
    "row": {"code", "title"}, "column": {"code", "title"}, "relation": {"code", "text", "severity"},
}  # fmt: skip
TRUE_BY_DEFAULT = {
    ("form", "signature"),
    ("open_table", "total"),
    ("column", "total"),
    ("relation", "enabled"),
}
FITS = {
    "decimals": {"decimal"},
    "choices": {"choice", "multi_choice"},
    "max_length": {"text", "long_text"},
    "minimum": {"integer", "decimal", "scale"},
    "maximum": {"integer", "decimal", "scale"},
    "allow_negative": {"integer", "decimal"},
}
OKEI = {"человек": "792", "единица": "642", "штука": "796", "рубль": "383", "тысяча рублей": "384",
        "процент": "744", "час": "356", "место": "698", "квадратный метр": "055", "год": "366"}  # fmt: skip
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def cleaned(text: Any, limit: int = 4000) -> str:
    """A typed text: without control characters and blanks around, no longer than its place holds."""
    if not isinstance(text, str):
        raise Misplaced("Ожидается текст.")
    plain = CONTROL.sub("", text.replace("\r\n", "\n")).strip()
    if len(plain) > limit:
        raise Misplaced(f"Текст длиннее {limit} знаков: сократите его.")
    return plain


def changed(node: dict[str, Any], kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The node with its own fields and those of `value` (written «value.type») changed.

    Raises `Misplaced` for a field that such a node does not have, or a text that is no number.
    """
    result = dict(node)
    for name, typed in fields.items():
        owner, _, inner = name.partition(".")
        if inner and owner == "value" and inner in VALUE and kind in WITH_VALUE:
            result = _with_value(result, kind, inner, typed)
        elif name in OWN[kind]:
            _put(result, name, _read(OWN[kind][name], name, typed, (kind, name) in TRUE_BY_DEFAULT), kind)
        else:
            raise Misplaced("Здесь такого свойства нет.")
    return result


def _with_value(node: dict[str, Any], kind: str, name: str, typed: Any) -> dict[str, Any]:
    value = dict(node.get("value", {}))
    read = _read(VALUE[name], name, typed, False)
    if name in ("minimum", "maximum") and isinstance(read, str):
        read = read.replace(",", ".").replace("−", "-").replace(" ", "")
    _put(value, name, read, "")
    if name == "type":
        _drop_unfit(value, kind)
    kept = {key: inner for key, inner in node.items() if key != "value"}
    return {**kept, "value": value} if value or kind in ("question", "cell") else kept


def _drop_unfit(value: dict[str, Any], kind: str) -> None:
    """A type brings its own decimals, choices and limits: those of the former type go."""
    for name, kinds in FITS.items():
        if value.get("type", "" if kind != "question" else "text") not in kinds:
            value.pop(name, None)


def _put(node: dict[str, Any], name: str, read: Any, kind: str) -> None:
    if read in ("", None) and name not in OBLIGATORY.get(kind, ()):
        node.pop(name, None)
    else:
        node[name] = "" if read is None else read


def _read(how: str, name: str, typed: Any, by_default: bool) -> Any:
    """The value to keep; None where the field is to be left out."""
    if how == FLAG:
        return _flag(name, typed, by_default)
    text = cleaned(str(typed) if isinstance(typed, int) else typed, LIMITS.get(name, 4000))
    if how == UNIT:
        return unit_of(text)
    return _integer(text) if how == INTEGER else text


def _flag(name: str, typed: Any, by_default: bool) -> bool | None:
    """`required` may also refuse what stands above it, the others only differ from their default."""
    if typed == "":
        return None
    flag = typed in (True, "true", "on", "1")
    return flag if name == "required" or flag != by_default else None


def _integer(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Misplaced("Введите целое число.")
    return int(text)


def unit_of(text: str) -> dict[str, str] | None:
    """«человек» or «792 человек»: the code of ОКЕИ is typed, or known for the commonest units."""
    code, _, name = text.partition(" ")
    if name and code.isascii() and code.isdigit() and len(code) <= 4:
        return {"code": code, "name": name.strip()[:100]}
    return {"code": OKEI.get(text.lower(), ""), "name": text[:100]} if text else None
