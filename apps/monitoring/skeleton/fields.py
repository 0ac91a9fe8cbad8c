"""Fields of cells: what a person types into, and what a reader sees instead."""

from decimal import Decimal

from apps.monitoring.definition.values import show
from apps.monitoring.relations.layout import Cell
from apps.monitoring.skeleton.parts import Skeleton, Writer, attribute

FILL, READ, PRINT = "fill", "read", "print"
FEW = 5


def typed_number(value: str) -> str:
    """A stored number as it stands in a field: decimal comma, no groups."""
    return attribute(value.replace(".", ","))


def choices_of(cell: Cell) -> tuple[tuple[str, str], ...]:
    """Codes with their words, those of a scale included."""
    if cell.choices:
        return tuple((one.code, one.title) for one in cell.choices)
    if cell.type == "scale":
        low, high = int(Decimal(cell.minimum or "1")), int(Decimal(cell.maximum or "5"))
        return tuple((str(n), str(n)) for n in range(low, high + 1))
    return ()


def reader_of(cell: Cell) -> Writer:
    """How a stored value is shown where nobody types."""
    if cell.type == "long_text":
        return lambda value: attribute(value).replace("\n", "<br>")
    return lambda value: attribute(show(cell, value))


def writer_of(cell: Cell) -> Writer:
    """How a stored value stands in its field."""
    return typed_number if cell.is_number else attribute


def add_field(page: Skeleton, cell: Cell, mode: str, label: str) -> None:
    """Adds the field of a cell; `label` is the attribute that gives it its name."""
    address = attribute(cell.address)
    if mode == PRINT:
        page.values[cell.address] = (page.hole(), reader_of(cell))
        return
    if mode == READ:
        _add_link(page, cell, address)
    elif cell.computed is not None:
        _add_computed(page, cell, address)
    else:
        _add_input(page, cell, address, label)
    page.below[cell.address] = page.hole()


def _add_link(page: Skeleton, cell: Cell, address: str) -> None:
    """In review every value leads to its history and remarks."""
    page.add(f'<a class="cell-link" id="c-{address}" data-cell="{address}" href="?cell={address}#cell-panel"')
    page.marks[cell.address] = page.hole()
    page.add(">")
    page.values[cell.address] = (page.hole("—"), reader_of(cell))
    page.add("</a>")


def _add_computed(page: Skeleton, cell: Cell, address: str) -> None:
    page.add(f'<span class="cell-computed" id="c-{address}" data-cell="{address}" data-computed')
    page.marks[cell.address] = page.hole()
    page.add(">")
    page.values[cell.address] = (page.hole(), reader_of(cell))
    page.add("</span>")


def _add_input(page: Skeleton, cell: Cell, address: str, label: str) -> None:
    name = f'data-cell="{address}" name="c:{address}"'
    choices = choices_of(cell)
    if cell.type == "multi_choice" or (choices and not cell.row and len(choices) <= FEW):
        _add_group(page, cell, address, name, choices, label)
    elif choices:
        _add_select(page, cell, address, name, choices, label)
    elif cell.type == "long_text":
        page.add(f'<textarea class="form-control" id="c-{address}" {name} rows="3" {label}')
        page.marks[cell.address] = page.hole()
        page.add(">\n")
        page.values[cell.address] = (page.hole(), attribute)
        page.add("</textarea>")
    else:
        _add_line(page, cell, address, name, label)


def _add_line(page: Skeleton, cell: Cell, address: str, name: str, label: str) -> None:
    kind = 'type="text"'
    if cell.is_number:
        mode = "" if cell.allow_negative else ' inputmode="%s"' % ("decimal" if cell.decimals else "numeric")
        kind = f'type="text"{mode}'
    elif cell.type == "date":
        kind = 'type="date"'
    css = "form-control" if not cell.row else "cell-input"
    css += " is-number" if cell.is_number else ""
    required = ' aria-required="true"' if cell.required else ""
    page.add(f'<input class="{css}" {kind} autocomplete="off" id="c-{address}" {name} {label}{required}')
    page.marks[cell.address] = page.hole()
    page.add(' value="')
    page.values[cell.address] = (page.hole(), writer_of(cell))
    page.add('">')


def _add_select(
    page: Skeleton, cell: Cell, address: str, name: str, choices: tuple[tuple[str, str], ...], label: str
) -> None:
    css = "form-select" if not cell.row else "cell-input"
    page.add(f'<select class="{css}" id="c-{address}" {name} {label}')
    page.marks[cell.address] = page.hole()
    page.add('><option value=""></option>')
    for code, title in choices:
        page.add(f'<option value="{attribute(code)}"')
        page.options.setdefault(cell.address, {})[code] = (page.hole(), " selected")
        page.add(f">{attribute(title)}</option>")
    page.add("</select>")


def _add_group(
    page: Skeleton, cell: Cell, address: str, name: str, choices: tuple[tuple[str, str], ...], label: str
) -> None:
    """Radio buttons or, for several answers, check boxes; the group bears the name of the question."""
    is_multiple = cell.type == "multi_choice"
    role, kind = ("group", "checkbox") if is_multiple else ("radiogroup", "radio")
    page.add(f'<div class="choice-group" role="{role}" id="c-{address}" tabindex="-1" {label}')
    page.marks[cell.address] = page.hole()
    page.add(f'><input type="hidden" name="c:{address}" value="">')
    for number, (code, title) in enumerate(choices):
        one = f"c-{address}-{number}"
        page.add(
            f'<div class="form-check"><input class="form-check-input" type="{kind}" id="{one}" {name}'
            f' value="{attribute(code)}"'
        )
        page.options.setdefault(cell.address, {})[code] = (page.hole(), " checked")
        page.add(f'><label class="form-check-label" for="{one}">{attribute(title)}</label></div>')
    if not is_multiple:
        page.add(
            '<div class="form-check blank-choice"><input class="form-check-input" type="radio"'
            f' id="c-{address}-no"'
            f' {name} value=""><label class="form-check-label" for="c-{address}-no">Нет ответа</label></div>'
        )
    page.add("</div>")
