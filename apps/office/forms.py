"""Forms of the staff; what they let through still passes the checks of the action."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from apps.core.forms import DayInput, day_field
from apps.office import models
from apps.office.actions.staffing import MONEY
from apps.office.enums import Addressee, OrderKind
from apps.organizations.forms import CleanModelForm


class StaffForm(CleanModelForm):
    """A form of a row; `by` narrows what may be chosen to what he sees."""

    def __init__(self, *args: Any, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = str(field.label)[:1].upper() + str(field.label)[1:]
            if isinstance(field, forms.DateField):
                field.widget = DayInput()
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = self._choices(name, field.queryset, by)

    def _choices(self, name: str, rows: Any, by: Any) -> Any:
        visible_to = getattr(rows, "visible_to", None)
        return visible_to(by) if visible_to is not None and by is not None else rows

    def _post_clean(self) -> None:
        """The action checks the row as a whole; here each field has been checked already."""


class EmployeeForm(StaffForm):
    class Meta:
        model = models.Employee
        fields = ["last_name", "first_name", "middle_name", "gender", "genitive_name", "dative_name"]
        fields += ["user", "direction"]

    def _choices(self, name: str, rows: Any, by: Any) -> Any:
        """Users of the department; an organisation's people are not staff of ИМО."""
        from apps.core.roles import CITY_READERS

        return rows.filter(grants__role__in=sorted(CITY_READERS)).distinct()


class ServiceForm(StaffForm):
    class Meta:
        model = models.Service
        fields = ["place", "post", "kind", "starts_on", "ends_on"]


class AppointmentForm(StaffForm):
    class Meta:
        model = models.Appointment
        fields = ["position", "units", "starts_on", "ends_on", "order_number", "order_date"]


class AppointmentEndForm(StaffForm):
    class Meta:
        model = models.Appointment
        fields = ["ends_on"]


class NormForm(StaffForm):
    months = forms.IntegerField(
        label="Стаж, месяцев", min_value=1, max_value=600, help_text="3 года — это 36 месяцев."
    )

    class Meta:
        model = models.ExperienceNorm
        fields = ["months", "basis", "in_force_from", "in_force_to"]
        help_texts = {
            "basis": "Акт и его пункт, которым установлен срок.",
            "in_force_from": "Прежняя бессрочная норма закончится накануне.",
            "in_force_to": "Оставьте пустым, если срок не ограничен.",
        }


class PositionForm(StaffForm):
    class Meta:
        model = models.Position
        fields = ["title", "category", "direction", "service_kind", "is_closed"]


class EditionForm(StaffForm):
    class Meta:
        model = models.StaffingEdition
        fields = ["in_force_from", "note"]


class NewEditionForm(EditionForm):
    copy_from = forms.ModelChoiceField(
        models.StaffingEdition.objects.all(),
        label="Взять должности из редакции",
        required=False,
        empty_label="начать с пустой",
    )


