"""What the words of a blank mean: X, codes, «в том числе», titles of sections, lines for signatures."""

from __future__ import annotations

import re
from decimal import Decimal

from apps.monitoring.blanks.sheets import Cell

LONGEST_LINE = 300
_X = re.compile(r"[«\"']?[XxХх×✕]\.?[»\"']?")
_CODE = re.compile(r"[0-9]{1,6}[A-Za-zА-Яа-я]?(?:[.\-/][0-9]{1,4}[A-Za-zА-Яа-я]?){0,5}\.?")
_LABEL = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?|[АБВГAB]")
_SECTION = re.compile(
    r"(?:под)?раздел\s*№?\s*([0-9IVXА-Я]{1,6}(?:\.[0-9]{1,3}){0,4})\s*[.:–—)-]?\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3}){0,4})(?:\.\s*|\)\s*|\s+)(\D.*)", re.DOTALL)
_TABLE = re.compile(
    r"таблица\s*№?\s*([0-9]{1,3}(?:\.[0-9]{1,3}){0,4})\s*[.:–—-]?\s*(.*)", re.IGNORECASE | re.DOTALL
)
_SIGNATURE = re.compile(
    r"(?:\(?\s*(?:ф\.?\s*и\.?\s*о\.?|фамилия|подпись|личная подпись|расшифровка|должность"
    r"|номер контактного телефона)\b"
    r"|м\.\s*п\.|руководитель|директор|заведующ(?:ий|ая)\b|исполнитель|должностное лицо"
    r"|ответственн(?:ый|ое лицо)\b"
    r"|главный бухгалтер|телефон\b|тел\.|e-?mail|дата составления|«?_{2,}|[«\"]\s*_*\s*[»\"]\s*_)",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"(?:\*|примечани[ея]|справочно\s*:|<\d+>|\d\)\s)", re.IGNORECASE)
_OPEN = re.compile(
    r"\(?(?:перечислить|указать|расписать|вписать|добавить строки)\b|^\s*(?:…|\.\.\.|_{3,})\s*$",
    re.IGNORECASE,
)
_DECIMALS = re.compile(r"с\s+(одним|двумя|тремя)\s+(?:десятичн|знак)", re.IGNORECASE)
_FORMAT = re.compile(r"[0#?]\.([0#?]+)")

CODE_HEADING = re.compile(
    r"(?:№|номер|код)\s*(?:строк[иа]?|стр\.?|показателя)|^код\.?$|^№$|^стр(?:ока|\.)?$|код\s*стр|№\s*п\s*[/\\]?\s*п",
    re.IGNORECASE,
)
ORDINAL_HEADING = re.compile(r"№\s*п\s*[/\\]?\s*п|^№$|^п\s*/\s*п$", re.IGNORECASE)
NAME_HEADING = re.compile(r"наименован|показател|назван|вид(?:ы)?\s|перечень|вопрос|критери", re.IGNORECASE)
UNIT_HEADING = re.compile(r"единиц\w*\s+измер|ед\.?\s*изм|код\s+по\s+ОКЕИ|^ОКЕИ$", re.IGNORECASE)
CHECK_HEADING = re.compile(r"контрол|проверк|увязк|^ошибк", re.IGNORECASE)


def flat(text: str) -> str:
    """One line with single spaces and the hyphenation of headings undone."""
    return " ".join(re.sub(r"(?<=[а-яё])-\n(?=[а-яё])", "", text).split())


def is_x(cell: Cell) -> bool:
    return bool(_X.fullmatch(cell.text))


def is_label(cell: Cell) -> bool:
    """The number of a column as the line under a header has it: 1, 2, 3.1, or А, Б."""
    return not cell.formula and bool(_LABEL.fullmatch(cell.text))


def code_of(cell: Cell) -> str:
    """The code of a row as it is printed: a number 1 in the format 00 is «01»; "" for anything else."""
    if cell.formula:
        return ""
    if cell.number is not None:
        return _numeric_code(cell.number, cell.number_format)
    text = cell.text.rstrip(".")
    if _CODE.fullmatch(text):
        return text.replace("-", ".").replace("/", ".")
    return ""


def _numeric_code(number: Decimal, number_format: str) -> str:
    if number < 0 or number >= 10**7:
        return ""
    if number != number.to_integral_value():
        text = f"{number:f}"
        return text if _CODE.fullmatch(text) else ""
    zeros = re.fullmatch(r"\"?(0{2,6})\"?", number_format)
    return f"{int(number):0{len(zeros[1]) if zeros else 1}d}"


def section_of(text: str) -> tuple[str, str]:
    """Number and title of «Раздел 2.1. Кадры», «Таблица 3 – …», «2.1. Кадры»; ("", text) otherwise."""
    line = flat(text)
    for pattern in (_SECTION, _TABLE, _NUMBERED):
        match = pattern.fullmatch(line)
        if match:
            return match[1], match[2].strip(" .–—-:") or line
    return "", line


def is_section_line(text: str) -> bool:
    line = flat(text)
    return bool(_SECTION.fullmatch(line) or _TABLE.fullmatch(line))


def is_signature(text: str) -> bool:
    """A line under the tables: who signs, his post, telephone, the date."""
    return bool(_SIGNATURE.match(text.strip()))


def is_footnote(text: str) -> bool:
    return bool(_FOOTNOTE.match(text.strip()))


def is_open_mark(text: str) -> bool:
    """«(перечислить)», «указать …», dots or a line to write on: the respondent adds rows here."""
    return bool(_OPEN.search(text))


def row_kind(text: str) -> str:
    """What a row is by its first words: `total`, `grand_total`, `including`, `of_which` or ""."""
    line = flat(text).lower().lstrip("-–—• ")
    if re.match(r"в\s+том\s+числе|в\s+т\.\s*ч\.?", line):
        return "including"
    if re.match(r"из\s+(?:них|него|нее|неё|общего|общей|числа|строки|стр\.)", line):
        return "of_which"
    if re.match(r"итого\b", line):
        return "grand_total"
    return "total" if re.match(r"всего\b", line) or re.search(r"[,–—-]\s*всего$", line) else ""


def is_bare_kind(text: str) -> bool:
    """«в том числе:» or «из них:» alone, a line without data."""
    return bool(
        re.fullmatch(
            r"\W*(?:в\s+том\s+числе|в\s+т\.\s*ч\.?|из\s+них)(?:\s+по\s+[\w\s]{1,60})?\W*", flat(text).lower()
        )
    )


def decimals_in_words(text: str) -> int:
    """«с одним десятичным знаком» is 1; 0 where nothing is said."""
    match = _DECIMALS.search(text)
    return {"одним": 1, "двумя": 2, "тремя": 3}[match[1].lower()] if match else 0


def decimals_in_format(number_format: str) -> int:
    match = _FORMAT.search(number_format.split(";")[0])
    return min(len(match[1]), 6) if match else 0
