"""A plan from a table of Excel or Word: what each row is and what is wrong with it. Checking writes nothing.

Headings are told by the words that annual plans use; a row that has only one filled cell and names a section
puts the rows below it into that section.
"""

import datetime
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.exceptions import ValidationError

from apps.core.filekinds import FileKind
from apps.core.spreadsheets import KINDS as TABLES
from apps.core.spreadsheets import MAX_SIZE, Cell, ReadSheet, SpreadsheetRefused, read_spreadsheet
from apps.core.uploads import UploadRefused, check_upload
from apps.planning.actions.plans import check_values, put_values
from apps.planning.enums import ResultKind, Section, TermKind
from apps.planning.forms import executors
from apps.planning.models import Plan, PlanItem
from apps.planning.readterms import TermUnread, read_term
from apps.planning.tablesofword import tables_of

KINDS = TABLES | {FileKind.DOCX}
MAX_ROWS = 500
MAX_COLUMNS = 40
HEADER_WITHIN = 30
LONGEST = {name: PlanItem._meta.get_field(name).max_length for name in
           ("form", "title", "place", "audience", "partners", "result", "note")}  # fmt: skip


@dataclass(frozen=True)
class ImportColumn:
    field: str
    title: str
    synonyms: tuple[str, ...] = ()
    width: float = 24


COLUMNS = (
    ImportColumn("number", "№", ("№ п/п", "n п/п", "№ п.п.", "п/п", "номер"), 6),
    ImportColumn("section", "Раздел", ("направление", "направление деятельности"), 30),
    ImportColumn("form", "Форма", ("форма проведения",), 18),
    ImportColumn(
        "title",
        "Мероприятие, тема",
        ("мероприятие", "мероприятия", "наименование мероприятия", "содержание", "содержание работы",
         "название мероприятия", "мероприятие (форма, тема)", "тема"),
        60,
    ),
    ImportColumn("term", "Срок", ("сроки", "дата", "срок проведения", "сроки проведения", "дата проведения",
                                  "срок исполнения", "сроки исполнения"), 24),
    ImportColumn("time", "Время", ("время проведения", "часы"), 12),
    ImportColumn("place", "Место", ("место проведения",), 28),
    ImportColumn("audience", "Категория участников", ("участники", "категория", "аудитория"), 30),
    ImportColumn("planned_count", "Участников по плану", ("количество участников", "кол-во участников",
                                                          "план. число", "число участников"), 14),
    ImportColumn("responsible", "Ответственный", ("ответственные", "ответственный исполнитель", "исполнитель",
                                                  "исполнители"), 26),
    ImportColumn("co_executors", "Соисполнители", ("соисполнитель",), 26),
    ImportColumn("result", "Ожидаемый результат", ("результат", "результаты", "итоговый документ",
                                                   "ожидаемый результат / вид документа"), 34),
    ImportColumn("result_kind", "Вид документа", (), 22),
    ImportColumn("clause", "Пункт Положения", ("пункт",), 12),
    ImportColumn("note", "Примечание", ("примечания",), 30),
)  # fmt: skip
BY_FIELD = {one.field: one for one in COLUMNS}
IGNORED = ("отметка о выполнении", "отметка", "выполнение")


def folded(text: object) -> str:
    """For comparison: one case, «е» for «ё», single spaces, without marks at the end."""
    return " ".join(str(text).lower().replace("ё", "е").split()).rstrip(".:*, ")


_HEADINGS = {folded(word): one.field for one in COLUMNS for word in (one.title, *one.synonyms)}


