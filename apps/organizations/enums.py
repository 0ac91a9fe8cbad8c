from django.db.models import TextChoices

from apps.core.tones import Tone


class OrganizationKind(TextChoices):
    """What the organisation is in the city's network (273-ФЗ ст. 23)."""

    SCHOOL = "school", "общеобразовательная организация"
    KINDERGARTEN = "kindergarten", "дошкольная образовательная организация"
    ADDITIONAL = "additional", "организация дополнительного образования"
    OTHER = "other", "иная организация"

    @property
    def plural_title(self) -> str:
        return _KIND_PLURALS[self.value]

    @property
    def short_title(self) -> str:
        """For a narrow column."""
        return _KIND_SHORT[self.value]


_KIND_PLURALS = {
    "school": "Общеобразовательные организации",
    "kindergarten": "Дошкольные образовательные организации",
    "additional": "Организации дополнительного образования",
    "other": "Иные организации",
}


_KIND_SHORT = {
    "school": "школа",
    "kindergarten": "детский сад",
    "additional": "доп. образование",
    "other": "иная",
}


class OrganizationType(TextChoices):
    """Type of a municipal institution (7-ФЗ ст. 9.1)."""

    BUDGETARY = "budgetary", "бюджетное"
    AUTONOMOUS = "autonomous", "автономное"
    STATE = "state", "казённое"
    NON_MUNICIPAL = "non_municipal", "не муниципальное"


class EducationLevel(TextChoices):
    """Levels of education (273-ФЗ ст. 10)."""

    PRESCHOOL = "preschool", "дошкольное"
    PRIMARY = "primary", "начальное общее"
    BASIC = "basic", "основное общее"
    SECONDARY = "secondary", "среднее общее"
    ADDITIONAL = "additional", "дополнительное"


class OrganizationStatus(TextChoices):
    ACTIVE = "active", "действует"
    SUSPENDED = "suspended", "деятельность приостановлена"
    REORGANIZED = "reorganized", "реорганизована"
    LIQUIDATED = "liquidated", "ликвидирована"

    @property
    def tone(self) -> Tone:
        tones = {"active": Tone.SUCCESS, "suspended": Tone.WARNING}
        return tones.get(self.value, Tone.NEUTRAL)
