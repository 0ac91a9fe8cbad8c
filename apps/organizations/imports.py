"""A list of organisations from a table: what each row is, what it would change, what is wrong with it.

Checking changes nothing; writing (`actions.write_import`) checks the same file once more and then writes all
or nothing. An empty cell, and a column that is not there, leave what is known as it is.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.forms.models import model_to_dict

from apps.core.phones import show_phone
from apps.core.russian import date_short
from apps.core.spreadsheets import Cell, SpreadsheetRefused, read_spreadsheet
from apps.core.tones import Tone
from apps.organizations.enums import EducationLevel, OrganizationKind, OrganizationStatus, OrganizationType
from apps.organizations.forms import ImportRowForm
from apps.organizations.models import Organization

MAX_ROWS = 1_000
MAX_COLUMNS = 100
HEADER_WITHIN = 20


class RowState(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"

    @property
    def label(self) -> str:
        return {"new": "новая", "changed": "изменится", "same": "без изменений", "faulty": "с ошибками"}[self]

    @property
    def tone(self) -> Tone:
        tones = {"new": Tone.SUCCESS, "changed": Tone.INFO, "faulty": Tone.DANGER}
        return tones.get(self.value, Tone.NEUTRAL)


@dataclass(frozen=True)
class ImportColumn:
    """A column of the file: the field it fills, its heading in our template, other headings people use."""

    field: str
    title: str
    synonyms: tuple[str, ...] = ()
    width: float = 24


COLUMNS = (
    ImportColumn("short_name", "Краткое наименование", ("наименование", "название", "организация", "оо"), 36),
    ImportColumn("full_name", "Полное наименование", ("полное название", "наименование по уставу"), 60),
    ImportColumn("kind", "Вид", ("вид организации",), 40),
    ImportColumn("type", "Тип учреждения", ("тип", "тип организации"), 16),
    ImportColumn("levels", "Уровни образования", ("уровни", "уровень образования"), 40),
    ImportColumn("inn", "ИНН", (), 13),
    ImportColumn("kpp", "КПП", (), 12),
    ImportColumn("ogrn", "ОГРН", (), 16),
    ImportColumn("legal_address", "Юридический адрес", (), 40),
    ImportColumn("address", "Фактический адрес", ("адрес", "адрес организации", "место нахождения"), 40),
    ImportColumn("district", "Микрорайон, посёлок", ("микрорайон", "посёлок", "район"), 22),
    ImportColumn("head_name", "Руководитель", ("фио руководителя", "директор", "заведующий"), 34),
    ImportColumn("head_position", "Должность руководителя", (), 24),
    ImportColumn("phone", "Телефон", ("телефоны", "контактный телефон"), 22),
    ImportColumn("email", "Электронная почта", ("e-mail", "email", "почта", "эл. почта"), 28),
    ImportColumn("site", "Сайт", ("адрес сайта", "официальный сайт"), 28),
    ImportColumn("status", "Состояние", ("статус",), 18),
    ImportColumn("opened_on", "Открыта", ("дата открытия",), 12),
    ImportColumn("closed_on", "Закрыта", ("дата закрытия",), 12),
    ImportColumn("is_verified", "Сведения сверены", ("сверена", "сверено"), 12),
    ImportColumn("note", "Примечание", ("примечания",), 30),
)
BY_FIELD = {column.field: column for column in COLUMNS}
NEEDED_AT_FIRST = ("short_name", "kind", "type")
CHOICES: dict[str, type[TextChoices]] = {
    "kind": OrganizationKind,
    "type": OrganizationType,
    "levels": EducationLevel,
    "status": OrganizationStatus,
}
WORDS = {
    "kind": {
        "школа": "school",
        "общеобразовательная": "school",
        "детский сад": "kindergarten",
        "дошкольная": "kindergarten",
        "доу": "kindergarten",
        "дополнительное образование": "additional",
        "организация дополнительного образования детей": "additional",
        "иная": "other",
    },
    "type": {"бюджетная": "budgetary", "автономная": "autonomous", "казенная": "state"},
    "levels": {"начальное": "primary", "основное": "basic", "среднее": "secondary"},
    "status": {"действующая": "active", "закрыта": "liquidated"},
}


@dataclass(frozen=True)
class Change:
    title: str
    was: str
    becomes: str


@dataclass
class ImportRow:
    """A row of the file. `number` is its number in the file, `details` what an action will be given."""

    number: int
    name: str
    state: RowState = RowState.SAME
    organization: Organization | None = None
    details: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """The checked file: its rows, headings nobody understood, and a digest of what would be written."""

    rows: list[ImportRow]
    unknown: list[str]

    def count(self, state: RowState) -> int:
        return sum(row.state == state for row in self.rows)

    @property
    def counts(self) -> list[tuple[RowState, int]]:
        return [(state, self.count(state)) for state in RowState]

    @property
    def has_faults(self) -> bool:
        return self.count(RowState.FAULTY) > 0

    @property
    def can_be_written(self) -> bool:
        return not self.has_faults and self.count(RowState.SAME) < len(self.rows)

    @property
    def digest(self) -> str:
        """Differs when the file, or what the portal knows, has changed since the person looked."""
        seen = [
            (row.number, row.state.value, [(c.title, c.was, c.becomes) for c in row.changes])
            for row in self.rows
        ]
        return hashlib.sha256(repr(seen).encode()).hexdigest()


def check_file(file: IO[bytes], *, by: Any) -> Preview:
    """Reads the first sheet with known headings. `SpreadsheetRefused` in Russian when there is none."""
    for sheet in read_spreadsheet(file, max_rows=MAX_ROWS, max_columns=MAX_COLUMNS):
        header = _header(sheet.rows)
        if header is not None:
            return _checked(sheet.rows, *header, by=by)
    raise SpreadsheetRefused(
        "В таблице нет строки заголовков с графой «Краткое наименование» или «ИНН». Возьмите образец файла."
    )


def folded(text: object) -> str:
    """For comparison: one case, «е» for «ё», single spaces, without a point, colon or star at the end."""
    return " ".join(str(text).lower().replace("ё", "е").split()).rstrip(".:* ")


_HEADINGS = {
    folded(heading): column.field for column in COLUMNS for heading in (column.title, *column.synonyms)
}


def _header(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[int, str], list[str]] | None:
    """Where the headings stand, which column fills which field, and headings that are not known."""
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        known: dict[int, str] = {}
        unknown = []
        for place, cell in enumerate(row):
            name = _HEADINGS.get(folded(cell)) if cell is not None else None
            if name and name not in known.values():
                known[place] = name
            elif cell is not None:
                unknown.append(str(cell)[:60])
        if len(known) > 1 and {"short_name", "inn"} & set(known.values()):
            return at, known, unknown
    return None


class _Known:
    """The organisations there are, found by what a row says of itself."""

    def __init__(self, organizations: Iterable[Organization]) -> None:
        self.by_inn: dict[str, list[Organization]] = {}
        self.by_name: dict[str, Organization] = {}
        for one in organizations:
            self.by_name[folded(one.short_name)] = one
            if one.inn and one.parent_id is None:
                self.by_inn.setdefault(one.inn, []).append(one)

    def find(self, details: dict[str, Any]) -> Organization | None:
        """By ИНН (of several by КПП), then by the short name. `ValidationError` when unclear."""
        same_inn = self.by_inn.get(details.get("inn", ""), [])
        if len(same_inn) > 1:
            same_inn = [one for one in same_inn if one.kpp == details.get("kpp", "")]
        by_name = self.by_name.get(folded(details.get("short_name", "")))
        if same_inn and by_name is not None and by_name.pk != same_inn[0].pk:
            raise ValidationError({"inn": f"Этот ИНН у организации «{same_inn[0]}», а название — у другой."})
        return same_inn[0] if same_inn else by_name


def _checked(
    rows: Sequence[Sequence[Cell]], at: int, columns: dict[int, str], unknown: list[str], *, by: Any
) -> Preview:
    known = _Known(Organization.objects.visible_to(by))
    taken: dict[str, int] = {}
    made = []
    for number, cells in enumerate(rows[at + 1 :], at + 2):
        given = {
            columns[place]: cell for place, cell in enumerate(cells) if place in columns and cell is not None
        }
        if given:
            row = _check_row(number, given, known, by)
            _check_twice(row, taken)
            made.append(row)
    return Preview(made, unknown)


def _check_row(number: int, given: Mapping[str, Cell], known: _Known, by: Any) -> ImportRow:
    row = ImportRow(number, str(given.get("short_name") or given.get("inn") or "")[:150])
    typed = {}
    for name, cell in given.items():
        try:
            typed[name] = _typed(name, cell)
        except ValidationError as error:
            row.faults.append((BY_FIELD[name].title, str(error.message)))
    try:
        row.organization = known.find(typed)
    except ValidationError as error:
        row.faults += _titled(error.message_dict)
    _check_details(row, given, typed, by)
    row.state = _state(row)
    return row


def _check_details(row: ImportRow, given: Mapping[str, Cell], typed: dict[str, Any], by: Any) -> None:
    """The same checks as on the page; what the row leaves out comes from what is known."""
    if row.organization is None:
        missing = [name for name in NEEDED_AT_FIRST if name not in given]
        row.faults += [(BY_FIELD[name].title, "У новой организации обязательно.") for name in missing]
    present = row.organization or Organization()
    names = [column.field for column in COLUMNS]
    data = {**model_to_dict(present, names), "status": present.status, **typed}
    if not data["full_name"]:
        data["full_name"] = data["short_name"]
    form = ImportRowForm(
        {k: _posted(v) for k, v in data.items()}, instance=Organization(pk=present.pk), by=by
    )
    if not form.is_valid():
        told = {name for name, _ in row.faults}
        row.faults += [fault for fault in _titled(form.errors) if fault[0] not in told]
        return
    row.details = {
        name: form.cleaned_data[name] for name in names if name in typed or row.organization is None
    }
    row.changes = [
        Change(BY_FIELD[name].title, _shown(name, getattr(present, name)), _shown(name, value))
        for name, value in row.details.items()
        if value != getattr(present, name)
    ]


def _check_twice(row: ImportRow, taken: dict[str, int]) -> None:
    """Two rows of one file must not speak of one organisation."""
    own = {f"name {folded(row.details.get('short_name', row.name))}"}
    if row.organization is not None:
        own.add(f"pk {row.organization.pk}")
    if row.details.get("inn"):
        own.add(f"inn {row.details['inn']} {row.details.get('kpp', '')}")
    first = min((taken[key] for key in own if key in taken), default=None)
    if first is not None:
        row.faults.append(("Строка", f"Та же организация уже есть в строке {first}."))
        row.state = RowState.FAULTY
    for key in own:
        taken.setdefault(key, row.number)


def _state(row: ImportRow) -> RowState:
    if row.faults:
        return RowState.FAULTY
    if row.organization is None:
        return RowState.NEW
    return RowState.CHANGED if row.changes else RowState.SAME


def _titled(errors: Any) -> list[tuple[str, str]]:
    return [
        (BY_FIELD[name].title if name in BY_FIELD else "Строка", str(message))
        for name, messages in errors.items()
        for message in messages
    ]


def _posted(value: Any) -> Any:
    return "" if value is None else value


def _typed(name: str, cell: Cell) -> Any:
    """The cell as a form of the page would receive it. `ValidationError` for a word that is not known."""
    if name == "levels":
        parts = [part for part in re.split(r"[,;\n]", str(cell)) if part.strip()]
        return [_choice(name, part) for part in parts]
    if name in CHOICES:
        return _choice(name, cell)
    if name == "is_verified":
        return _yes_no(cell)
    if name in ("opened_on", "closed_on"):
        return _day(cell)
    return " ".join(str(cell).split()) if name != "note" else str(cell)


def _choice(name: str, cell: Cell) -> str:
    word = folded(cell)
    shorter = word.removesuffix(" образование").removesuffix(" учреждение")
    words = {folded(member.label): member.value for member in CHOICES[name]} | WORDS[name]
    found = words.get(word) or words.get(shorter)
    if found is None:
        wanted = ", ".join(str(member.label) for member in CHOICES[name])
        raise ValidationError(f"«{str(cell)[:60]}» — не из списка: {wanted}.")
    return found


def _yes_no(cell: Cell) -> bool:
    answer = {"да": True, "1": True, "+": True, "нет": False, "0": False, "-": False}.get(folded(cell))
    if answer is None:
        raise ValidationError("Напишите «да» или «нет».")
    return answer


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return datetime.strptime(str(cell).strip(), "%d.%m.%Y").date()
    except ValueError as error:
        raise ValidationError("Дата пишется так: 01.09.2026.") from error


def _shown(name: str, value: Any) -> str:
    """A value as the preview and the card show it."""
    if value in (None, "", []):
        return ""
    if name == "levels":
        return ", ".join(str(EducationLevel(one).label) for one in value)
    if name in CHOICES:
        return str(CHOICES[name](value).label)
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, date):
        return date_short(value)
    return show_phone(value) if name == "phone" else str(value)
