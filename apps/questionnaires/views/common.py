"""What the pages of a questionnaire share."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from apps.core.access import found
from apps.core.pages import ActingForm, DetailPage, FormPage, ObjectFormPage
from apps.questionnaires import permissions
from apps.questionnaires.enums import Mode
from apps.questionnaires.models import Question, Questionnaire

HOME = [("Анкеты", "/questionnaires/")]
STAFF_ONLY = "Эта страница — для сотрудников ИМО и руководителя департамента."
QUESTIONNAIRES = Questionnaire.objects.select_related("copied_from")


def address(name: str, *args: Any) -> str:
    return reverse(f"questionnaires:{name}", args=args)


def tabs_of(row: Questionnaire) -> list[tuple[str, str]]:
    """The parts of a questionnaire for the department."""
    parts = [("Вопросы", "questionnaire-detail"), ("Ход опроса", "questionnaire-progress")]
    if row.mode == Mode.PERSONAL:
        parts.append(("Личные ссылки", "invitee-list"))
    parts += [("Итоги", "questionnaire-results")]
    return [(title, address(name, row.pk)) for title, name in parts]


def own(request: HttpRequest, pk: int) -> Questionnaire:
    return found(QUESTIONNAIRES.visible_to(request.user), pk=pk)


class StaffPart(DetailPage):
    """A part of a questionnaire for the department, under its tabs."""

    queryset = QUESTIONNAIRES
    refusal = STAFF_ONLY

    def is_allowed(self) -> bool:
        return permissions.can_read_results(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        given = {"title": row.title, "lead": "", "breadcrumbs": HOME, "part_tabs": tabs_of(row)}
        return super().get_context_data(**{**given, **kwargs})


class QuestionnaireForm(ActingForm, ObjectFormPage):
    """A form about a questionnaire, for who writes it."""

    queryset = QUESTIONNAIRES
    refusal = "Анкеты составляют и проводят методисты и заведующий."

    def is_allowed(self) -> bool:
        return permissions.can_write(self.request.user)

    def success_url(self) -> str:
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"breadcrumbs": self.crumbs(), **kwargs})

    def crumbs(self) -> list[tuple[str, str]]:
        return [*HOME, (str(self.object), self.object.get_absolute_url())]


class QuestionnaireCreateForm(ActingForm, FormPage):
    pass


def own_question(request: HttpRequest, pk: int) -> Question:
    return found(Question.objects.visible_to(request.user).select_related("questionnaire"), pk=pk)