class LineForm(StaffForm):
    class Meta:
        model = models.StaffingLine
        fields = ["position", "units", *MONEY, "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.PORTAL_SALARIES:
            for name in MONEY:
                del self.fields[name]

    def _choices(self, name: str, rows: Any, by: Any) -> Any:
        return rows.filter(is_closed=False)


class ApproveForm(forms.Form):
    """`seen` is the revision of the page that was read."""

    order_number = forms.CharField(label="Номер приказа департамента", max_length=50)
    order_date = day_field("Дата приказа")
    seen = forms.CharField(widget=forms.HiddenInput, max_length=20)


class CommentForm(forms.Form):
    comment = forms.CharField(
        label="Что исправить", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


PEOPLE = ["employee", "starts_on", "ends_on"]
TEXTS = ["title", "preamble", "body", "control"]
ORDER_FIELDS: dict[str, list[str]] = {
    OrderKind.HIRE: ["employee", "position", "units", "starts_on", "ends_on"],
    OrderKind.TRANSFER: ["employee", "appointment", "position", "units", "starts_on", "ends_on"],
    OrderKind.DISMISSAL: ["employee", "appointment", "starts_on", "details"],
    OrderKind.LEAVE: [*PEOPLE, "substitute"],
    OrderKind.TRIP: [*PEOPLE, "details", "substitute"],
    OrderKind.ACTING: ["employee", "absent", "starts_on", "ends_on", "consent_on"],
    OrderKind.STAFFING: ["edition"],
    OrderKind.STATUTE: ["act", "starts_on"],
    OrderKind.REWARD: ["employee", "reward", "details", "starts_on"],
    OrderKind.OTHER: ["employee", "starts_on", "ends_on"],
}
LABELS: dict[str, dict[str, str]] = {
    OrderKind.DISMISSAL: {"starts_on": "Последний день работы", "details": "Основание прекращения"},
    OrderKind.TRIP: {"details": "Куда и зачем"},
    OrderKind.ACTING: {"employee": "Исполняющий обязанности"},
    OrderKind.STATUTE: {"starts_on": "Вступает в силу с"},
    OrderKind.REWARD: {"details": "За что", "starts_on": "Дата"},
}


class OrderForm(StaffForm):
    """The fields of a kind, and the texts: left empty they are made by the template."""

    class Meta:
        model = models.Order
        fields = [
            "employee", "appointment", "position", "units", "absent", "edition", "act", "reward",
            "starts_on", "ends_on", "details", "substitute", "consent_on", *TEXTS,
        ]  # fmt: skip
        widgets = {
            "preamble": forms.Textarea(attrs={"rows": 2}),
            "body": forms.Textarea(attrs={"rows": 7}),
        }

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        wanted = [*ORDER_FIELDS[kind], *TEXTS]
        self.fields = {name: self.fields[name] for name in wanted}
        for name, label in LABELS.get(kind, {}).items():
            self.fields[name].label = label
        self.fields["title"].required = kind == OrderKind.OTHER
        for name in ("title", "preamble", "body", "control"):
            if kind != OrderKind.OTHER:
                self.fields[name].help_text = "Оставьте пустым — портал составит сам."

    def _choices(self, name: str, rows: Any, by: Any) -> Any:
        rows = super()._choices(name, rows, by)
        if name == "edition":
            return rows.waiting()
        return rows.filter(kind="imo_statute", in_force_from=None) if name == "act" else rows

    @property
    def details(self) -> dict[str, Any]:
        return {**self.cleaned_data, "kind": self.kind}


class RecordForm(forms.Form):
    number = forms.CharField(
        label="Номер", max_length=50, help_text="Номер даёт департамент; портал приказы не нумерует."
    )
    date = day_field("Дата")


class ActingEndForm(forms.Form):
    ends_on = day_field("Последний день исполнения")
    reason = forms.CharField(label="Причина", max_length=500)


class SheetForm(forms.Form):
    employees = forms.ModelMultipleChoiceField(
        models.Employee.objects.none(), label="Кого ознакомить", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employees"].queryset = models.Employee.objects.visible_to(by).employed_on()


class ReadingForm(forms.Form):
    read_on = day_field("День ознакомления", help_text="Как в подписанном листе.")

    def __init__(self, *args: Any, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class UploadForm(forms.Form):
    file = forms.FileField(label="Файл", help_text="PDF, DOCX, ODT, JPG или PNG.")


class AbsenceForm(StaffForm):
    class Meta:
        model = models.Absence
        fields = ["employee", "kind", "starts_on", "ends_on", "substitute"]


class ActForm(StaffForm):
    class Meta:
        model = models.LocalAct
        fields = ["kind", "title", "position", "employee", "number", "date", "changes"]
        widgets = {"changes": forms.Textarea(attrs={"rows": 4})}


class ForceForm(forms.Form):
    in_force_from = day_field("Вступает в силу с")
    order_number = forms.CharField(label="Номер приказа департамента", max_length=50, required=False)
    order_date = day_field("Дата приказа", required=False)


class ActEndForm(forms.Form):
    in_force_to = day_field("Последний день действия")


class ProposalForm(StaffForm):
    class Meta:
        model = models.ActProposal
        fields = ["act", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}


class ProposalAnswerForm(forms.Form):
    is_taken = forms.TypedChoiceField(
        label="Решение",
        choices=[("yes", "Учесть"), ("no", "Отклонить")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label="Ответ", max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))


class EncouragementForm(StaffForm):
    class Meta:
        model = models.Encouragement
        fields = ["employee", "kind", "reason", "given_on", "basis"]


class BriefingForm(StaffForm):
    class Meta:
        model = models.SafetyBriefing
        fields = ["employee", "kind", "held_on", "next_on", "instructor"]


class TrainingForm(StaffForm):
    class Meta:
        model = models.StaffTraining
        fields = ["employee", "title", "provider", "hours", "starts_on", "ends_on", "document"]


class OwnTrainingForm(TrainingForm):
    """The employee enters his own."""

    class Meta(TrainingForm.Meta):
        fields = ["title", "provider", "hours", "starts_on", "ends_on", "document"]


class AppealForm(StaffForm):
    addressee = forms.ChoiceField(label="Кому", choices=Addressee.choices)

    class Meta:
        model = models.Appeal
        fields = ["addressee", "subject", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}


class AnswerForm(forms.Form):
    answer = forms.CharField(label="Ответ", max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}))


class VacancyDayForm(forms.Form):
    on = day_field("На дату", required=False, initial=timezone.localdate)
