"""A row as plain JSON, to compare it later and to put it back."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, GeneratedField, Model

# What makes two rows one and the same does not depend on these.
OWN = frozenset({"id", "created_at", "scan_id", "person_id"})


def columns(model: type[Model] | Model) -> list[Field]:
    return [one for one in model._meta.concrete_fields if not isinstance(one, GeneratedField)]


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def snapshot(row: Model) -> dict[str, Any]:
    """Column → value, as JSON keeps it."""
    return {one.attname: plain(getattr(row, one.attname)) for one in columns(row)}


def put(row: Model, kept: dict[str, Any]) -> Model:
    """Sets the columns of the row to what was kept; not saved."""
    for one in columns(row):
        if one.attname in kept:
            setattr(row, one.attname, one.to_python(kept[one.attname]))
    return row


def content(row: Model) -> tuple[Any, ...]:
    """What the row says, whoever's it is: two rows with the same content are one entered twice."""
    return tuple(str(value) for name, value in sorted(snapshot(row).items()) if name not in OWN)
