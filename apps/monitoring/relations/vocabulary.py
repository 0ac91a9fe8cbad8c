"""The words of the notation: a pattern for each token, in all the spellings the federal forms use.

Matched against a text in which «ё» is «е» and every blank a space (`TRANSLATE`). The order of `WORDS`
matters: of two patterns that fit, the first is taken.
"""

from __future__ import annotations

import re

MAX_LENGTH = 4_000
MAX_NESTING = 30
MAX_INTEGER_DIGITS = 15
MAX_DECIMALS = 10

_DASH = r"[-‐‑‒–—]"
DIGIT_CODE = r"[0-9][0-9A-Za-zА-Яа-яЁё_]*(?:\.[0-9][0-9A-Za-zА-Яа-яЁё_]*)*"
LATIN_CODE = r"[A-Za-z_][0-9A-Za-z_]*(?:\.[0-9A-Za-z_]+)*"
QUOTED_CODE = r"«[^«»\n]{1,40}»"
_NAME = rf"(?:{DIGIT_CODE}|{QUOTED_CODE}|[A-Za-zА-Яа-яЁё_][0-9A-Za-zА-Яа-яЁё_]*(?:\.[0-9A-Za-zА-Яа-яЁё_]+)*)"

_FLAGS = re.IGNORECASE
SPACE = re.compile(r"\s+")
FIRST_CODE = re.compile(rf"итого\b|{DIGIT_CODE}|{QUOTED_CODE}|{LATIN_CODE}", _FLAGS)
NEXT_CODE = re.compile(rf"{DIGIT_CODE}|{QUOTED_CODE}", _FLAGS)
RANGE = re.compile(rf"\s*(?:{_DASH}|\.\.\.?|…)\s*(?={DIGIT_CODE}|{QUOTED_CODE})", _FLAGS)
LIST = re.compile(rf"(?:\s*,\s*(?:и\s+)?|\s+и\s+)(?={DIGIT_CODE}(?!\s*[%(])|{QUOTED_CODE})", _FLAGS)
EXCEPT = re.compile(r"\s*[,(]?\s*(?:кроме|за исключением)\s+(?:строк\w*|стр\.?|граф\w*|гр\.?)?\s*", _FLAGS)
ROWS_WORD = re.compile(r"(?:строк(?:ами|ах|ам|а|е|и|у|ой)?|стр)\b\.?\s*", _FLAGS)
COLUMNS_WORD = re.compile(r"(?:граф(?:ами|ах|ам|а|е|ы|у|ой)?|гр)\b\.?\s*", _FLAGS)
ROWS_GLUED = re.compile(r"стр(?=\d)", _FLAGS)
COLUMNS_GLUED = re.compile(r"гр(?=\d)", _FLAGS)
SECTION = re.compile(
    rf"(?:(?:в|по)\s+)?(?:под)?разд(?:ел(?:а|у|е|ом)?\b|\b\.?)\s*({_NAME})(?:@(\*|{_NAME}))?\s*,?", _FLAGS
)
FORM = re.compile(r"(?:(?:в|по)\s+)?форм(?:а|ы|е|у)\s+«?([A-Za-z0-9][A-Za-z0-9_-]*)»?\s*,?", _FLAGS)
QUESTION = re.compile(rf"вопрос(?:а|у|е|ом)?\s+({_NAME}(?:@{_NAME})?)", _FLAGS)
DATE = re.compile(r"\d{2}\.\d{2}\.\d{4}(?![\d.])")
NUMBER = re.compile(r"(?:\d{1,3}(?:[ \u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d+)?(?!\w)")
TEXT = re.compile(r"«[^«»\n]*»|\"[^\"\n]*\"|“[^“”\n]*”")

