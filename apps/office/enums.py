"""Words of the staff: categories of posts, kinds of orders, absences, acts."""

from django.db.models import TextChoices

from apps.core.clauses import SECTIONS
from apps.core.tones import Tone

# Directions of work are the sections of chapter III of the statute (5.3: staff from the directions).
DIRECTIONS = [(code, title) for code, title in SECTIONS.items() if code.startswith("3.")]


class PostCategory(TextChoices):
    """Who ИМО consists of (statute 6.2)."""

    HEAD = "head", "Заведующий"
    METHODIST = "methodist", "Методист"
    AUXILIARY = "auxiliary", "Вспомогательный персонал"
    TECHNICAL = "technical", "Технический персонал"


class ServiceKind(TextChoices):
    LEADING = "leading", "Руководящая"
    TEACHING = "teaching", "Педагогическая"
    OTHER = "other", "Иная"


class EditionState(TextChoices):
    DRAFT = "draft", "Проект"
    ON_APPROVAL = "on_approval", "На утверждении"
    APPROVED = "approved", "Утверждена"

    @property
    def tone(self) -> Tone:
        return {"draft": Tone.NEUTRAL, "on_approval": Tone.WARNING}.get(self.value, Tone.SUCCESS)


class OrderKind(TextChoices):
    HIRE = "hire", "Приём на работу"
    TRANSFER = "transfer", "Перевод"
    DISMISSAL = "dismissal", "Увольнение"
    LEAVE = "leave", "Отпуск"
    TRIP = "trip", "Командировка"
    ACTING = "acting", "Возложение обязанностей заведующего"
    STAFFING = "staffing", "Утверждение штатного расписания"
    STATUTE = "statute", "Изменение Положения об ИМО"
    REWARD = "reward", "Поощрение"
    OTHER = "other", "Иной приказ"


class OrderState(TextChoices):
    DRAFT = "draft", "Проект"
    RECORDED = "recorded", "Зарегистрирован"

    @property
    def tone(self) -> Tone:
        return Tone.SUCCESS if self is OrderState.RECORDED else Tone.NEUTRAL


class AbsenceKind(TextChoices):
    LEAVE = "leave", "Отпуск"
    ILLNESS = "illness", "Болезнь"
    TRIP = "trip", "Командировка"


class ActKind(TextChoices):
    """The local acts ИМО needs (statute 5.6)."""

    JOB_DESCRIPTION = "job_description", "Должностная инструкция"
    CONTRACT = "contract", "Трудовой договор"
    DEPARTMENT_STATUTE = "department_statute", "Положение о департаменте"
    IMO_STATUTE = "imo_statute", "Положение об ИМО"
    OTHER = "other", "Иной локальный акт"


class ActForce(TextChoices):
    """Told by the dates of an act; nothing is stored."""

    DRAFT = "draft", "Проект"
    AHEAD = "ahead", "Ещё не вступил"
    IN_FORCE = "in_force", "Действует"
    ENDED = "ended", "Утратил силу"

    @property
    def tone(self) -> Tone:
        tones = {"draft": Tone.NEUTRAL, "ahead": Tone.INFO, "in_force": Tone.SUCCESS}
        return tones.get(self.value, Tone.NEUTRAL)


class ProposalState(TextChoices):
    WAITING = "waiting", "Ждёт ответа"
    TAKEN = "taken", "Учтено"
    DECLINED = "declined", "Отклонено"

    @property
    def tone(self) -> Tone:
        return {"waiting": Tone.WARNING, "taken": Tone.SUCCESS}.get(self.value, Tone.NEUTRAL)


class EncouragementKind(TextChoices):
    GRATITUDE = "gratitude", "Благодарность"
    CERTIFICATE = "certificate", "Почётная грамота"
    AWARD = "award", "Награда или звание"
    MORAL = "moral", "Моральная поддержка"
    MATERIAL = "material", "Материальная поддержка"


class BriefingKind(TextChoices):
    """Instruction in safety at work (ПП РФ 24.12.2021 № 2464)."""

    INTRODUCTORY = "introductory", "Вводный"
    INITIAL = "initial", "Первичный на рабочем месте"
    REPEATED = "repeated", "Повторный"
    UNPLANNED = "unplanned", "Внеплановый"
    PURPOSE = "purpose", "Целевой"


class Addressee(TextChoices):
    """The role an appeal is written to; nobody else reads it."""

    HEAD = "head", "Заведующему ИМО"
    DIRECTOR = "director", "Руководителю департамента"


class AnswerState(TextChoices):
    WAITING = "waiting", "Ждёт ответа"
    ANSWERED = "answered", "Дан ответ"

    @property
    def tone(self) -> Tone:
        return Tone.SUCCESS if self is AnswerState.ANSWERED else Tone.WARNING
