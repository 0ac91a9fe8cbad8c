"""A form for every kind of row about a person."""

from typing import Any

from django import forms

from apps.teachers import models
from apps.teachers.records.choices import kept_employments, kept_organizations, organizations_of, people_of
from apps.teachers.records.fields import RowForm

SCAN_HELP = "PDF, JPG или PNG. Скан видят только те, кто ведёт карточку."


class RecordForm(RowForm):
    """`person`: whose card; the form of a new row gets an unsaved one of the kind."""

    def __init__(self, *args: Any, person: models.Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)


class ScannedForm(RecordForm):
    file = forms.FileField(label="Скан документа", required=False, help_text=SCAN_HELP)
    drop_scan = forms.BooleanField(label="Удалить прежний скан", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.scan_id is None:
            del self.fields["drop_scan"]


class EmploymentForm(RecordForm):
    class Meta:
        model = models.Employment
        fields = ["organization", "position", "subject", "form", "rate", "weekly_hours", "started_on"]
        fields += ["ended_on", "order", "end_reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("organization", kept_organizations(self.by, self.instance.organization_id))


class LeaveForm(RecordForm):
    class Meta:
        model = models.Leave
        fields = ["employment", "kind", "started_on", "ended_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("employment", kept_employments(self.by, self.person))


class DutyForm(RecordForm):
    class Meta:
        model = models.Duty
        fields = ["organization", "kind", "order", "started_on", "ended_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("organization", organizations_of(self.by, self.person))


class EducationForm(ScannedForm):
    class Meta:
        model = models.Education
        fields = ["degree", "is_pedagogical", "institution", "speciality", "qualification", "document"]
        fields += ["issued_on"]


class DegreeForm(ScannedForm):
    class Meta:
        model = models.AcademicDegree
        fields = ["degree", "science", "document", "issued_on", "issuer"]


class AwardForm(ScannedForm):
    class Meta:
        model = models.Award
        fields = ["kind", "title", "level", "awarded_on", "document", "issued_on", "issuer"]
        help_texts = {"kind": "Выберите из справочника; название и уровень тогда можно не писать."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "level"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """The name and the level come from the book unless written."""
        cleaned = super().clean() or self.cleaned_data
        if kind := cleaned.get("kind"):
            cleaned["title"] = cleaned.get("title") or kind.name
            cleaned["level"] = cleaned.get("level") or kind.level
        return cleaned


class CategoryForm(ScannedForm):
    class Meta:
        model = models.Category
        fields = ["kind", "position", "set_on", "order_number", "order_on", "issuer"]
        help_texts = {
            "set_on": "Срок действия портал поставит сам: до 01.09.2023 — пять лет, позже — бессрочно."
        }


class TrainingForm(ScannedForm):
    class Meta:
        model = models.Training
        fields = ["kind", "obligatory", "programme", "topic", "provider", "hours", "form", "is_distance"]
        fields += ["started_on", "ended_on", "document_series", "document_number", "registration_number"]
        fields += ["issued_on", "funding", "cost", "frdo_checked_on", "frdo_result"]
        help_texts = {
            "obligatory": "Только для обязательного обучения.",
            "hours": "ДПО — повышение квалификации от 16 часов и переподготовка от 250 часов.",
        }


class ConsentForm(ScannedForm):
    class Meta:
        model = models.Consent
        fields = ["kind", "form", "given_on", "valid_until", "withdrawn_on"]


class MentorshipForm(RecordForm):
    """Both of the pair are chosen among those who work in the organisation."""

    class Meta:
        model = models.Mentorship
        fields = ["organization", "mentor", "mentee", "form", "programme", "order_number", "order_on"]
        fields += ["consent_on", "agreement_on", "is_paid", "started_on", "ended_on", "outcome"]
        widgets = {"outcome": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, organization: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = organization or self._place()
        kept = kept_organizations(self.by)
        self.offer("organization", kept.filter(pk=place.pk) if place else kept.none())
        self.initial.setdefault("organization", place.pk if place else None)
        pair = {name: getattr(self.instance, f"{name}_id") for name in ("mentor", "mentee")}
        for name, chosen in pair.items():
            people = people_of(self.by, place) if place else models.Person.objects.none()
            if chosen:
                people = people | models.Person.objects.visible_to(self.by).filter(pk=chosen)
            self.offer(name, people.order_by("name_key", "pk"))

    def _place(self) -> Any:
        """The organisation of the pair, or where the person of the card works now."""
        if self.instance.organization_id:
            return self.instance.organization
        here = organizations_of(self.by, self.person) if self.person else None
        return here.first() if here is not None else None


class MentoringEndForm(RowForm):
    class Meta:
        model = models.Mentorship
        fields = ["ended_on", "terminated_by", "notified_on", "outcome"]
        widgets = {"outcome": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "notified_on": "Когда предупредили о прекращении: не позже чем за три рабочих дня "
            "(ТК РФ ст. 351.8). При увольнении не нужно."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].required = self.fields["terminated_by"].required = True


class VacancyForm(RowForm):
    class Meta:
        model = models.Vacancy
        fields = ["organization", "position", "subject", "rate", "started_on", "ended_on", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = kept_organizations(self.by)
        self.offer("organization", kept)
        if len(own := kept[:2]) == 1:
            self.initial.setdefault("organization", own[0].pk)