@dataclass
class ImportRow:
    """A row of the file; `faults` are (column, sentence) pairs, `values` what an action is given."""

    number: int
    title: str
    values: dict[str, Any] = field(default_factory=dict)
    shown: list[tuple[str, str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    rows: list[ImportRow]
    unknown: list[str]
    sheet: str

    @property
    def faulty(self) -> int:
        return sum(bool(row.faults) for row in self.rows)

    @property
    def can_be_written(self) -> bool:
        return bool(self.rows) and not self.faulty

    @property
    def digest(self) -> str:
        """Differs when the file or the people of the portal have changed since somebody looked."""
        seen = [(row.number, row.shown, row.faults) for row in self.rows]
        return hashlib.sha256(repr(seen).encode()).hexdigest()


def check_file(file: IO[bytes], plan: Plan) -> Preview:
    """Every row of the first table with headings of a plan; `SpreadsheetRefused` when there is none."""
    for sheet in _tables(file):
        header = _header(sheet.rows)
        if header is not None:
            return _checked(sheet, *header, plan)
    raise SpreadsheetRefused(
        "В файле нет таблицы с графами «Мероприятие» и «Срок». Возьмите образец или переименуйте графы."
    )


def _tables(file: IO[bytes]) -> list[ReadSheet]:
    try:
        kind = check_upload(file, KINDS, MAX_SIZE).kind
    except UploadRefused as refused:
        raise SpreadsheetRefused(refused.told) from refused
    if kind is FileKind.DOCX:
        return tables_of(file, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS)
    return read_spreadsheet(file, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS)


def _header(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[int, str], list[str]] | None:
    """Where the headings stand, which column is which field, and headings that are not known."""
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        known: dict[int, str] = {}
        unknown = []
        for place, cell in enumerate(row):
            name = _HEADINGS.get(folded(cell)) if cell is not None else None
            if name and name not in known.values():
                known[place] = name
            elif cell is not None and not folded(cell).startswith(IGNORED):
                unknown.append(str(cell)[:60])
        if {"title", "term"} <= set(known.values()):
            return at, known, unknown
    return None


class _People:
    """Who may execute, by surname and by surname with initials."""

    def __init__(self) -> None:
        self.by_name: dict[str, list[Any]] = {}
        for one in executors():
            initials = "".join(f"{name[0]}." for name in (one.first_name, one.middle_name) if name)
            names = {
                one.last_name,
                f"{one.last_name} {initials}",
                f"{initials} {one.last_name}",
                one.full_name,
            }
            for name in names:
                self.by_name.setdefault(_name(name), []).append(one)

    def find(self, text: str) -> Any:
        """One person; `ValidationError` when nobody or several are called so."""
        # «Лугова О. А., методист»: the post after the comma says nothing the portal does not know.
        found = self.by_name.get(_name(text)) or self.by_name.get(_name(text.partition(",")[0]))
        if not found:
            raise ValidationError(f"«{text[:60]}» — нет среди сотрудников ИМО и департамента.")
        if len(found) > 1:
            raise ValidationError(f"«{text[:60]}» — таких несколько: добавьте инициалы.")
        return found[0]


def _name(text: str) -> str:
    return re.sub(r"[\s.\u00a0]+", "", text.lower().replace("ё", "е"))


def _checked(sheet: ReadSheet, at: int, columns: dict[int, str], unknown: list[str], plan: Plan) -> Preview:
    people = _People()
    section = ""
    rows = []
    for number, cells in enumerate(sheet.rows[at + 1 :], at + 2):
        given = {columns[n]: cell for n, cell in enumerate(cells) if n in columns and cell is not None}
        heading = _section_heading(cells)
        if heading is not None:
            section = heading
        elif set(given) - {"number"} and not _is_numbering(cells):
            rows.append(_row(number, {"section": section, **given} if section else given, people, plan))
    return Preview(rows, unknown, sheet.title)


def _section_heading(cells: Sequence[Cell]) -> str | None:
    """The section that a row of one (also merged, repeated) text names."""
    texts = {str(cell).strip() for cell in cells if cell is not None}
    return section_of(texts.pop()) if len(texts) == 1 else None


def _is_numbering(cells: Sequence[Cell]) -> bool:
    """The row «1 | 2 | 3 | …» under the headings."""
    filled = [cell for cell in cells if cell is not None]
    return len(filled) > 2 and [str(cell) for cell in filled] == [str(n) for n in range(1, len(filled) + 1)]


def section_of(text: str) -> str | None:
    """The section by its number («3.1») or by the beginning of its title; None for anything else."""
    words = folded(re.sub(r"^\s*(раздел\s*)?[ivx\d]+[.)]\s*(?![\d])", "", text, flags=re.IGNORECASE))
    for one in Section:
        label = folded(one.label)
        if words == one.value or words.startswith((f"{one.value} ", f"{one.value}.")):
            return one.value
        is_heading = re.search(r"деятельност|работ", words) is not None and words[:8] == label[:8]
        if len(words) > 5 and (label.startswith(words) or words.startswith(label) or is_heading):
            return one.value
    return None


def _row(number: int, given: dict[str, Cell], people: _People, plan: Plan) -> ImportRow:
    row = ImportRow(number, str(given.get("title") or "")[:200])
    readers = {
        "section": lambda text: _read_section(text),
        "result_kind": lambda text: _read_result(text),
        "responsible": people.find,
        "co_executors": lambda text: [people.find(one) for one in re.split(r"[;\n]", text) if one.strip()],
        "planned_count": _read_count,
    }
    for name, cell in given.items():
        if name in ("number", "term", "time"):
            continue
        try:
            row.values[name] = readers.get(name, lambda text: text)(_text(cell, name))
        except ValidationError as error:
            row.faults.append((BY_FIELD[name].title, error.messages[0]))
    _put_term(row, given, plan)
    _require(row, given)
    if not row.faults:
        _check(row, plan)
    row.shown = _shown(row, given)
    return row


def _text(cell: Cell, name: str) -> str:
    text = "\n".join(" ".join(line.split()) for line in str(cell).splitlines() if line.strip())
    text = text if name == "co_executors" else " ".join(text.split())
    limit = LONGEST.get(name)
    if limit and len(text) > limit:
        raise ValidationError(f"Слишком длинно: {len(text)} знаков, можно {limit}.")
    return text


def _read_section(text: str) -> str:
    found = section_of(text)
    if found is None:
        raise ValidationError(
            f"«{text[:60]}» — такого раздела нет: " + "; ".join(str(s.label) for s in Section)
        )
    return found


def _read_result(text: str) -> str:
    words = {folded(one.label): one.value for one in ResultKind}
    if folded(text) not in words:
        wanted = ", ".join(str(one.label) for one in ResultKind)
        raise ValidationError(f"«{text[:60]}» — не из списка: {wanted}.")
    return words[folded(text)]


def _read_count(text: str) -> int:
    match = re.fullmatch(r"(\d{1,6})(\s*чел(овек|\.)?)?", text)
    if match is None:
        raise ValidationError("Напишите целое число участников.")
    return int(match[1])


def _put_term(row: ImportRow, given: dict[str, Cell], plan: Plan) -> None:
    try:
        term = read_term(given.get("term"), plan)
        row.values |= {
            "term_kind": term.kind,
            "starts_on": term.first,
            "ends_on": term.last,
            "term_day": term.day,
        }
    except TermUnread as fault:
        row.faults.append((BY_FIELD["term"].title, fault.told))
    if given.get("time") is not None:
        _put_hours(row, str(given["time"]))


def _put_hours(row: ImportRow, text: str) -> None:
    found = re.fullmatch(
        r"\s*(?:с\s*)?(\d{1,2})[:.](\d{2})(?:\s*(?:[–—-]|до)\s*(\d{1,2})[:.](\d{2}))?\s*", text
    )
    try:
        if found is None:
            raise ValueError
        row.values["starts_at"] = datetime.time(int(found[1]), int(found[2]))
        row.values["ends_at"] = datetime.time(int(found[3]), int(found[4])) if found[3] else None
    except ValueError:
        row.faults.append((BY_FIELD["time"].title, "Время пишется так: 14:30 или 14:30–16:00."))


def _require(row: ImportRow, given: dict[str, Cell]) -> None:
    told = {name for name, _ in row.faults}
    for name in ("section", "title", "responsible"):
        title = BY_FIELD[name].title
        if not row.values.get(name) and title not in told:
            missing = "Укажите раздел графой или строкой-заголовком над мероприятиями."
            row.faults.append((title, missing if name == "section" else "Обязательно."))


def _check(row: ImportRow, plan: Plan) -> None:
    """The same checks as on the page."""
    item = PlanItem(plan=plan)
    try:
        put_values(item, row.values)
        check_values(item, {})
    except ValidationError as error:
        terms = {"starts_on": "term", "ends_on": "term", "term_day": "term", "term_kind": "term",
                 "starts_at": "time", "ends_at": "time"}  # fmt: skip
        for name, messages in error.message_dict.items():
            column = BY_FIELD.get(terms.get(name, name))
            row.faults += [(column.title if column else "Строка", told) for told in messages]


def _shown(row: ImportRow, given: dict[str, Cell]) -> list[tuple[str, str]]:
    """Column by column what will be written, as the plan will say it."""
    made = PlanItem()
    shown = []
    if "starts_on" in row.values:
        for name in ("term_kind", "starts_on", "ends_on", "term_day"):
            setattr(made, name, row.values[name])
        shown.append(("Срок", f"{made.term_text} ({TermKind(made.term_kind).label})"))
    for name, value in row.values.items():
        if name in BY_FIELD and name != "title" and value not in (None, "", []):
            shown.append((BY_FIELD[name].title, _label(name, value)))
    return shown


def _label(name: str, value: Any) -> str:
    if name == "section":
        return str(Section(value).label)
    if name == "result_kind":
        return str(ResultKind(value).label)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
