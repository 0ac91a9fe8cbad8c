"""Form definition: documents into forms, forms into cells, values and checks. Free of Django.

The document is described in docs/form-definition.md and schema.json.
"""

from apps.monitoring.definition.build import dump
from apps.monitoring.definition.compiled import (
    CompiledForm,
    Hidden,
    compile_form,
    covered_cells,
)
from apps.monitoring.definition.completeness import Completeness
from apps.monitoring.definition.faults import BadValue, DefinitionInvalid, Fault
from apps.monitoring.definition.loading import load
from apps.monitoring.definition.model import (
    BRANCHES,
    SCHEMA,
    CellSpec,
    ChoiceList,
    Column,
    Dimension,
    Form,
    Header,
    Note,
    OpenTable,
    Question,
    RelationSpec,
    Row,
    Section,
    Spec,
    Table,
)
from apps.monitoring.definition.rules import CheckDelta, Violation
from apps.monitoring.relations.layout import Cell, Choice, Unit

__all__ = [
    "BRANCHES",
    "SCHEMA",
    "BadValue",
    "Cell",
    "CellSpec",
    "CheckDelta",
    "Choice",
    "ChoiceList",
    "Column",
    "CompiledForm",
    "Completeness",
    "DefinitionInvalid",
    "Dimension",
    "Fault",
    "Form",
    "Header",
    "Hidden",
    "Note",
    "OpenTable",
    "Question",
    "RelationSpec",
    "Row",
    "Section",
    "Spec",
    "Table",
    "Unit",
    "Violation",
    "compile_form",
    "covered_cells",
    "dump",
    "load",
]
