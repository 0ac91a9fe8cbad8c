"""The OpenAPI document as a page: what a template needs of each address. No script, nothing from outside."""

from dataclasses import dataclass
from typing import Any

TYPES = {
    "integer": "целое число",
    "number": "число",
    "string": "строка",
    "boolean": "true или false",
    "object": "объект",
    "null": "null",
}
FORMATS = {"date": "дата", "date-time": "дата и время"}


@dataclass(frozen=True)
class Line:
    """A parameter or a field: its name (with the path to it), type, what it means."""

    name: str
    type: str
    text: str


@dataclass(frozen=True)
class Address:
    anchor: str
    path: str
    title: str
    text: str
    example: str
    parameters: list[Line]
    fields: list[Line]


@dataclass(frozen=True)
class Part:
    title: str
    addresses: list[Address]


def parts_of(document: dict[str, Any], examples: dict[str, str]) -> list[Part]:
    """The addresses by their parts, in the order of the document."""
    parts: dict[str, list[Address]] = {}
    for path, methods in document["paths"].items():
        one = methods["get"]
        parts.setdefault(one["tags"][0], []).append(_address(document, path, one, examples))
    return [Part(title, addresses) for title, addresses in parts.items()]


def _address(document: dict[str, Any], path: str, one: dict[str, Any], examples: dict[str, str]) -> Address:
    given = one["responses"][200]["content"]["application/json"]["schema"]
    return Address(
        anchor=one["operationId"],
        path=path,
        title=one["summary"],
        text=one["description"],
        example=examples.get(path, path.replace("{pk}", "12")),
        parameters=[_parameter(document, each) for each in one["parameters"]],
        fields=list(_fields(document, given)),
    )


def _parameter(document: dict[str, Any], given: dict[str, Any]) -> Line:
    schema = given["schema"]
    text = given.get("description") or "Номер записи"
    if schema.get("default") not in (None, "", False):
        text += f"; по умолчанию {schema['default']}"
    # A filter that may be left out is written to OpenAPI as one that may be null.
    given_types = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    return Line(given["name"], type_of(document, given_types[0]), text)


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema itself in place of a reference to it."""
    name = schema.get("$ref", "").rpartition("/")[2]
    return document["components"]["schemas"][name] if name else schema


def type_of(document: dict[str, Any], schema: dict[str, Any]) -> str:
    """«целое число или null», «список», «одно из: draft, running»"""
    if "anyOf" in schema:
        return " или ".join(type_of(document, one) for one in schema["anyOf"])
    whole = resolved(document, schema)
    if "allOf" in whole:
        return type_of(document, whole["allOf"][0])
    if "enum" in whole:
        return "одно из: " + ", ".join(whole["enum"])
    if whole.get("type") == "array":
        return f"список: {type_of(document, whole['items'])}"
    return FORMATS.get(whole.get("format", "")) or TYPES.get(whole.get("type", ""), "любое значение")


def _fields(document: dict[str, Any], schema: dict[str, Any], before: str = "") -> list[Line]:
    """Every field with the path to it; a list of documents is opened under `name[]`."""
    lines = []
    for name, one in resolved(document, schema).get("properties", {}).items():
        lines.append(Line(before + name, type_of(document, one), one.get("description", "")))
        if one.get("type") == "array" and "$ref" in one["items"]:
            lines += _fields(document, one["items"], f"{before}{name}[].")
    return lines
