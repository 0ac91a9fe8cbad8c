"""Words of questionnaires: how they are answered, their states, kinds of questions, cuts of the results."""

from django.db.models import TextChoices

from apps.core.tones import Tone


class QuestionnaireState(TextChoices):
    DRAFT = "draft", "Черновик"
    OPEN = "open", "Идёт опрос"
    CLOSED = "closed", "Завершена"

    @property
    def tone(self) -> Tone:
        return {
            QuestionnaireState.DRAFT: Tone.NEUTRAL,
            QuestionnaireState.OPEN: Tone.SUCCESS,
            QuestionnaireState.CLOSED: Tone.INFO,
        }[self]


class Mode(TextChoices):
    """How people come to the questionnaire, and what is known of who answered."""

    ANONYMOUS = "anonymous", "анонимно: по ссылке и QR-коду организации"
    PERSONAL = "personal", "по личной одноразовой ссылке из письма"
    SIGNED_IN = "signed_in", "с входом на портал, ответ с именем"


class Audience(TextChoices):
    TEACHERS = "teachers", "педагоги"
    YOUNG_TEACHERS = "young_teachers", "молодые педагоги"
    HEADS = "heads", "руководители и их заместители"
    ALL = "all", "руководители и педагоги"


class QuestionKind(TextChoices):
    SINGLE = "single", "один вариант из списка"
    MULTIPLE = "multiple", "несколько вариантов из списка"
    SCALE = "scale", "оценка по шкале"
    RANKING = "ranking", "ранжирование"
    MATRIX = "matrix", "утверждения и шкала (матрица)"
    TEXT = "text", "свободный ответ"
    NUMBER = "number", "число"


# Kinds with a list of answers to write down.
WITH_OPTIONS = frozenset(
    {
        QuestionKind.SINGLE,
        QuestionKind.MULTIPLE,
        QuestionKind.SCALE,
        QuestionKind.RANKING,
        QuestionKind.MATRIX,
    }
)


class Passport(TextChoices):
    """What a question of the questionnaire itself tells of the answerer, to cut the results by."""

    NONE = "", "нет"
    POSITION = "position", "должность"
    EXPERIENCE = "experience", "группа по стажу"


class Cut(TextChoices):
    """What the results are laid out by."""

    ORGANIZATION = "organization", "Организации"
    KIND = "kind", "Виды организаций"
    POSITION = "position", "Должности"
    EXPERIENCE = "experience", "Стаж"
