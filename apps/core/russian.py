"""Russian numbers, dates, plurals and initials as they are printed on pages and papers."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from apps.core.declension import Case as Case
from apps.core.declension import Gender as Gender
from apps.core.declension import decline_name as decline_name
from apps.core.declension import decline_phrase as decline_phrase
from apps.core.declension import number_in_words as number_in_words
from apps.core.magadan import in_magadan

NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "—"
MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)

Number = int | Decimal | float

# Enough for a number of any length that a form lets in: the default context keeps 28 digits.
_EXACT = Context(prec=400)


class Agreement(StrEnum):
    """Gender and number that the word «утверждён» takes after the kind of a document."""

    MASCULINE = "masculine"
    FEMININE = "feminine"
    NEUTER = "neuter"
    PLURAL = "plural"


_APPROVED = {
    Agreement.MASCULINE: "УТВЕРЖДЁН",
    Agreement.FEMININE: "УТВЕРЖДЕНА",
    Agreement.NEUTER: "УТВЕРЖДЕНО",
    Agreement.PLURAL: "УТВЕРЖДЕНЫ",
}


def plural(n: Number, one: str, few: str, many: str) -> str:
    """The form of the word with n: 1 балл, 2 балла, 5 баллов; a fraction takes `few` (1,5 балла)."""
    exact = _decimal(n).copy_abs()
    if not exact.is_finite():
        return many
    if exact != int(exact):
        return few
    tail = int(exact) % 100
    if 11 <= tail <= 14:
        return many
    return {1: one, 2: few, 3: few, 4: few}.get(tail % 10, many)


def counted(n: Number, one: str, few: str, many: str) -> str:
    """Number and word with a no-break space between: «51 организация»."""
    return f"{number(n)}{NBSP}{plural(n, one, few, many)}"


def number(value: Number | None, places: int | None = None) -> str:
    """«1 234,5»: groups of three, decimal comma, half-up to `places` digits (None keeps them as they are).

    No value, NaN and infinity give a dash.
    """
    if value is None or not (exact := _decimal(value)).is_finite():
        return DASH
    if places is not None:
        exact = round_half_up(exact, places)
    whole, _, fraction = f"{exact.copy_abs():f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", NBSP)
    sign = MINUS if exact < 0 else ""
    return sign + grouped + (f",{fraction}" if fraction else "")


def round_half_up(value: Number, places: int = 0) -> Decimal:
    """Rounds as people do: 2.5 → 3, −2.5 → −3. A finite number only."""
    return _decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)


def percent(part: Number | None, whole: Number | None = None, places: int = 1) -> str:
    """«94,4 %»: the part of the whole, or a percentage already computed; a dash when there is none."""
    value = part if whole is None else ratio(part, whole)
    text = number(value, places)
    return text if text == DASH else f"{text}{NBSP}%"


def ratio(part: Number | None, whole: Number | None) -> Decimal | None:
    """The part in percent of the whole, not rounded; None where there is nothing to divide."""
    if part is None or whole is None or not _decimal(whole).is_finite() or whole == 0:
        return None
    top = _decimal(part)
    return top * 100 / _decimal(whole) if top.is_finite() else None


def difference(now: Number | None, before: Number | None, places: int | None = None) -> str:
    """«+3», «−1,5», «0»: the exact difference, rounded after subtraction; a dash when one is missing."""
    if now is None or before is None:
        return DASH
    change = _EXACT.subtract(_decimal(now), _decimal(before))
    text = number(change, places)
    return f"+{text}" if change > 0 and text.strip("0,") else text


def points(now: Number | None, before: Number | None, places: int = 1) -> str:
    """«+2,3 п.п.»: the difference of two percentages."""
    text = difference(now, before, places)
    return text if text == DASH else f"{text}{NBSP}п.п."


def shares(parts: Sequence[Number], places: int = 1) -> list[Decimal]:
    """Percentages of the parts, rounded so that they add up to exactly 100 (method of the largest remainder).

    Parts are not negative (ValueError); with a sum of nought every share is nought.
    """
    exact = [_decimal(part) for part in parts]
    if any(not part.is_finite() or part < 0 for part in exact):
        raise ValueError("a share needs numbers that are not negative")
    total = sum(exact, Decimal(0))
    step = Decimal(1).scaleb(-places)
    if total == 0:
        return [Decimal(0).quantize(step) for _ in exact]
    ideal = [part * 100 / total for part in exact]
    floors = [share.quantize(step, ROUND_DOWN) for share in ideal]
    missing = int((Decimal(100) - sum(floors)) / step)
    by_remainder = sorted(range(len(exact)), key=lambda i: floors[i] - ideal[i])
    for index in by_remainder[:missing]:
        floors[index] += step
    return floors


def date_short(day: date | None) -> str:
    """«22.11.2026»; no date gives a dash."""
    return f"{day:%d.%m}.{day.year:04d}" if day else DASH


def date_long(day: date | None) -> str:
    """«22 ноября 2026 г.», the spaces do not break."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}{NBSP}г." if day else DASH


def datetime_short(moment: datetime | None) -> str:
    """«22.11.2026 14:05» by the clock of Magadan."""
    if moment is None:
        return DASH
    local = in_magadan(moment)
    return f"{date_short(local)}{NBSP}{local:%H:%M}"


def join_and(items: Sequence[object]) -> str:
    """«первая, вторая и третья»."""
    words = [str(item) for item in items]
    return " и ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def initials_before(last: str, first: str, middle: str = "") -> str:
    """«И. О. Фамилия», as a signature has it."""
    return NBSP.join(filter(None, [_initial(first), _initial(middle), last.strip()]))


def initials_after(last: str, first: str, middle: str = "") -> str:
    """«Фамилия И. О.», as an addressee or a list has it."""
    return NBSP.join(filter(None, [last.strip(), _initial(first), _initial(middle)]))


def agree_approved(agreement: Agreement | str) -> str:
    """«УТВЕРЖДЁН», «УТВЕРЖДЕНА», «УТВЕРЖДЕНО», «УТВЕРЖДЕНЫ» (ГОСТ Р 7.0.97, гриф утверждения)."""
    return _APPROVED[Agreement(agreement)]


def _initial(name: str) -> str:
    """«И.», and «А.-М.» of a double name; of «Ахмед оглы» the first word alone."""
    words = name.split()
    return "-".join(f"{part[0].upper()}." for part in words[0].split("-") if part) if words else ""


def _decimal(value: Number) -> Decimal:
    return Decimal(str(value)) if isinstance(value, float) else Decimal(value)


_LATIN = str.maketrans(
    {
        **dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziiklmnoprstufye", strict=True)),
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ъ": "ie",
        "ь": "",
        "ю": "iu",
        "я": "ia",
    }
)


def latin(text: str) -> str:
    """Words in small Latin letters as in passports (ИКАО, Doc 9303); signs between words become blanks."""
    plain = text.lower().translate(_LATIN)
    return " ".join("".join(one if one.isascii() and one.isalnum() else " " for one in plain).split())
