"""What an analysis asks: read leniently from an address, strictly checked against the form, kept as JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import TextChoices
from django.http import QueryDict

from apps.monitoring.definition import CompiledForm
from apps.monitoring.summaries.summary import MAX_ROUNDS
from apps.organizations.enums import EducationLevel, OrganizationKind

MAX_INDICATORS = 12
MAX_WEIGHT = Decimal(1000)


class Kind(TextChoices):
    PIVOT = "pivot", "Таблица по группам организаций"
    RANKING = "ranking", "Рейтинг организаций по нескольким показателям"


class Attribute(TextChoices):
    """What organisations are grouped by."""

    KIND = "kind", "вид организации"
    LEVEL = "level", "уровень образования"
    TYPE = "type", "тип учреждения"
    DISTRICT = "district", "микрорайон, посёлок"
    SIZE = "size", "число обучающихся"
    TIMELINESS = "timeliness", "своевременность отчёта"
    ORGANIZATION = "organization", "организация"


class Measure(TextChoices):
    """What is told of a group."""

    TOTAL = "total", "значение по группе в целом"
    MEAN = "mean", "среднее значение организаций"
    MEDIAN = "median", "медиана значений организаций"
    PER_HUNDRED = "per100", "на 100 обучающихся"


@dataclass(frozen=True)
class Wish:
    """One analysis. `indicators` are addresses of the form's numbers; `weights` and `less_is_better` matter
    to a ranking, `by`, `measure` and `rounds` (how many earlier ones) to a table of groups.
    """

    kind: Kind = Kind.PIVOT
    by: Attribute = Attribute.KIND
    measure: Measure = Measure.TOTAL
    rounds: int = 0
    indicators: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    less_is_better: frozenset[str] = frozenset()
    per_pupil: bool = False
    with_submitted: bool = False

    @classmethod
    def of(cls, query: QueryDict, compiled: CompiledForm) -> "Wish":
        """From the parameters of a page; what is unknown falls back to the default or is left out."""
        indicators = _known(query.getlist("indicators"), compiled.numeric_set)[:MAX_INDICATORS]
        return cls(
            kind=_member(Kind, query.get("kind")),
            by=_member(Attribute, query.get("by")),
            measure=_member(Measure, query.get("measure")),
            rounds=_whole(query.get("rounds"), MAX_ROUNDS),
            indicators=indicators,
            kinds=_known(query.getlist("kinds"), OrganizationKind.values),
            levels=_known(query.getlist("levels"), EducationLevel.values),
            weights={one: weight_of(query.get(f"weight:{one}", "1")) or Decimal(1) for one in indicators},
            less_is_better=frozenset(_known(query.getlist("less"), indicators)),
            per_pupil=query.get("per_pupil") in ("1", "on"),
            with_submitted=query.get("with_submitted") in ("1", "on"),
        )

    @classmethod
    def from_json(cls, kept: Mapping[str, Any], compiled: CompiledForm) -> "Wish":
        """What `as_query` gave; an indicator the form does not have is left out."""
        query = QueryDict(mutable=True)
        for name, value in kept.items():
            query.setlist(name, value if isinstance(value, list) else [value])
        return cls.of(query, compiled)

    def as_query(self) -> dict[str, Any]:
        """The parameters of the page that shows it; good as JSON too."""
        asked: dict[str, Any] = {"kind": self.kind.value, "indicators": list(self.indicators)}
        if self.kind == Kind.PIVOT:
            asked |= {"by": self.by.value, "measure": self.measure.value, "rounds": str(self.rounds or "")}
        else:
            asked |= {f"weight:{one}": f"{self.weights[one].normalize():f}" for one in self.indicators}
            asked |= {"less": sorted(self.less_is_better), "per_pupil": "1" if self.per_pupil else ""}
        asked |= {"kinds": list(self.kinds), "levels": list(self.levels)}
        asked["with_submitted"] = "1" if self.with_submitted else ""
        return {name: value for name, value in asked.items() if value}

    @property
    def circle(self) -> str:
        """Whose responses are taken, where not everybody's."""
        kinds = [OrganizationKind(one).plural_title.lower() for one in self.kinds]
        levels = [f"уровень «{EducationLevel(one).label}»" for one in self.levels]
        return ", ".join([*kinds, *levels])


def weight_of(text: str) -> Decimal | None:
    """A weight as people type it («2», «0,5»); None where it is no number above nought and up to 1,000."""
    try:
        weight = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return weight if weight.is_finite() and Decimal("0.001") <= weight <= MAX_WEIGHT else None


def _member(choices: Any, text: str | None) -> Any:
    return choices(text) if text in choices.values else next(iter(choices))


def _known(texts: Iterable[str], allowed: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in texts if one in allowed))


def _whole(text: str | None, most: int) -> int:
    return min(int(text), most) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0
