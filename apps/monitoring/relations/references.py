"""Where the references of a relation point: sections, rows, columns and copies become addresses of cells."""

from __future__ import annotations

from collections.abc import Iterable

from apps.monitoring.relations import nodes as n
from apps.monitoring.relations.codes import CodeFault, UnknownCode, resolve
from apps.monitoring.relations.errors import RelationBindingError, binding_error
from apps.monitoring.relations.layout import OPEN_ROW, Cell, Layout, SectionLayout, cell_address
from apps.monitoring.relations.places import Address, Budget, Place, Skip
from apps.monitoring.relations.values import PREVIOUS

Located = tuple[Address, Cell | None]
"""An address with its cell; the cells of another form are not known."""

_SEVERAL = (
    "Несколько клеток вне суммы: напишите «сумма …» или вынесите перечень вперёд: "
    "«по строкам …:», «по графам …:»; вычитание числа пишется со знаком «−» и пробелами"
)


class References:
    """Resolves the references of one text over one form.

    `soft_rows`, `soft_columns` tell that the place came by running over all there is: what is missing
    there skips the place instead of being a fault; the first such fault is kept in `missing`.
    """

    def __init__(self, layout: Layout, text: str, budget: Budget | None = None) -> None:
        self.layout = layout
        self.text = text
        self.budget = budget or Budget()
        self.missing: RelationBindingError | None = None
        self.soft_rows = False
        self.soft_columns = False
        self._vectors: dict[tuple[n.Ref, str], list[str]] = {}
        self._resolved: dict[tuple[object, ...], list[str]] = {}

    def fault(self, message: str, node: n.Node | n.Scope | None = None) -> RelationBindingError:
        """The fault, located at the node in the text; for the caller to raise."""
        return binding_error(message, self.text, getattr(node, "position", 0))

    def unfit(self, message: str, node: n.Node) -> Skip | RelationBindingError:
        """What to raise for a value that does not fit: a place found by running over all is only skipped."""
        return Skip() if self.soft_rows or self.soft_columns else self.fault(message, node)

    def spend(self, amount: int, node: n.Node | n.Scope | None) -> None:
        """Takes work off the budget. Raises `RelationBindingError` when it is spent."""
        self.budget.left -= amount
        if self.budget.is_spent:
            raise self.fault("Соотношения формы раскрываются в слишком большое число клеток", node)

    # -- sections, rows, columns, copies ------------------------------------------------------

    def section(self, code: str, node: n.Node | n.Scope) -> SectionLayout:
        """The section by code. Raises `RelationBindingError` where there is none."""
        if not code:
            raise self.fault("Не указан раздел: напишите «раздел … стр. … гр. …»", node)
        found = self.layout.sections.get(code)
        if found is None:
            raise self.fault(f"Нет раздела {code}", node)
        return found

    def rows(
        self, selection: n.Selection, section: SectionLayout, node: n.Node | n.Scope, *, added: bool = False
    ) -> list[str]:
        """Codes of rows, with `added` also that of the rows a respondent adds, after the others.

        «Итого» also names the last row of a coded table.
        """
        if selection.single == n.TOTAL_ROW and n.TOTAL_ROW not in section.row_tables:
            if not section.total_row:
                raise self.fault(f"В разделе {section.code} нет строки «Итого»", node)
            return [section.total_row]
        key = ("rows", selection, section.code, added)
        if key not in self._resolved:
            known = [row for row in section.rows if row != OPEN_ROW]
            known += [OPEN_ROW] if added and section.has_open_table else []
            self._resolved[key] = self._resolve(selection, known, "строки", f"раздела {section.code}", node)
        return self._resolved[key]

    def columns(
        self, selection: n.Selection, section: SectionLayout, row: str, node: n.Node | n.Scope
    ) -> list[str]:
        """Codes of columns in the table where the row stands."""
        table = section.table_of(row)
        key = ("columns", selection, section.code, id(table))
        if key not in self._resolved:
            known = table.columns if table else ()
            where = f"в строке {row} раздела {section.code}"
            self._resolved[key] = self._resolve(selection, known, "графы", where, node)
        return self._resolved[key]

    def _resolve(
        self, selection: n.Selection, known: Iterable[str], what: str, where: str, node: n.Node | n.Scope
    ) -> list[str]:
        try:
            return resolve(selection, known, what)
        except UnknownCode as fault:
            raise self.fault(f"{fault} ({where})", node) from None
        except CodeFault as fault:
            raise self.fault(str(fault), node) from None

    def copies(self, ref: n.Ref, section: SectionLayout, place: Place) -> tuple[str, ...]:
        """The copies of a repeated section that a reference means."""
        if not section.dimension:
            if ref.copy:
                raise self.fault(f"Раздел {section.code} не повторяется: «@» лишнее", ref)
            return ("",)
        if ref.copy == "*":
            return section.copies
        if not ref.copy:
            return (self._same_copy(ref, section, place),)
        if ref.copy not in section.copies:
            raise self.fault(f"В разделе {section.code} нет повторения {ref.copy}", ref)
        return (ref.copy,)

    def _same_copy(self, ref: n.Ref, section: SectionLayout, place: Place) -> str:
        """The copy the relation stands in, where its section is repeated together with the other."""
        home = self.layout.sections.get(place.section)
        if home is not None and home.dimension == section.dimension:
            return place.copy
        raise self.fault(
            f"Раздел {section.code} повторяется: укажите, какой, «раздел {section.code}@…», "
            f"или в сумме все: «раздел {section.code}@*»",
            ref,
        )

    def vector(self, ref: n.Ref, home: str) -> list[str]:
        """The codes that «по гр.3, 5, 7» walks through; `home` is the section the relation stands in."""
        key = (ref, home)
        if key not in self._vectors:
            self._vectors[key] = self._vector(ref, home)
        return self._vectors[key]

    def _vector(self, ref: n.Ref, home: str) -> list[str]:
        assert ref.rows is not None
        assert ref.columns is not None
        if ref.form:
            return self._listed(ref.rows if ref.each == "rows" else ref.columns, ref)
        section = self.section(ref.section or home, ref)
        rows = self.rows(ref.rows, section, ref)
        return rows if ref.each == "rows" else self.columns(ref.columns, section, rows[0], ref)

    # -- cells --------------------------------------------------------------------------------

    def cells(self, ref: n.Ref, place: Place, *, many: bool) -> list[Located]:
        """The cells of a reference, X cells left out; `many` where several are allowed (a sum).

        Raises `Skip`, or `RelationBindingError` for what can't be meant.
        """
        if ref.form:
            return self._foreign(ref, place, many)
        section = self.section(ref.section or place.section, ref)
        source = PREVIOUS if ref.previous else ""
        found: list[Located] = []
        for copy in self.copies(ref, section, place):
            for row, column in self._pairs(ref, section, place, many):
                cell = self._cell(ref, section, copy, row, column)
                if not cell.is_x:
                    found.append(((source, cell.address), cell))
        if not many and len(found) > 1:
            raise self.fault("Названо несколько клеток вне суммы", ref)
        if not found and not many:
            raise Skip(ref)
        return found

    def _pairs(self, ref: n.Ref, section: SectionLayout, place: Place, many: bool) -> list[tuple[str, str]]:
        pairs = []
        for row in self._row_codes(ref, section, place):
            pairs += [(row, column) for column in self._column_codes(ref, section, row, place)]
        if len(pairs) > 1 and not many:
            raise self.fault(_SEVERAL, ref)
        return pairs

    def _row_codes(self, ref: n.Ref, section: SectionLayout, place: Place) -> list[str]:
        if ref.rows is None:
            return [self._place_row(ref, section, place)]
        if ref.each == "rows":
            return [place.walked(self.vector(ref, place.section))]
        return self.rows(ref.rows, section, ref)

    def _place_row(self, ref: n.Ref, section: SectionLayout, place: Place) -> str:
        if place.row is None:
            raise self.fault("Не указана строка", ref)
        if section.table_of(place.row) is None:
            if self.soft_rows:
                raise Skip
            raise self.fault(f"В разделе {section.code} нет строки {place.row}", ref)
        return place.row

    def _column_codes(self, ref: n.Ref, section: SectionLayout, row: str, place: Place) -> list[str]:
        if ref.columns is None:
            if place.column is None:
                raise self.fault("Не указана графа", ref)
            return [place.column]
        if ref.each == "columns":
            return [place.walked(self.vector(ref, place.section))]
        try:
            return self.columns(ref.columns, section, row, ref)
        except RelationBindingError as fault:
            raise self._absent(fault, soft=ref.rows is None and self.soft_rows) from None

    def _cell(self, ref: n.Ref, section: SectionLayout, copy: str, row: str, column: str) -> Cell:
        cell = self.layout.cell(section.code, copy, row, column)
        self.spend(1, ref)
        if cell is not None:
            return cell
        fault = self.fault(f"В разделе {section.code} в строке {row} нет графы {column}", ref)
        soft = (ref.rows is None and self.soft_rows) or (ref.columns is None and self.soft_columns)
        raise self._absent(fault, soft=soft)

    def _absent(self, fault: RelationBindingError, *, soft: bool) -> Skip | RelationBindingError:
        """What to raise for an absent cell; the fault is told after all if no place is left."""
        if not soft:
            return fault
        self.missing = fault
        return Skip()

    # -- another form -------------------------------------------------------------------------

    def _foreign(self, ref: n.Ref, place: Place, many: bool) -> list[Located]:
        section = ref.section or place.section
        rows = self._foreign_codes(ref, ref.rows, place.row, place, walked=ref.each == "rows")
        columns = self._foreign_codes(ref, ref.columns, place.column, place, walked=ref.each == "columns")
        if not (section and rows and columns):
            raise self.fault("Для другой формы укажите раздел, строку и графу", ref)
        if not many and len(rows) * len(columns) > 1:
            raise self.fault("Названо несколько клеток вне суммы", ref)
        if ref.copy == "*":
            raise self.fault("Повторения раздела другой формы нужно назвать: «раздел …@код»", ref)
        return [
            ((ref.form, cell_address(section, ref.copy, row, column)), None)
            for row in rows
            for column in columns
        ]

    def _foreign_codes(
        self, ref: n.Ref, selection: n.Selection | None, given: str | None, place: Place, *, walked: bool
    ) -> list[str]:
        if selection is None:
            return [given] if given is not None else []
        codes = self._listed(selection, ref)
        return [place.walked(codes)] if walked else codes

    def _listed(self, selection: n.Selection, ref: n.Ref) -> list[str]:
        if not selection.ranges or selection.excluded or any(span.last for span in selection.ranges):
            raise self.fault("Строки и графы другой формы нужно перечислить, без диапазонов", ref)
        return [span.first for span in selection.ranges]
