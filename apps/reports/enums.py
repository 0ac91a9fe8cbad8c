from django.db.models import TextChoices

from apps.core.tones import Tone


class ClauseState(TextChoices):
    """Where the work of a clause is done; nothing is stored, it follows from what is registered."""

    INSIDE = "inside", "Ведётся в портале"
    OUTSIDE = "outside", "Вне портала"

    @property
    def tone(self) -> Tone:
        return Tone.SUCCESS if self is ClauseState.INSIDE else Tone.NEUTRAL


class ReportKind(TextChoices):
    ACTIVITY = "activity", "О деятельности ИМО"
    PLAN = "plan", "Об исполнении плана"
    PERSON = "person", "О деятельности методиста"


class ReportState(TextChoices):
    DRAFT = "draft", "Готовится"
    ON_APPROVAL = "on_approval", "На утверждении"
    APPROVED = "approved", "Утверждён"

    @property
    def tone(self) -> Tone:
        tones = {"draft": Tone.NEUTRAL, "on_approval": Tone.WARNING, "approved": Tone.SUCCESS}
        return tones[self.value]


class SectionKind(TextChoices):
    """How a section shows what it holds; each also has words of its own before it."""

    TEXT = "text", "Текст"
    LIST = "list", "Показатели списком"
    TABLE = "table", "Таблица: период, год назад, изменение"
    CHART = "chart", "Диаграмма"
