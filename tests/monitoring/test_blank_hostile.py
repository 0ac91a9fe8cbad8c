"""Whatever a sheet holds, the recognition answers, and what it assembles passes our checks."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.monitoring.blanks.assemble import assemble
from apps.monitoring.blanks.corrections import Corrections
from apps.monitoring.blanks.recognition import recognise
from apps.monitoring.blanks.sheets import Book, Cell, Sheet, Span
from apps.monitoring.definition import load

TEXTS = st.sampled_from(
    [
        "",
        "1",
        "2",
        "3",
        "01",
        "X",
        "А",
        "Всего",
        "в том числе:",
        "Код",
        "Раздел 1. А",
        "чел.",
        "…",
        "n1",
        "total",
    ]
)
FORMULAS = st.sampled_from(["", "", "", "SUM(A1:C9)", "A1+B2", "A1/(B1", 'IF(A1=B1,"да","нет")', "B2-C3"])
CELLS = st.builds(
    lambda text, formula, indent, framed: Cell(
        text, Decimal(text) if text.isdecimal() else None, formula, indent, False, framed
    ),
    TEXTS, FORMULAS, st.integers(0, 3), st.booleans(),
)  # fmt: skip
PLACES = st.tuples(st.integers(1, 9), st.integers(1, 6))
SPANS = st.builds(
    lambda first, second: Span(
        min(first[0], second[0]), min(first[1], second[1]), max(first[0], second[0]), max(first[1], second[1])
    ),
    PLACES, PLACES,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(PLACES, CELLS, max_size=40), st.lists(SPANS, max_size=4))
def test_recognition_never_fails(cells, spans):
    book = Book([Sheet("Лист", cells, tuple(spans))])
    found = recognise(book)
    for formulas in ("computed", "checked"):
        made = assemble(book, found, Corrections(formulas=formulas), name="Бланк")
        if made.definition is not None:
            load(made.definition)
        else:
            assert made.faults
