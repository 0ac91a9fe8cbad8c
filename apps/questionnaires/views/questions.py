"""The builder: questions are added, changed, moved, copied, deleted."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from apps.core.access import require
from apps.core.pages import pressed
from apps.questionnaires import forms, permissions
from apps.questionnaires.actions import questions as acts
from apps.questionnaires.actions.questionnaires import ONLY_WRITERS
from apps.questionnaires.answering import AnswerSheet
from apps.questionnaires.enums import QuestionKind
from apps.questionnaires.models import Question
from apps.questionnaires.models.questionnaires import VOLUNTARY
from apps.questionnaires.views.common import HOME, QuestionnaireForm, StaffPart, address, own_question


class QuestionCreate(QuestionnaireForm):
    form_class = forms.QuestionForm
    done = "Вопрос добавлен."

    @property
    def kind(self) -> str:
        kind = self.kwargs["kind"]
        if kind not in QuestionKind.values:
            raise Http404
        return kind

    def get_form_kwargs(self) -> dict[str, Any]:
        earlier = list(self.object.questions.all())
        return {**super().get_form_kwargs(), "kind": self.kind, "earlier": earlier}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = f"Новый вопрос: {QuestionKind(self.kind).label}"
        return super().get_context_data(**{"title": title, **kwargs})

    def act(self, form: Any) -> Question:
        return acts.add_question(questionnaire=self.object, by=self.request.user, **form.values())


class QuestionEdit(QuestionnaireForm):
    form_class = forms.QuestionForm
    queryset = Question.objects.select_related("questionnaire")

    def success_url(self) -> str:
        return self.object.questionnaire.get_absolute_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        row = self.object
        earlier = list(row.questionnaire.questions.filter(order__lt=row.order))
        given = {"instance": own_question(self.request, row.pk), "kind": row.kind, "earlier": earlier}
        return {**super().get_form_kwargs(), **given}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = f"Вопрос: {QuestionKind(self.object.kind).label}"
        return super().get_context_data(**{"title": title, **kwargs})

    def crumbs(self) -> list[tuple[str, str]]:
        row = self.object.questionnaire
        return [*HOME, (str(row), row.get_absolute_url())]

    def act(self, form: Any) -> Question:
        return acts.edit_question(question=self.object, by=self.request.user, **form.values())


def _pressed(request: HttpRequest, pk: int, act: Any, told: str, **given: Any) -> HttpResponse:
    question = own_question(request, pk)
    require(permissions.can_write(request.user), ONLY_WRITERS)
    to = f"{address('questionnaire-detail', question.questionnaire_id)}#questions"
    return pressed(request, act, told, to, question=question, **given)


@require_POST
def question_delete(request: HttpRequest, pk: int) -> HttpResponse:
    return _pressed(request, pk, acts.delete_question, "Вопрос удалён.")


@require_POST
def question_copy(request: HttpRequest, pk: int) -> HttpResponse:
    return _pressed(request, pk, acts.copy_question, "Вопрос скопирован.")


@require_POST
def question_move(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    return _pressed(request, pk, acts.move_question, "Порядок изменён.", up=way == "up")


class Preview(StaffPart):
    """The questionnaire as the answerer sees it; nothing is kept."""

    template_name = "questionnaires/preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheet = AnswerSheet(self.object.questions.all())
        return super().get_context_data(asked=sheet.asked(), voluntary=VOLUNTARY, **kwargs)
