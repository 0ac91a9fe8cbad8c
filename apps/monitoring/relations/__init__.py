"""The language of control relations: parsed, expanded over a form, evaluated. Free of Django.

A text becomes a tree (`parse`), the tree is expanded over the cells of a form (`expand`), each instance
is a closure over a mapping of values. The notation is documented in docs/guides/control-relations.md.
"""

from apps.monitoring.relations.errors import RelationBindingError, RelationError, RelationSyntaxError
from apps.monitoring.relations.expand import Instance, expand
from apps.monitoring.relations.layout import Cell, Choice, Layout, SectionLayout, TableLayout, Unit
from apps.monitoring.relations.nodes import Node, Relation
from apps.monitoring.relations.parser import parse, parse_condition, parse_expression
from apps.monitoring.relations.printer import to_text

__all__ = [
    "Cell",
    "Choice",
    "Instance",
    "Layout",
    "Node",
    "Relation",
    "RelationBindingError",
    "RelationError",
    "RelationSyntaxError",
    "SectionLayout",
    "TableLayout",
    "Unit",
    "expand",
    "parse",
    "parse_condition",
    "parse_expression",
    "to_text",
]
