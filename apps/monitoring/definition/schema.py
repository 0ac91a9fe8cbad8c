"""First look at a document: safe shape, then the JSON Schema, its findings put into Russian."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from apps.monitoring.definition.faults import Fault

MAX_DEPTH = 40
MAX_NODES = 400_000
MAX_TEXT = 100_000
MAX_FAULTS = 500
SCHEMA_FILE = Path(__file__).with_name("schema.json")

_TYPES = {
    "object": "набор полей {…}", "array": "список […]", "string": "текст", "integer": "целое число",
    "boolean": "true или false", "number": "число",
}  # fmt: skip


def path_text(parts: Iterable[Any]) -> str:
    """«sections[0].items[1]» from the parts of a JSON path."""
    text = ""
    for part in parts:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else str(part)
    return text


def shape_faults(document: object) -> list[Fault]:
    """What makes a document unsafe to look into: depth, size, floats, control characters. Not recursive."""
    faults: list[Fault] = []
    stack: list[tuple[Any, tuple[Any, ...]]] = [(document, ())]
    seen = 0
    while stack and len(faults) < MAX_FAULTS:
        value, path = stack.pop()
        seen += 1
        if seen > MAX_NODES:
            return [Fault("", f"Определение слишком велико: больше {MAX_NODES} значений")]
        if len(path) > MAX_DEPTH:
            return [Fault(path_text(path[:6]), f"Вложенность больше {MAX_DEPTH} уровней")]
        message = _value_fault(value)
        if message:
            faults.append(Fault(path_text(path), message))
        elif isinstance(value, dict):
            stack.extend((inner, (*path, key)) for key, inner in value.items())
        elif isinstance(value, list):
            stack.extend((inner, (*path, index)) for index, inner in enumerate(value))
    return faults


def _value_fault(value: Any) -> str:
    if isinstance(value, str):
        return _text_fault(value)
    if isinstance(value, bool) or value is None or isinstance(value, list):
        return ""
    if isinstance(value, int):
        return "" if abs(value) < 10**15 else "Число больше 15 цифр"
    if isinstance(value, float):
        return "Дробное число пишется текстом: «0.5» в кавычках"
    if isinstance(value, dict):
        return (
            ""
            if all(isinstance(key, str) and not _text_fault(key) for key in value)
            else "Недопустимое имя поля"
        )
    return "Значение такого вида не бывает в JSON"


def _text_fault(text: str) -> str:
    if len(text) > MAX_TEXT:
        return f"Текст длиннее {MAX_TEXT} знаков"
    for char in text:
        if (
            (char < " " and char not in "\n\r\t")
            or "\ud800" <= char <= "\udfff"
            or char in "\x7f\ufffe\uffff"
        ):
            return "Недопустимый управляющий знак"
    return ""


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def schema_faults(document: object) -> list[Fault]:
    """Everything in which a document departs from the JSON Schema, in reading order."""
    found: dict[Fault, None] = {}
    for error in _validator().iter_errors(document):
        for path, message in _described(error):
            found[Fault(path_text(path), message)] = None
            if len(found) >= MAX_FAULTS:
                return list(found)
    return list(found)


def _described(error: ValidationError) -> Iterator[tuple[list[Any], str]]:
    path = list(error.absolute_path)
    describe = _MESSAGES.get(str(error.validator))
    if describe is None:
        yield path, "Значение не подходит"
    elif error.validator == "required":
        yield path, f"Не хватает поля «{_missing(error)}»"
    elif error.validator == "additionalProperties":
        for name in sorted(set(error.instance) - set(error.schema.get("properties", {}))):
            yield path, f"Лишнее поле «{name[:60]}»"
    else:
        yield path, describe(error)


def _missing(error: ValidationError) -> str:
    return error.message.split("'")[1] if "'" in error.message else ""


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "…"


def _one_of(error: ValidationError) -> str:
    names = [
        " и ".join(f"«{name}»" for name in option.get("required", ())) for option in error.validator_value
    ]
    return f"Нужно ровно одно из: {', '.join(filter(None, names))}"


_MESSAGES = {
    "required": lambda e: "",
    "additionalProperties": lambda e: "",
    "type": lambda e: f"Здесь должно быть: {_TYPES.get(str(e.validator_value), e.validator_value)}",
    "enum": lambda e: (
        f"Недопустимое значение «{_shown(e.instance)}»; возможны: {', '.join(map(str, e.validator_value))}"
    ),
    "const": lambda e: f"Здесь должно быть «{e.validator_value}»",
    "pattern": lambda e: f"Недопустимая запись «{_shown(e.instance)}»",
    "minLength": lambda e: "Пустой текст",
    "maxLength": lambda e: f"Длиннее {e.validator_value} знаков",
    "minItems": lambda e: f"Элементов меньше {e.validator_value}",
    "maxItems": lambda e: f"Элементов больше {e.validator_value}",
    "maxProperties": lambda e: f"Полей больше {e.validator_value}",
    "minimum": lambda e: f"Меньше {e.validator_value}",
    "maximum": lambda e: f"Больше {e.validator_value}",
    "oneOf": _one_of,
}
