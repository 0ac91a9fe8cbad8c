"""Words of planning: whose plan, by which year, in which state; terms, marks, kinds of document."""

import datetime

from django.db.models import TextChoices

from apps.core.clauses import SECTIONS
from apps.core.roles import Role
from apps.core.school_year import SchoolYear
from apps.core.tones import Tone


class PlanOwner(TextChoices):
    """Statute 1.5: ИМО works by the plan of the department and by its own."""

    DEPARTMENT = "department", "План работы департамента"
    IMO = "imo", "План работы ИМО"

    @property
    def approver(self) -> Role:
        """Whose approval the plan needs."""
        return Role.DIRECTOR if self is PlanOwner.DEPARTMENT else Role.HEAD


class YearKind(TextChoices):
    SCHOOL = "school", "учебный год"
    CALENDAR = "calendar", "календарный год"

    def first_day(self, year: int) -> datetime.date:
        return SchoolYear(year).first_day if self is YearKind.SCHOOL else datetime.date(year, 1, 1)

    def last_day(self, year: int) -> datetime.date:
        return SchoolYear(year).last_day if self is YearKind.SCHOOL else datetime.date(year, 12, 31)

    def title_of(self, year: int) -> str:
        """«2026/2027 учебный год», «2027 год»."""
        return SchoolYear(year).title if self is YearKind.SCHOOL else f"{year} год"


class PlanState(TextChoices):
    DRAFT = "draft", "Проект"
    ON_APPROVAL = "on_approval", "На утверждении"
    APPROVED = "approved", "Утверждён"
    CLOSED = "closed", "Закрыт"

    @property
    def tone(self) -> Tone:
        return {
            PlanState.DRAFT: Tone.NEUTRAL,
            PlanState.ON_APPROVAL: Tone.WARNING,
            PlanState.APPROVED: Tone.SUCCESS,
            PlanState.CLOSED: Tone.INFO,
        }[self]


class EditionState(TextChoices):
    """What became of a text that was sent for approval."""

    WAITING = "waiting", "На утверждении"
    RETURNED = "returned", "Возвращена"
    APPROVED = "approved", "Утверждена"

    @property
    def tone(self) -> Tone:
        return {
            EditionState.WAITING: Tone.WARNING,
            EditionState.RETURNED: Tone.DANGER,
            EditionState.APPROVED: Tone.SUCCESS,
        }[self]


class AmendmentState(TextChoices):
    DRAFT = "draft", "Проект"
    ON_APPROVAL = "on_approval", "На утверждении"
    APPROVED = "approved", "Утверждено"
    DROPPED = "dropped", "Снято"

    @property
    def tone(self) -> Tone:
        return {
            AmendmentState.DRAFT: Tone.NEUTRAL,
            AmendmentState.ON_APPROVAL: Tone.WARNING,
            AmendmentState.APPROVED: Tone.SUCCESS,
            AmendmentState.DROPPED: Tone.INFO,
        }[self]


# At most one of a plan is in these.
OPEN_AMENDMENTS = (AmendmentState.DRAFT, AmendmentState.ON_APPROVAL)


class LineKind(TextChoices):
    ADD = "add", "добавить"
    CHANGE = "change", "изменить"
    REMOVE = "remove", "исключить"


class Section(TextChoices):
    """The directions of the statute's section III, and what a plan holds beside them."""

    ANALYTICS = "3.1", SECTIONS["3.1"]
    INFORMATION = "3.2", SECTIONS["3.2"]
    METHODICAL = "3.3", SECTIONS["3.3"]
    CONSULTING = "3.4", SECTIONS["3.4"]
    INFORMATIZATION = "3.5", SECTIONS["3.5"]
    MANAGEMENT = "5", "Управление и работа с кадрами"


class TermKind(TextChoices):
    DAY = "day", "в указанный день"
    SPAN = "span", "с … по …"
    MONTH = "month", "в течение месяца"
    YEAR = "year", "в течение года"
    WEEKLY = "weekly", "еженедельно"
    MONTHLY = "monthly", "ежемесячно"
    QUARTERLY = "quarterly", "ежеквартально"


class Mark(TextChoices):
    """What has become of one holding of a planned event."""

    PLANNED = "planned", "Запланировано"
    MOVED = "moved", "Перенесено"
    DONE = "done", "Выполнено"
    CANCELLED = "cancelled", "Снято"

    @property
    def tone(self) -> Tone:
        return {
            Mark.PLANNED: Tone.NEUTRAL,
            Mark.MOVED: Tone.WARNING,
            Mark.DONE: Tone.SUCCESS,
            Mark.CANCELLED: Tone.INFO,
        }[self]


# Still to be done.
OPEN_MARKS = (Mark.PLANNED, Mark.MOVED)


class ResultKind(TextChoices):
    """The kind of document an event ends with (practice of annual plans)."""

    ORDER = "order", "приказ"
    NOTE = "note", "справка"
    ANALYTICAL_NOTE = "analytical_note", "аналитическая справка"
    GUIDELINES = "guidelines", "методические рекомендации"
    MINUTES = "minutes", "протокол"
    REPORT = "report", "отчёт"
    LETTER = "letter", "информационное письмо"
    REGULATION = "regulation", "положение"
    PROGRAMME = "programme", "программа"
    DIPLOMA = "diploma", "сертификаты и дипломы"
    DATABASE = "database", "база данных"
    OTHER = "other", "иное"


class ProgrammeLevel(TextChoices):
    """Whose programme it is (statute 2.2)."""

    MUNICIPAL = "municipal", "муниципальная"
    REGIONAL = "regional", "региональная"
    FEDERAL = "federal", "федеральная"


# The seven tasks of statute 2.2, in its order and in our words.
TASKS = (
    (1, "развитие муниципальной системы образования"),
    (2, "информационные, методические и организационные потребности организаций"),
    (3, "информационно-методическое пространство, анализ, диагностика и экспертиза"),
    (4, "единое образовательное пространство города и выход в сети"),
    (5, "развитие творческого потенциала педагогов"),
    (6, "муниципальные программы образования, воспитания и молодёжной политики"),
    (7, "целевые федеральные, региональные и муниципальные программы"),
)
