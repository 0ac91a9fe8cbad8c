from decimal import Decimal

from apps.papers.reports import Align, Cell, Column, DataTable, Head, Row
from apps.papers.reports.grid import aligned_cells, column_count, columns, header_slots, widths
from apps.papers.reports.words import cell_text

HEADER = (
    (Head("Наименование", rowspan=3), Head("Экземпляров", colspan=3)),
    (Head("Всего", rowspan=2), Head("из них", colspan=2)),
    (Head("печатных"), Head("электронных")),
)


def test_a_header_of_three_levels_is_laid_on_the_grid():
    rows = header_slots(DataTable("Т", HEADER, ()))
    assert [[(slot.column, slot.head.text, slot.continues) for slot in row] for row in rows] == [
        [(0, "Наименование", False), (1, "Экземпляров", False)],
        [(0, "Наименование", True), (1, "Всего", False), (2, "из них", False)],
        [(0, "Наименование", True), (1, "Всего", True), (2, "печатных", False), (3, "электронных", False)],
    ]


def test_the_grid_is_as_wide_as_its_widest_row():
    assert column_count(DataTable("Т", HEADER, ())) == 4
    assert column_count(DataTable("Т", (), (Row((Cell("а", colspan=2), Cell(1))),))) == 3


def test_the_first_of_undeclared_columns_is_three_shares_wide():
    assert widths(DataTable("Т", HEADER, ())) == [50.0, 16.67, 16.67, 16.67]


def test_numbers_stand_right_and_words_left_unless_told_otherwise():
    table = DataTable("Т", HEADER, (), columns=(Column(2), Column(align=Align.CENTER)))
    row = Row((Cell("слово"), Cell(5), Cell(5), Cell("да", align=Align.CENTER)))
    assert [align for _, align in aligned_cells(row, columns(table))] == ["left", "center", "right", "center"]


def test_cells_are_written_the_russian_way():
    assert cell_text(Cell(None)) == ""
    assert cell_text(Cell(1234567)) == "1\u00a0234\u00a0567"
    assert cell_text(Cell(Decimal("94.44"), decimals=1)) == "94,4"
    assert cell_text(Cell("=1+1")) == "=1+1"
