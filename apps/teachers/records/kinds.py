"""Every kind of row about a person: the word in the address, the table, the form, the words of the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from apps.teachers import models
from apps.teachers.records import row_forms as forms


@dataclass(frozen=True)
class Kind:
    """`blank` makes an unsaved row of the card of a person; `saved` is told when it is written."""

    slug: str
    model: type
    form: type[forms.RecordForm]
    title: str
    saved: str
    lead: str = ""
    blank: Callable[[models.Person], Any] | None = None

    @property
    def has_scan(self) -> bool:
        return issubclass(self.form, forms.ScannedForm)

    def new(self, person: models.Person) -> Any:
        return self.blank(person) if self.blank else self.model(person=person)


_ALL = [
    Kind(
        "employment",
        models.Employment,
        forms.EmploymentForm,
        "Место работы",
        "Место работы записано.",
        "Основное место работы в один день бывает только одно.",
    ),
    Kind(
        "leave",
        models.Leave,
        forms.LeaveForm,
        "Длительный отпуск",
        "Отпуск записан.",
        "Находящиеся в длительном отпуске в охвате повышением квалификации показываются отдельно.",
        lambda person: models.Leave(),
    ),
    Kind(
        "duty",
        models.Duty,
        forms.DutyForm,
        "Обязанность",
        "Обязанность записана.",
        "Что возложено приказом сверх должности; от этого зависит обязательное обучение.",
    ),
    Kind("education", models.Education, forms.EducationForm, "Образование", "Образование записано."),
    Kind("degree", models.AcademicDegree, forms.DegreeForm, "Учёная степень", "Учёная степень записана."),
    Kind("award", models.Award, forms.AwardForm, "Награда", "Награда записана."),
    Kind(
        "category",
        models.Category,
        forms.CategoryForm,
        "Квалификационная категория",
        "Категория записана.",
    ),
    Kind("training", models.Training, forms.TrainingForm, "Обучение", "Обучение записано."),
    Kind(
        "consent",
        models.Consent,
        forms.ConsentForm,
        "Согласие",
        "Согласие записано.",
        "Одно согласие — одна цель и отдельный документ (152-ФЗ, ст. 9).",
    ),
    Kind(
        "mentorship",
        models.Mentorship,
        forms.MentorshipForm,
        "Наставничество",
        "Наставничество записано.",
        "Нужны письменное согласие наставника и дополнительное соглашение (ТК РФ, ст. 351.8).",
        lambda person: models.Mentorship(mentee=person),
    ),
]
KINDS = {kind.slug: kind for kind in _ALL}


def kind_of(slug: str) -> Kind:
    """By the word of the address; `Http404` for an unknown one."""
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]
