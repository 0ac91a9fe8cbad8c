"""Everything about a person in one question to the database: the chapters of a card and of a portfolio."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from apps.core.russian import date_short, initials_after, number, plural
from apps.teachers import enums, models
from apps.teachers.models import Person

Row = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A row of a card: when it began, till when it holds, what it is, which document proves it.

    `ends`: the day is the end of a term that somebody has to renew, and not just the end of the matter.
    """

    kind: str
    pk: int
    title: str
    detail: str = ""
    proof: str = ""
    on: datetime.date | None = None
    until: datetime.date | None = None
    ends: bool = False

    @property
    def dates(self) -> str:
        """«01.09.2020 – 31.08.2023», «с 01.09.2020», «05.10.2020»."""
        if self.on is None:
            return ""
        if self.kind not in LASTING:
            return date_short(self.on)
        return (
            f"{date_short(self.on)} – {date_short(self.until)}" if self.until else f"с {date_short(self.on)}"
        )


# Their dates are a span; the others happened on a day.
LASTING = frozenset({"employment", "leave", "duty", "mentorship"})


@dataclass(frozen=True)
class Chapter:
    """Rows of one table about a person: which, what of them, how a row reads."""

    kind: str
    title: str
    rows: Callable[[], QuerySet]
    fields: tuple[str, ...]
    line: Callable[[Row], Line]
    named: dict[str, str] = field(default_factory=dict)

    def question(self) -> ArraySubquery:
        """The rows of the outer person as an array of objects."""
        paths = {name: F(name) for name in self.fields} | {name: F(path) for name, path in self.named.items()}
        return ArraySubquery(self.rows().order_by().values(_row=JSONObject(pk=F("pk"), **paths)))


def card_of(persons: QuerySet[Person], **lookup: Any) -> tuple[Person, dict[str, list[Line]]]:
    """The person with his chapters, each in time order, the latest first. `Person.DoesNotExist`."""
    asked = {f"_{one.kind}": one.question() for one in CHAPTERS}
    person = persons.annotate(**asked).get(**lookup)
    return person, {one.kind: _ordered(one, getattr(person, f"_{one.kind}")) for one in CHAPTERS}


def _ordered(chapter: Chapter, rows: list[Row]) -> list[Line]:
    lines = [chapter.line(row) for row in rows]
    return sorted(lines, key=lambda line: (line.on or datetime.date.min, line.pk), reverse=True)


def terms(chapters: dict[str, list[Line]], day: datetime.date) -> list[Line]:
    """What runs out on the day or later, the nearest first."""
    lines = [line for every in chapters.values() for line in every]
    ending = [line for line in lines if line.ends and line.until and line.until >= day]
    return sorted(ending, key=lambda line: line.until or datetime.date.max)


def _of_person(model: Any) -> Callable[[], QuerySet]:
    return lambda: model.objects.filter(person=OuterRef("pk"))


