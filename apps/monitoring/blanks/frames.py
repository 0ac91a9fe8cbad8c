"""Where the tables of a sheet are: header, line of numbers, body, and the lines above that title them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from apps.monitoring.blanks import texts
from apps.monitoring.blanks.numbering import Numbering, numberings
from apps.monitoring.blanks.sheets import Sheet
from apps.monitoring.blanks.units import is_unit_note

MAX_FRAMES = 60
MAX_HEADER = 12


@dataclass(frozen=True)
class Frame:
    """The place of one table; rows and columns count from 1, 0 means none.

    `skipped` are rows inside the body that repeat the header; `above` are the lines between the previous
    table and this one, with their rows.
    """

    left: int
    right: int
    header_top: int
    header_bottom: int
    numbers: int
    body_top: int
    body_bottom: int
    skipped: frozenset[int] = frozenset()
    above: tuple[tuple[int, str], ...] = field(default=())

    @property
    def top(self) -> int:
        return self.header_top or self.numbers or self.body_top

    def overlaps(self, left: int, right: int) -> bool:
        return self.left <= right and left <= self.right


def find_frames(sheet: Sheet) -> list[Frame]:
    """The tables of a sheet from the top; a header printed again on the next page makes no new one."""
    heads = _numbered_heads(sheet)
    heads += _plain_heads(sheet, heads)
    heads.sort(key=lambda one: (one.top, one.left))
    frames: list[Frame] = []
    for index, head in enumerate(heads[: MAX_FRAMES * 4]):
        frame = replace(head, body_bottom=_body_bottom(sheet, head, _limit(sheet, head, heads[index + 1 :])))
        previous = next((one for one in reversed(frames) if one.overlaps(frame.left, frame.right)), None)
        if previous is not None and _repeats(sheet, previous, frame):
            frames[frames.index(previous)] = _continued(previous, frame)
        else:
            frames.append(replace(frame, above=_lines_above(sheet, frame, previous)))
    return [one for one in frames if one.body_bottom >= one.body_top][:MAX_FRAMES]


def _limit(sheet: Sheet, head: Frame, later: list[Frame]) -> int:
    """The last row the body may reach: the next header below begins after it."""
    below = [one.top for one in later if one.top > head.top and one.overlaps(head.left, head.right)]
    return min(below) - 1 if below else sheet.height


# --- headers over a line of numbers ---


def _numbered_heads(sheet: Sheet) -> list[Frame]:
    found: list[Frame] = []
    runs = numberings(sheet)
    for run in runs:
        beside = [one for one in runs if one.row == run.row and one is not run]
        low = max((one.right + 1 for one in beside if one.right < run.left), default=1)
        high = min((one.left - 1 for one in beside if one.left > run.right), default=sheet.width)
        if not any(one.numbers and one.numbers + 1 == run.row for one in found):
            found.append(_numbered_head(sheet, run, low, high))
    return found


def _numbered_head(sheet: Sheet, run: Numbering, low: int, high: int) -> Frame:
    left, right = _widened(sheet, run, low, high)
    top = run.row
    while top > 1 and run.row - top < MAX_HEADER and _is_header_row(sheet, top - 1, left, right):
        top -= 1
    has_header = top < run.row
    return Frame(
        left,
        right,
        top if has_header else 0,
        run.row - 1 if has_header else 0,
        run.row,
        run.row + 1,
        run.row,
    )


def _widened(sheet: Sheet, run: Numbering, low: int, high: int) -> tuple[int, int]:
    """Columns that have a heading but no number belong to the table where they touch it."""
    left, right = run.left, run.right
    for row in (run.row - 1, run.row + 1):
        while row >= 1 and left > low and sheet.shown(row, left - 1).is_filled:
            left -= 1
    while run.row > 1 and right < high and sheet.shown(run.row - 1, right + 1).is_filled:
        right += 1
    return left, right


def _is_header_row(sheet: Sheet, row: int, left: int, right: int) -> bool:
    columns = sheet.filled(row, left, right)
    if not columns:
        return any(
            sheet.span(row, column).top < row <= sheet.span(row, column).bottom
            for column in range(left, right + 1)
        )
    lines = [sheet.shown(row, column).text for column in columns]
    if any(texts.is_section_line(line) for line in lines) or any(
        sheet.shown(row, c).formula for c in columns
    ):
        return False
    if len(columns) <= 2 and any(is_unit_note(line) for line in lines):
        return False
    if len(columns) >= 2:
        return not any(sheet.shown(row, column).number is not None for column in columns[1:])
    span = sheet.span(row, columns[0])
    return columns[0] > left and 1 < span.width < right - left + 1


# --- headers without a line of numbers ---


def _plain_heads(sheet: Sheet, numbered: list[Frame]) -> list[Frame]:
    found: list[Frame] = []
    has_frames = any(cell.framed for cell in sheet.cells.values())
    taken = {row for one in numbered for row in range(one.top, one.numbers + 1)}
    bodies = [replace(one, body_bottom=_body_bottom(sheet, one, sheet.height)) for one in numbered]
    row, after = 1, 0
    while row <= sheet.height and len(found) < MAX_FRAMES:
        head = None if row in taken else _plain_head(sheet, row, has_frames)
        if head is None or _inside(head, bodies, taken):
            row += 1
            continue
        limit = min((one.top for one in numbered if one.top > row), default=sheet.height + 1) - 1
        after = _body_bottom(sheet, head, limit)
        if after >= head.body_top:
            found.append(head)
        row = max(after, head.header_bottom) + 1
    return found


def _inside(head: Frame, numbered: list[Frame], taken: set[int]) -> bool:
    """Whether the rows belong to a table that has been found by its numbers."""
    if taken.intersection(range(head.header_top, head.header_bottom + 2)):
        return True
    over = [one for one in numbered if one.top < head.top and one.overlaps(head.left, head.right)]
    return bool(over) and head.top <= over[-1].body_bottom


def _plain_head(sheet: Sheet, row: int, has_frames: bool) -> Frame | None:
    columns = sheet.filled(row)
    if len(columns) < 2 or not all(_is_heading_text(sheet, row, column) for column in columns):
        return None
    left, right = columns[0], sheet.span(row, columns[-1]).right
    if has_frames and not sheet.is_framed(row, left, right):
        return None
    if any(not _is_covered(sheet, row, column) for column in range(left, right + 1)):
        return None
    bottom = max(sheet.span(row, column).bottom for column in columns)
    while bottom - row < MAX_HEADER and _has_children(sheet, bottom, left, right):
        bottom += 1
    return Frame(left, right, row, bottom, 0, bottom + 1, bottom)


def _is_heading_text(sheet: Sheet, row: int, column: int) -> bool:
    cell = sheet.shown(row, column)
    line = cell.text
    told = texts.is_section_line(line) or is_unit_note(line) or texts.is_signature(line)
    plain = cell.number is None and not cell.formula and not texts.is_x(cell)
    return plain and not told and not line.rstrip().endswith(":") and not texts.code_of(cell)


def _is_covered(sheet: Sheet, row: int, column: int) -> bool:
    return sheet.shown(row, column).is_filled


def _has_children(sheet: Sheet, bottom: int, left: int, right: int) -> bool:
    """Whether a heading over several columns ends in this row, so that theirs stand in the next one."""
    groups = [
        sheet.span(bottom, column)
        for column in range(left, right + 1)
        if sheet.span(bottom, column).left == column and sheet.span(bottom, column).width > 1
    ]
    below = [
        column
        for one in groups
        if one.bottom == bottom
        for column in sheet.filled(bottom + 1, one.left, one.right)
        if _is_heading_text(sheet, bottom + 1, column)
    ]
    return bottom < sheet.height and len(below) >= 2


# --- body ---


def _body_bottom(sheet: Sheet, head: Frame, limit: int) -> int:
    """The last row of the body; before its first row where there is none."""
    row, last, seen_framed = head.body_top, head.body_top - 1, False
    gap = 0
    while row <= limit and gap < 1:
        framed = sheet.is_framed(row, head.left, head.right)
        columns = sheet.filled(row, head.left, head.right)
        if columns and _ends_table(sheet, row, columns, framed, seen_framed):
            break
        if columns or framed:
            last, gap = row, 0
        else:
            gap += 1
        seen_framed = seen_framed or framed
        row += 1
    return last


def _ends_table(sheet: Sheet, row: int, columns: list[int], framed: bool, seen_framed: bool) -> bool:
    if framed:
        return False
    line = sheet.shown(row, columns[0]).text
    if texts.is_section_line(line) or texts.is_footnote(line):
        return True
    if texts.is_signature(line) and not any(texts.code_of(sheet.shown(row, column)) for column in columns):
        return True
    return seen_framed and len(columns) == 1


def _repeats(sheet: Sheet, first: Frame, second: Frame) -> bool:
    """Whether the second header is the first one printed again at the top of the next page."""
    same = (first.left, first.right) == (second.left, second.right)
    if not same or bool(first.numbers) != bool(second.numbers):
        return False
    between = _texts(sheet, first.body_bottom + 1, second.top - 1, first.left, first.right)
    if any(not re.match(r"продолжение|окончание|лист|стр", line, re.IGNORECASE) for line in between):
        return False
    if first.numbers and _row_texts(sheet, first, first.numbers) != _row_texts(sheet, second, second.numbers):
        return False
    headers = [
        _texts(sheet, one.header_top, one.header_bottom, one.left, one.right) for one in (first, second)
    ]
    if headers[1] and headers[0] != headers[1]:
        return False
    return _row_texts(sheet, first, first.body_top) != _row_texts(sheet, second, second.body_top)


def _texts(sheet: Sheet, top: int, bottom: int, left: int, right: int) -> list[str]:
    if not top:
        return []
    return [
        texts.flat(sheet.shown(row, column).text)
        for row in range(top, bottom + 1)
        for column in sheet.filled(row, left, right)
    ]


def _row_texts(sheet: Sheet, frame: Frame, row: int) -> list[str]:
    return _texts(sheet, row, row, frame.left, frame.right)


def _continued(first: Frame, second: Frame) -> Frame:
    skipped = frozenset(range(first.body_bottom + 1, second.body_top))
    return replace(first, body_bottom=second.body_bottom, skipped=first.skipped | skipped)


def _lines_above(sheet: Sheet, frame: Frame, previous: Frame | None) -> tuple[tuple[int, str], ...]:
    """Lines over the table, nearest last; a side-by-side neighbour keeps its own."""
    top = previous.body_bottom + 1 if previous is not None else 1
    found = []
    for row in range(max(top, frame.top - 40), frame.top):
        words = [
            sheet.shown(row, column).text
            for column in sheet.filled(row)
            if sheet.span(row, column).right >= frame.left or column >= frame.left
        ]
        line = texts.flat(" ".join(filter(None, words)))
        if line:
            found.append((row, line[: texts.LONGEST_LINE]))
    return tuple(found)
