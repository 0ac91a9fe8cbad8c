"""A document → a form, or every fault of it at once."""

from __future__ import annotations

from apps.monitoring.definition.build import build
from apps.monitoring.definition.checks import semantic_faults
from apps.monitoring.definition.faults import DefinitionInvalid
from apps.monitoring.definition.model import Form
from apps.monitoring.definition.schema import schema_faults, shape_faults


def load(data: object) -> Form:
    """The form of a JSON document. Raises `DefinitionInvalid` with all faults, in Russian.

    Three looks, each only when the one before found nothing: is the document safe to look into, does it
    follow the JSON Schema, does it make sense (codes, references, expressions, relations).
    """
    faults = shape_faults(data) or schema_faults(data)
    if faults:
        raise DefinitionInvalid(faults)
    assert isinstance(data, dict)
    form = build(data)
    faults = semantic_faults(form)
    if faults:
        raise DefinitionInvalid(faults)
    return form
