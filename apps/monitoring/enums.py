import datetime

from django.db.models import TextChoices

from apps.core.russian import date_short
from apps.core.school_year import SchoolYear
from apps.core.tones import Tone

MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip


class VersionState(TextChoices):
    DRAFT = "draft", "Черновик"
    PUBLISHED = "published", "Опубликована"

    @property
    def tone(self) -> Tone:
        return {
            VersionState.DRAFT: Tone.WARNING,
            VersionState.PUBLISHED: Tone.SUCCESS,
        }[self]


class PeriodKind(TextChoices):
    """What span a campaign's figures are about."""

    MONTH = "month", "месяц"
    QUARTER = "quarter", "квартал"
    SCHOOL_YEAR = "school_year", "учебный год"
    CALENDAR_YEAR = "calendar_year", "календарный год"
    DATE = "date", "на дату"

    def title_of(self, day: datetime.date) -> str:
        """How the period that begins on `day` (or is that day) is called."""
        match self:
            case PeriodKind.MONTH:
                return f"{MONTHS[day.month - 1]} {day.year} г."
            case PeriodKind.QUARTER:
                return f"{(day.month - 1) // 3 + 1} квартал {day.year} г."
            case PeriodKind.SCHOOL_YEAR:
                return SchoolYear.of(day).title
            case PeriodKind.CALENDAR_YEAR:
                return f"{day.year} год"
        return f"на {date_short(day)}"


class CampaignState(TextChoices):
    DRAFT = "draft", "Готовится"
    RUNNING = "running", "Идёт сбор"
    CLOSED = "closed", "Завершён"

    @property
    def tone(self) -> Tone:
        return {
            CampaignState.DRAFT: Tone.NEUTRAL,
            CampaignState.RUNNING: Tone.INFO,
            CampaignState.CLOSED: Tone.SUCCESS,
        }[self]


# An organisation sees a campaign in these.
STARTED_STATES = frozenset({CampaignState.RUNNING, CampaignState.CLOSED})


class ResponseState(TextChoices):
    NOT_STARTED = "not_started", "Не начат"
    DRAFT = "draft", "Черновик"
    SUBMITTED = "submitted", "Отправлен"
    RETURNED = "returned", "На доработке"
    ACCEPTED = "accepted", "Принят"

    @property
    def tone(self) -> Tone:
        return {
            ResponseState.NOT_STARTED: Tone.NEUTRAL,
            ResponseState.DRAFT: Tone.INFO,
            ResponseState.SUBMITTED: Tone.WARNING,
            ResponseState.RETURNED: Tone.DANGER,
            ResponseState.ACCEPTED: Tone.SUCCESS,
        }[self]


# The organisation may type into these.
EDITABLE_STATES = frozenset({ResponseState.NOT_STARTED, ResponseState.DRAFT, ResponseState.RETURNED})
# The organisation has answered: its figures are frozen until somebody moves it on.
SENT_STATES = frozenset({ResponseState.SUBMITTED, ResponseState.ACCEPTED})


class ChangeSource(TextChoices):
    """How a value got into a cell."""

    TYPED = "typed", "введено"
    PASTED = "pasted", "вставлено"
    CARD = "card", "из карточки организации"
    LAST_ROUND = "last_round", "из прошлого периода"
    LOADED = "loaded", "загружено из таблицы"
    COMPUTED = "computed", "вычислено"
    AMENDMENT = "amendment", "поправка"
    PHONE = "phone", "по телефону"
    OTHER_FORM = "other_form", "из другого отчёта"


class RemarkState(TextChoices):
    OPEN = "open", "Открыто"
    ANSWERED = "answered", "Отвечено"
    RESOLVED = "resolved", "Снято"

    @property
    def tone(self) -> Tone:
        return {
            RemarkState.OPEN: Tone.DANGER,
            RemarkState.ANSWERED: Tone.WARNING,
            RemarkState.RESOLVED: Tone.SUCCESS,
        }[self]


class AttachmentKind(TextChoices):
    SCAN = "scan", "подписанный отчёт"
    OTHER = "other", "приложение"


class ReportState(TextChoices):
    DRAFT = "draft", "Готовится"
    ON_APPROVAL = "on_approval", "На утверждении"
    APPROVED = "approved", "Утверждён"

    @property
    def tone(self) -> Tone:
        return {
            ReportState.DRAFT: Tone.NEUTRAL,
            ReportState.ON_APPROVAL: Tone.WARNING,
            ReportState.APPROVED: Tone.SUCCESS,
        }[self]


class AmendmentState(TextChoices):
    DRAFT = "draft", "Готовится"
    SENT = "sent", "На рассмотрении"
    ACCEPTED = "accepted", "Принята"
    REJECTED = "rejected", "Отклонена"

    @property
    def tone(self) -> Tone:
        return {
            AmendmentState.DRAFT: Tone.INFO,
            AmendmentState.SENT: Tone.WARNING,
            AmendmentState.ACCEPTED: Tone.SUCCESS,
            AmendmentState.REJECTED: Tone.DANGER,
        }[self]
