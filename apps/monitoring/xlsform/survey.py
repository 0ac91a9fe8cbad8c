"""The sheet survey as a tree of groups, repeats and questions, with every fault of structure told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from apps.monitoring.xlsform import xpath
from apps.monitoring.xlsform.choices import Answers
from apps.monitoring.xlsform.names import NAME
from apps.monitoring.xlsform.problems import Problems
from apps.monitoring.xlsform.workbook import SURVEY, Line, Page

MAX_DEPTH = 10
GROUP, REPEAT, MATRIX, QUESTION = "group", "repeat", "matrix", "question"

_TYPES = {
    "string": "text", "int": "integer", "number": "integer", "trigger": "acknowledge", "photo": "image",
    "select1": "select_one", "select one": "select_one", "select one from": "select_one",
    "select multiple": "select_multiple", "select multiple from": "select_multiple",
    "select all that apply": "select_multiple", "select all that apply from": "select_multiple",
    "add select one prompt using": "select_one", "add select multiple prompt using": "select_multiple",
    "datetime": "dateTime", "add note prompt": "note",
    "begin lgroup": "begin repeat", "end lgroup": "end repeat",
    "location": "geopoint", "add text prompt": "text", "add integer prompt": "integer",
}  # fmt: skip
SELECTS = ("select_one", "select_multiple")
SERVICE = frozenset(
    [
        "start",
        "end",
        "today",
        "deviceid",
        "subscriberid",
        "simserial",
        "phonenumber",
        "username",
        "email",
        "audit",
        "start-geopoint",
        "background-audio",
        "background-geopoint",
        "xml-external",
        "csv-external",
        "hidden",
        "imei",
        "uri:deviceid",
    ]
)
UNASKED = {
    "geopoint": "координаты", "geotrace": "линия на карте", "geoshape": "участок на карте", "image": "фото",
    "audio": "звукозапись", "video": "видео", "file": "файл", "rank": "расстановка по местам",
    "select_one_from_file": "список из файла", "select_multiple_from_file": "список из файла",
    "select_one_external": "список из файла", "osm": "карта", "xml-external": "внешние данные",
}  # fmt: skip
PLAIN = frozenset(
    [
        "text",
        "integer",
        "decimal",
        "date",
        "dateTime",
        "time",
        "note",
        "calculate",
        "range",
        "acknowledge",
        "barcode",
    ]
)
_EDGE = re.compile(r"(begin|end)[ _](group|repeat|kobomatrix|kobo--matrix|score|rank)$")
_SELECT = re.compile(r"(.+?)\s+(\S+)(\s+or[_ ](?:specify[_ ])?other)?$")


@dataclass
class Entry:
    """A line of the survey in its place. `answers` is the name of its list, `parent` None at the top."""

    line: Line
    kind: str
    type: str
    name: str
    parent: Entry | None = None
    answers: str = ""
    has_other: bool = False
    children: list[Entry] = field(default_factory=list)
    code: str = ""

    @property
    def row(self) -> int:
        return self.line.row

    @property
    def title(self) -> str:
        return (self.line.get("label") or self.name)[:2000]

    @property
    def repeat(self) -> Entry | None:
        """The nearest repeat it stands in."""
        one = self.parent
        while one is not None and one.kind != REPEAT:
            one = one.parent
        return one

    def walk(self) -> Iterator[Entry]:
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def hints(self) -> Mapping[str, str]:
        """What our own export wrote beside a line: «code=3; kind=table»."""
        pairs = (part.partition("=") for part in self.line.get("imo").split(";"))
        return {key.strip(): value.strip() for key, _, value in pairs if key.strip()}


class _Reader:
    def __init__(self, problems: Problems, lists: Mapping[str, Answers]) -> None:
        self.problems = problems
        self.lists = lists
        self.top: list[Entry] = []
        self.open: list[Entry] = []

    def read(self, page: Page) -> list[Entry]:
        if page.lines and "type" not in page.columns:
            self.problems.error(SURVEY, 1, "type", "Нет столбца type.")
            return []
        for line in page.lines:
            self._line(line)
        for entry in self.open:
            self._fault(entry.line, "type", f"Группа «{entry.name}» не закрыта: нет строки end_{entry.kind}.")
        return self.top

    def _fault(self, line: Line, column: str, message: str) -> None:
        self.problems.error(SURVEY, line.row, column, message)

    def _line(self, line: Line) -> None:
        written = " ".join(line.get("type").split())
        if not written:
            if line.get("name") or line.get("label"):
                self._fault(line, "type", "Не указан тип вопроса.")
            return
        edge = _EDGE.fullmatch(written.lower())
        if edge and edge[1] == "begin":
            self._begin(line, edge[2] or "", written)
        elif edge:
            self._end(line, edge[2] or "")
        else:
            self._question(line, written)

    def _begin(self, line: Line, word: str, written: str) -> None:
        kind = {"group": GROUP, "repeat": REPEAT, "kobomatrix": MATRIX, "kobo--matrix": MATRIX}.get(word)
        if kind is None:
            self._fault(line, "type", f"Неизвестный тип «{written[:60]}».")
            kind = GROUP
        entry = self._put(line, kind, kind, line.get("name") or f"{kind}{line.row}")
        entry.answers = line.get("kobo--matrix_list") if kind == MATRIX else ""
        if kind == MATRIX and entry.answers not in self.lists:
            self._fault(line, "kobo--matrix_list", f"Нет списка ответов «{entry.answers[:60]}».")
        if len(self.open) >= MAX_DEPTH:
            self._fault(line, "type", f"Группы вложены глубже {MAX_DEPTH} уровней.")
        self.open.append(entry)

    def _end(self, line: Line, word: str) -> None:
        if not self.open:
            self._fault(line, "type", "Закрывается группа, которая не открыта.")
            return
        entry = self.open.pop()
        wanted = {GROUP: "group", REPEAT: "repeat"}.get(entry.kind)
        if wanted and word and word != wanted:
            self._fault(line, "type", f"end_{word} закрывает begin_{wanted} из строки {entry.row}.")

    def _question(self, line: Line, written: str) -> None:
        kind, answers, has_other = self._type(written)
        if kind is None:
            self._fault(line, "type", f"Неизвестный тип «{written[:60]}».")
            return
        name = line.get("name")
        if not name and kind not in SERVICE and kind != "note":
            self._fault(line, "name", "Не указано имя вопроса (name).")
        entry = self._put(line, QUESTION, kind, name or f"{kind}{line.row}")
        entry.answers, entry.has_other = answers, has_other
        if kind in SELECTS and answers not in self.lists:
            self._fault(line, "type", f"Нет списка ответов «{answers[:60]}» на листе choices.")

    def _type(self, written: str) -> tuple[str | None, str, bool]:
        lowered = written.lower()
        known = _TYPES.get(lowered, "dateTime" if lowered == "datetime" else lowered)
        if known in PLAIN or known in SERVICE or known in UNASKED:
            return known, "", False
        found = _SELECT.fullmatch(written)
        if found:
            head = _TYPES.get(found[1].lower(), found[1].lower())
            if head in SELECTS or head in UNASKED:
                return head, found[2], bool(found[3])
        return None, "", False

    def _put(self, line: Line, kind: str, type_: str, name: str) -> Entry:
        parent = self.open[-1] if self.open else None
        entry = Entry(line, kind, type_, name, parent)
        siblings = parent.children if parent else self.top
        if line.get("name") and not NAME.fullmatch(name):
            self._fault(
                line, "name", f"Имя «{name[:60]}» недопустимо: буквы, цифры, «_», «-», «.», первая – буква."
            )
        siblings.append(entry)
        return entry


def read_survey(page: Page, lists: Mapping[str, Answers], problems: Problems) -> list[Entry]:
    """The entries of the top level; structure, names and circles of reference are checked."""
    top = _Reader(problems, lists).read(page)
    _doubled(top, problems)
    _circles([one for entry in top for one in entry.walk()], problems)
    return top


def _doubled(entries: list[Entry], problems: Problems) -> None:
    seen: dict[str, int] = {}
    for entry in entries:
        if not entry.line.get("name") or entry.type in SERVICE:
            continue
        first = seen.setdefault(entry.name, entry.row)
        if first != entry.row:
            told = f"Имя «{entry.name[:60]}» уже занято в строке {first}."
            problems.error(SURVEY, entry.row, "name", told)
    for entry in entries:
        _doubled(entry.children, problems)


def _circles(entries: list[Entry], problems: Problems) -> None:
    """A question whose condition or calculation leads back to itself can never be answered."""
    reads = {entry.name: _read_by(entry) for entry in entries}
    rows = {entry.name: entry.row for entry in entries}
    for names in _strong(reads):
        if len(names) > 1 or names[0] in reads[names[0]]:
            told = " → ".join(f"«{one[:40]}»" for one in [*names[:8], names[0]])
            for name in names:
                problems.error(SURVEY, rows[name], "", f"Выражения замкнуты в круг: {told}.")


def _read_by(entry: Entry) -> set[str]:
    """Names read by the calculation and the condition of a question, its group's included."""
    texts = [entry.line.get("calculation"), entry.line.get("relevant")]
    found = {entry.parent.name} if entry.parent else set()
    for text in filter(None, texts):
        try:
            found.update(xpath.variables(xpath.parse(text)))
        except xpath.ExpressionFault:
            continue
    return found


def _strong(graph: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Strongly connected parts (Tarjan), without recursion: a chain may be as long as the form."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for root in graph:
        if root in index:
            continue
        work = [(root, iter(sorted(graph[root])))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, following = work[-1]
            step = next(
                (one for one in following if one in graph and (one not in index or one in on_stack)), None
            )
            if step is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    part = []
                    while True:
                        part.append(stack.pop())
                        on_stack.discard(part[-1])
                        if part[-1] == node:
                            break
                    yield part[::-1]
            elif step in index:
                low[node] = min(low[node], index[step])
            else:
                index[step] = low[step] = len(index)
                stack.append(step)
                on_stack.add(step)
                work.append((step, iter(sorted(graph[step]))))
