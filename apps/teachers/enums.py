"""Choices of the registry of teachers; where a list is set by an act, the act stands beside it."""

from django.db.models import TextChoices

from apps.core.tones import Tone


class PositionGroup(TextChoices):
    """ПП РФ 21.02.2022 № 225; the last two are no positions of that list."""

    HEAD = "head", "руководитель организации"
    DEPUTY = "deputy", "заместитель, руководитель подразделения"
    PEDAGOGICAL = "pedagogical", "педагогический работник"
    SUPPORT = "support", "учебно-вспомогательный персонал"
    OTHER = "other", "иной работник"


# «Руководители» of the reports on professional development (statute 3.1.10).
LEADING = frozenset({PositionGroup.HEAD, PositionGroup.DEPUTY})


class SubjectArea(TextChoices):
    SCHOOL = "school", "учебный предмет"
    PRESCHOOL = "preschool", "образовательная область дошкольного образования"
    ADDITIONAL = "additional", "направленность дополнительного образования"
    OTHER = "other", "иное направление"


class EmploymentForm(TextChoices):
    MAIN = "main", "основное место работы"
    INTERNAL = "internal", "внутреннее совместительство"
    EXTERNAL = "external", "внешнее совместительство"


class LeaveKind(TextChoices):
    """Long leaves: whoever is on one is shown apart in the coverage (setting of `CoverageRule`)."""

    MATERNITY = "maternity", "по беременности и родам"
    CHILDCARE = "childcare", "по уходу за ребёнком"
    ARMY = "army", "военная служба"
    LONG = "long", "длительный отпуск до одного года"


class EducationDegree(TextChoices):
    """Levels of 273-ФЗ ст. 10 ч. 4–5."""

    GENERAL = "general", "среднее общее"
    WORKER = "worker", "СПО: квалифицированные рабочие, служащие"
    SPECIALIST = "specialist", "СПО: специалисты среднего звена"
    BACHELOR = "bachelor", "высшее: бакалавриат"
    MASTER = "master", "высшее: специалитет, магистратура"
    TOP = "top", "высшее: кадры высшей квалификации"


HIGHER = frozenset({EducationDegree.BACHELOR, EducationDegree.MASTER, EducationDegree.TOP})


class ScienceDegree(TextChoices):
    CANDIDATE = "candidate", "кандидат наук"
    DOCTOR = "doctor", "доктор наук"


class AwardLevel(TextChoices):
    STATE = "state", "государственная"
    MINISTRY = "ministry", "ведомственная"
    REGION = "region", "региональная"
    CITY = "city", "муниципальная"
    ORGANIZATION = "organization", "организации"


class CategoryKind(TextChoices):
    """Приказ Минпросвещения 24.03.2023 № 196."""

    COMPLIANCE = "compliance", "соответствие занимаемой должности"
    FIRST = "first", "первая"
    HIGHEST = "highest", "высшая"
    METHODIST = "methodist", "педагог-методист"
    MENTOR = "mentor", "педагог-наставник"


# From the lowest to the highest: which one a list shows of several.
CATEGORY_RANK = [
    CategoryKind.COMPLIANCE,
    CategoryKind.FIRST,
    CategoryKind.HIGHEST,
    CategoryKind.METHODIST,
    CategoryKind.MENTOR,
]


class TrainingKind(TextChoices):
    """The first two are additional professional education (ДПО); the rest never is."""

    ADVANCED = "advanced", "повышение квалификации"
    RETRAINING = "retraining", "профессиональная переподготовка"
    OBLIGATORY = "obligatory", "обязательное обучение (ГО, ЧС, ПБ и другое)"
    SEMINAR = "seminar", "семинар, вебинар, мастер-класс"
    INTERNSHIP = "internship", "стажировка вне программы ДПО"
    OTHER = "other", "иное обучение"


PROFESSIONAL = frozenset({TrainingKind.ADVANCED, TrainingKind.RETRAINING})