WORDS: list[tuple[str, re.Pattern[str]]] = [
    (kind, re.compile(pattern, _FLAGS))
    for kind, pattern in (
        ("THEN", r"(?:,\s*)?то\b"),
        ("ONLYIF", r"(?:,\s*)?только\s+(?:если|при условии,\s+что)\b"),
        ("IF", r"если\b"),
        ("PRECEDING", r"(?:всех\s+)?(?:предыдущих|предшествующих)\s+строк\b"),
        (
            "PREVIOUS",
            r"(?:(?:за|в|на конец)\s+)?(?:прошл|предыдущ|предшествующ)\w{2,4}"
            r"\s+(?:период|год|отчет|раунд)\w{0,2}\b",
        ),
        ("SUM", r"(?:сумм[аеуы]|суммой)\b"),
        ("MEAN", r"(?:среднее|среднему)(?:\s+значени[еюя])?\b"),
        ("MIN", r"(?:минимум|минимуму|наименьшее|наименьшему)\b"),
        ("MAX", r"(?:максимум|максимуму|наибольшее|наибольшему)\b"),
        ("COUNT", r"(?:количеств[оуа]|числ[оуа])\s+заполненных\b"),
        ("ABS", r"модул[ьюя]\b"),
        ("ROUND", r"округл(?:ить|ение|енное)\b"),
        ("UPTO", r"до\b"),
        ("PLACES", r"знак(?:ов|а)?\b"),
        ("SHARE", r"процент(?:а|у|ом)?\b"),
        ("OF", r"от\b"),
        ("CELL", r"(?:клетк[аеиу]|клеткой|значени[еяю])\b"),
        ("NOTFILLED", r"(?:не\s+(?:заполнен[аоы]?|указан[аоы]?)|пуст(?:а|о|ой)?)\b"),
        ("FILLED", r"(?:заполнен[аоы]?|указан[аоы]?)\b"),
        ("NOTCONTAINS", r"не\s+содержит\b"),
        ("CONTAINS", r"содержит\b"),
        ("NE", r"<>|≠|!=|не\s+рав(?:но|на|ен|ны)\b"),
        (
            "LE",
            r"<=|=<|≤|⩽|не\s+(?:больше|более|превышает|превосходит)(?:\s+чем)?\b|меньше\s+или\s+равн[оа]\b",
        ),
        ("GE", r">=|=>|≥|⩾|не\s+(?:меньше|менее)(?:\s+чем)?\b|больше\s+или\s+равн[оа]\b"),
        ("LT", r"<|(?:меньше|менее)(?:\s+чем)?\b"),
        ("GT", r">|(?:больше|более)(?:\s+чем)?\b"),
        ("EQ", r"==?|рав(?:но|на|ен|ны|няется)\b"),
        ("NOT", r"не\b"),
        ("AND", r"и\b"),
        ("OR", r"(?:,\s*)?(?:или|либо)\b"),
        ("BY", r"по\b(?:\s+(?:всем|каждой|каждому)\b)?"),
        ("RESPECTIVELY", r",?\s*соответственно\b"),
        ("PLUS", r"\+|плюс\b"),
        ("MINUS", r"[-‐‑‒–—−]|минус\b"),
        ("TIMES", r"[*×·∙⋅]|[xх](?!\w)|умножить\s+на\b"),
        ("DIVIDE", r"[/÷]|(?:раз)?делить\s+на\b"),
        ("PERCENT", r"%"),
        ("LPAR", r"[(\[]"),
        ("RPAR", r"[)\]]"),
        ("SEMICOLON", r";"),
        ("COLON", r":"),
        ("COMMA", r","),
    )
]
TOTAL_WORD = re.compile(r"итого\b", _FLAGS)
COMMA_BEFORE_COLUMNS = re.compile(r"\s*,(?=\s*(?:гр\b|граф))", _FLAGS)
DIGIT_AHEAD = re.compile(r"\s*(?=\d)")
CHAIN = re.compile(rf"\s*{_DASH}\s*(?:стр|гр)", _FLAGS)
TRANSLATE = str.maketrans({"ё": "е", "Ё": "Е", "\u00a0": " ", "\u2007": " ", "\t": " ", "\r": " "})

TERMINALS = (
    *(kind for kind, _ in WORDS),
    *("ROWS", "COLUMNS", "ALLROWS", "ALLCOLUMNS", "SECTION", "FORM", "QUESTION", "NUMBER", "DATE", "TEXT"),
)