def _day(value: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None


def _joined(*parts: Any) -> str:
    return ", ".join(str(part) for part in parts if part)


def _proof(row: Row) -> str:
    """«ВСГ 123, от 20.06.2008, выдан: Северо-Восточный университет»."""
    issued = _day(row.get("issued_on"))
    return _joined(
        row["document"],
        f"от {date_short(issued)}" if issued else "",
        row["issuer"] and f"выдан: {row['issuer']}",
    )


def _employment(row: Row) -> Line:
    rate = f"ставка {number(row['rate'])}" if row["rate"] != 1 else ""
    form = enums.EmploymentForm(row["form"])
    return Line(
        "employment",
        row["pk"],
        _joined(row["post"], row["what"]),
        _joined(
            row["where"], form.label if form != enums.EmploymentForm.MAIN else "", rate, row["end_reason"]
        ),
        row["order"] and f"приказ {row['order']}",
        _day(row["started_on"]),
        _day(row["ended_on"]),
    )


def _leave(row: Row) -> Line:
    title = f"отпуск {enums.LeaveKind(row['kind']).label}" if row["kind"] != "army" else "военная служба"
    return Line("leave", row["pk"], title, on=_day(row["started_on"]), until=_day(row["ended_on"]))


def _duty(row: Row) -> Line:
    order = row["order"] and f"приказ {row['order']}"
    return Line(
        "duty", row["pk"], row["what"], row["where"], order, _day(row["started_on"]), _day(row["ended_on"])
    )


def _education(row: Row) -> Line:
    kind = "педагогическое" if row["is_pedagogical"] else ""
    detail = _joined(row["institution"], row["speciality"], row["qualification"], kind)
    title = enums.EducationDegree(row["degree"]).label
    return Line("education", row["pk"], title, detail, _proof(row), _day(row["issued_on"]))


def _degree(row: Row) -> Line:
    title = enums.ScienceDegree(row["degree"]).label
    return Line("degree", row["pk"], title, row["science"], _proof(row), _day(row["issued_on"]))


def _award(row: Row) -> Line:
    level = enums.AwardLevel(row["level"]).label
    return Line("award", row["pk"], row["title"], level, _proof(row), _day(row["awarded_on"]))


def _category(row: Row) -> Line:
    order = f"приказ № {row['order_number']}" if row["order_number"] else ""
    if order and row["order_on"]:
        order += f" от {date_short(_day(row['order_on']))}"
    until = _day(row["valid_until"])
    detail = _joined(row["post"], f"до {date_short(until)}" if until else "без срока", row["issuer"])
    title = enums.CategoryKind(row["kind"]).label
    return Line(
        "category", row["pk"], title, detail, order, _day(row["set_on"]), until, ends=until is not None
    )


def _training(row: Row) -> Line:
    hours = f"{row['hours']} {plural(row['hours'], 'час', 'часа', 'часов')}"
    kind = row["what"] or enums.TrainingKind(row["kind"]).label
    series = f"серия {row['document_series']}" if row["document_series"] else ""
    number_ = f"№ {row['document_number']}" if row["document_number"] else ""
    issued = f"от {date_short(_day(row['issued_on']))}" if row["issued_on"] else ""
    proof = " ".join(filter(None, [series, number_, issued])) or "без документа"
    return Line(
        "training",
        row["pk"],
        row["programme"],
        _joined(kind, hours, row["where"]),
        proof,
        _day(row["issued_on"] or row["ended_on"]),
    )


def _mentorship(row: Row) -> Line:
    mentee = initials_after(row["mentee_last"], row["mentee_first"], row["mentee_middle"])
    mentor = initials_after(row["mentor_last"], row["mentor_first"], row["mentor_middle"])
    until = _day(row["ended_on"])
    return Line(
        "mentorship",
        row["pk"],
        f"{mentor} — наставник, {mentee} — наставляемый",
        _joined(enums.MentoringForm(row["form"]).label, row["outcome"]),
        f"приказ № {row['order_number']} от {date_short(_day(row['order_on']))}",
        _day(row["started_on"]),
        until,
        ends=until is not None,
    )


def _consent(row: Row) -> Line:
    withdrawn, until = _day(row["withdrawn_on"]), _day(row["valid_until"])
    detail = f"отозвано {date_short(withdrawn)}" if withdrawn else until and f"до {date_short(until)}"
    title = f"согласие {enums.ConsentKind(row['kind']).label}"
    form = enums.ConsentForm(row["form"]).label
    ends = until is not None and withdrawn is None
    return Line("consent", row["pk"], title, detail or "", form, _day(row["given_on"]), until, ends=ends)


SPAN = ("started_on", "ended_on")
PROOF = ("document", "issued_on", "issuer")
_NAMES = {
    f"{who}_{part}": f"{who}__{part}_name"
    for who in ("mentor", "mentee")
    for part in ("last", "first", "middle")
}


def _pairs() -> QuerySet:
    return models.Mentorship.objects.filter(Q(mentor=OuterRef("pk")) | Q(mentee=OuterRef("pk")))


CHAPTERS = (
    Chapter(
        "employment",
        "Работа",
        _of_person(models.Employment),
        (*SPAN, "form", "rate", "order", "end_reason"),
        _employment,
        {"post": "position__name", "what": "subject__name", "where": "organization__short_name"},
    ),
    Chapter(
        "leave",
        "Длительные отпуска",
        lambda: models.Leave.objects.filter(employment__person=OuterRef("pk")),
        (*SPAN, "kind"),
        _leave,
    ),
    Chapter(
        "duty",
        "Обязанности",
        _of_person(models.Duty),
        (*SPAN, "order"),
        _duty,
        {"what": "kind__name", "where": "organization__short_name"},
    ),
    Chapter(
        "education",
        "Образование",
        _of_person(models.Education),
        ("degree", "is_pedagogical", "institution", "speciality", "qualification", *PROOF),
        _education,
    ),
    Chapter(
        "degree", "Учёные степени", _of_person(models.AcademicDegree), ("degree", "science", *PROOF), _degree
    ),
    Chapter(
        "category",
        "Квалификационные категории",
        _of_person(models.Category),
        ("kind", "set_on", "valid_until", "order_number", "order_on", "issuer"),
        _category,
        {"post": "position__name"},
    ),
    Chapter(
        "training",
        "Обучение",
        _of_person(models.Training),
        ("kind", "programme", "hours", "ended_on", "issued_on", "document_series", "document_number"),
        _training,
        {"where": "provider__name", "what": "obligatory__name"},
    ),
    Chapter("award", "Награды", _of_person(models.Award), ("title", "level", "awarded_on", *PROOF), _award),
    Chapter(
        "mentorship",
        "Наставничество",
        _pairs,
        (*SPAN, "form", "order_number", "order_on", "outcome"),
        _mentorship,
        _NAMES,
    ),
    Chapter(
        "consent",
        "Согласия",
        _of_person(models.Consent),
        ("kind", "form", "given_on", "valid_until", "withdrawn_on"),
        _consent,
    ),
)
TITLES = {one.kind: one.title for one in CHAPTERS}


def shown(chapters: dict[str, list[Line]]) -> Iterator[tuple[str, str, list[Line]]]:
    """Kind, title and lines of every chapter, the empty ones too."""
    for one in CHAPTERS:
        yield one.kind, one.title, chapters[one.kind]