class TrainingForm(TextChoices):
    FULL_TIME = "full_time", "очная"
    PART_TIME = "part_time", "заочная"
    MIXED = "mixed", "очно-заочная"


class Funding(TextChoices):
    BUDGET = "budget", "бюджет"
    EXTRA = "extra", "внебюджетные средства организации"
    OWN = "own", "личные средства"
    FREE = "free", "бесплатно"


class FrdoResult(TextChoices):
    """What the public service of ФИС ФРДО answered (273-ФЗ ст. 98)."""

    FOUND = "found", "найден"
    NOT_FOUND = "not_found", "не найден"
    DIFFERS = "differs", "сведения расходятся"


class ConsentKind(TextChoices):
    """One purpose each, a document of its own (152-ФЗ ст. 9, 10.1; 156-ФЗ 24.06.2025)."""

    PROCESSING = "processing", "на обработку персональных данных"
    TRANSFER = "transfer", "на передачу персональных данных в ИМО"
    PUBLICATION = "publication", "на распространение персональных данных"
    IMAGE = "image", "на использование изображения"


class ConsentForm(TextChoices):
    PAPER = "paper", "на бумаге"
    ELECTRONIC = "electronic", "электронная подпись"


class MentoringForm(TextChoices):
    EXPERIENCED = "experienced", "опытный педагог — молодой педагог"
    NEW_POST = "new_post", "работник, новый в должности"
    CLASS_TEACHER = "class_teacher", "классный руководитель"
    DIGITAL = "digital", "цифровые навыки"
    OTHER = "other", "иная"


class Terminator(TextChoices):
    """Who ended mentoring before its term (ТК РФ ст. 351.8)."""

    EMPLOYER = "employer", "работодатель"
    MENTOR = "mentor", "наставник"
    LEFT = "left", "увольнение одного из них"


class TermState(TextChoices):
    """The state of an obligatory training or of any other term."""

    NOT_REQUIRED = "not_required", "не требуется"
    VALID = "valid", "обучен"
    SOON = "soon", "срок подходит"
    OVERDUE = "overdue", "просрочен"
    FIRST = "first", "впервые назначен"

    @property
    def tone(self) -> Tone:
        return {
            "not_required": Tone.NEUTRAL,
            "valid": Tone.SUCCESS,
            "soon": Tone.WARNING,
            "overdue": Tone.DANGER,
            "first": Tone.INFO,
        }[self.value]


class TermSubject(TextChoices):
    """Whose terms are watched by `TermNotice`; obligatory kinds carry their own thresholds."""

    PROFESSIONAL = "professional", "повышение квалификации"
    CATEGORY = "category", "квалификационная категория"
    CONSENT = "consent", "согласие"
    MENTORING = "mentoring", "наставничество"


class ChangesOrigin(TextChoices):
    IMPORT = "import", "загрузка из таблицы"
    ROUND = "round", "сентябрьское обновление"


class ChangesState(TextChoices):
    DRAFT = "draft", "Черновик"
    SENT = "sent", "Отправлен"
    RETURNED = "returned", "На доработке"
    ACCEPTED = "accepted", "Принят"
    UNDONE = "undone", "Отменён"
    DROPPED = "dropped", "Снят"

    @property
    def tone(self) -> Tone:
        return {
            "draft": Tone.NEUTRAL,
            "sent": Tone.INFO,
            "returned": Tone.WARNING,
            "accepted": Tone.SUCCESS,
            "undone": Tone.DANGER,
            "dropped": Tone.NEUTRAL,
        }[self.value]


class RowState(TextChoices):
    NEW = "new", "новый"
    CHANGED = "changed", "изменится"
    SAME = "same", "без изменений"
    LEFT = "left", "увольнение"
    FAULTY = "faulty", "с ошибками"

    @property
    def tone(self) -> Tone:
        tones = {"new": Tone.SUCCESS, "changed": Tone.INFO, "left": Tone.WARNING, "faulty": Tone.DANGER}
        return tones.get(self.value, Tone.NEUTRAL)
