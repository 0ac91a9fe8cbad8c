"""Questionnaires: the list, the card with its questions, conditions, beginning and end."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.core.access import require
from apps.core.lists import ListPage
from apps.core.mail import absolute
from apps.core.pages import DetailPage, pressed
from apps.core.qr import qr_svg
from apps.questionnaires import columns, filters, forms, needs_template, permissions, queries
from apps.questionnaires.actions import questionnaires as acts
from apps.questionnaires.enums import Mode, QuestionKind, QuestionnaireState
from apps.questionnaires.models import Direction, Questionnaire
from apps.questionnaires.models.asked import Recipient
from apps.questionnaires.models.questionnaires import VOLUNTARY
from apps.questionnaires.views.common import (
    HOME,
    QUESTIONNAIRES,
    QuestionnaireCreateForm,
    QuestionnaireForm,
    address,
    own,
    tabs_of,
)


class QuestionnaireList(ListPage):
    template_name = "questionnaires/questionnaire_list.html"
    queryset = Questionnaire.objects
    columns = columns.QUESTIONNAIRES
    filterset_class = filters.QuestionnaireFilters
    search = ["title"]
    title = "Анкеты"
    lead = "Опросы педагогов и руководителей. Участие в них добровольное."
    forms = "анкета,анкеты,анкет"
    empty_title = "Анкет пока нет"
    empty_text = "Здесь появятся анкеты, на которые можно ответить."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            may_write=permissions.can_write(user),
            may_read=permissions.can_read_results(user),
            waiting=queries.waiting_for(user),
            **kwargs,
        )


class QuestionnairePage(DetailPage):
    """For the department the questions; for an organisation what is asked, the link and the QR code."""

    queryset = QUESTIONNAIRES

    def get_template_names(self) -> list[str]:
        name = "detail" if permissions.can_read_results(self.request.user) else "invitation"
        return [f"questionnaires/questionnaire_{name}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user = self.object, self.request.user
        may_answer = permissions.is_asked(user, row)
        given = {
            "title": row.title,
            "lead": "",
            "breadcrumbs": HOME,
            "voluntary": VOLUNTARY,
            "may_answer": may_answer and row.pk not in queries.answered_ids(user),
            "has_answered": may_answer and row.pk in queries.answered_ids(user),
        }
        return super().get_context_data(**given, **self.parts(), **kwargs)

    def parts(self) -> dict[str, Any]:
        row, user = self.object, self.request.user
        if not permissions.can_read_results(user):
            own_ones = row.recipients.all().visible_to(user).select_related("organization")
            is_linked = row.mode == Mode.ANONYMOUS and row.state == QuestionnaireState.OPEN
            return {"recipients": list(own_ones) if is_linked else []}
        return {
            "part_tabs": tabs_of(row),
            "questions": list(row.questions.select_related("shown_if")),
            "kinds": QuestionKind.choices,
            "may_edit": permissions.can_edit(user, row),
            "may_write": permissions.can_write(user),
            "asked_count": row.recipients.count(),
        }


class QuestionnaireCreate(QuestionnaireCreateForm):
    form_class = forms.QuestionnaireForm
    title = "Новая анкета"
    lead = "Вопросы и организации добавляются после."
    done = "Анкета создана. Добавьте вопросы."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require(permissions.can_write(request.user), acts.ONLY_WRITERS)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(breadcrumbs=HOME, **kwargs)

    def act(self, form: Any) -> Questionnaire:
        return acts.create_questionnaire(by=self.request.user, **form.cleaned_data)

    def success_url(self) -> str:
        made = getattr(self, "made", None)
        return made.get_absolute_url() if made else address("questionnaire-list")


class QuestionnaireEdit(QuestionnaireForm):
    form_class = forms.QuestionnaireForm
    title = "Условия анкеты"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": own(self.request, self.object.pk)}

    def act(self, form: Any) -> Questionnaire:
        return acts.edit_questionnaire(questionnaire=self.object, by=self.request.user, **form.cleaned_data)


class QuestionnaireExtend(QuestionnaireForm):
    form_class = forms.LastDayForm
    title = "Продлить опрос"
    button = "Продлить срок"

    def get_initial(self) -> dict[str, Any]:
        return {"closes_on": self.object.closes_on}

    def act(self, form: Any) -> Questionnaire:
        return acts.extend_questionnaire(questionnaire=self.object, by=self.request.user, **form.cleaned_data)


class RecipientsEdit(QuestionnaireForm):
    form_class = forms.RecipientsForm
    title = "Кого опрашиваем"
    lead = "У каждой организации будет своя ссылка и QR-код."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"organizations": list(self.object.recipients.values_list("organization_id", flat=True))}

    def act(self, form: Any) -> Questionnaire:
        return acts.set_recipients(
            questionnaire=self.object, by=self.request.user, organizations=form.cleaned_data["organizations"]
        )


class Poster(DetailPage):
    """A sheet for the wall of the staff room."""

    queryset = Recipient.objects.select_related("questionnaire", "organization")
    template_name = "questionnaires/poster.html"

    def is_allowed(self) -> bool:
        row = self.object.questionnaire
        return row.mode == Mode.ANONYMOUS and row.state == QuestionnaireState.OPEN

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        link = absolute(self.object.link)
        return super().get_context_data(
            title=self.object.questionnaire.title,
            link=link,
            qr=qr_svg(link, size_mm=70, label="QR-код анкеты"),
            voluntary=VOLUNTARY,
            **kwargs,
        )


@require_POST
def questionnaire_template(request: HttpRequest) -> HttpResponse:
    require(permissions.can_write(request.user), acts.ONLY_WRITERS)
    made = needs_template.load_needs_template(by=request.user)
    return redirect(made.get_absolute_url())


@require_POST
def questionnaire_delete(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    require(permissions.can_write(request.user), acts.ONLY_WRITERS)
    to = address("questionnaire-list") if row.is_draft else row.get_absolute_url()
    return pressed(request, acts.delete_questionnaire, "Черновик анкеты удалён.", to, questionnaire=row)


@require_POST
def questionnaire_open(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    told = "Опрос начат. Ответственные организаций получили уведомление."
    return pressed(request, acts.open_questionnaire, told, row.get_absolute_url(), questionnaire=row)


@require_POST
def questionnaire_close(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    to = address("questionnaire-results", pk)
    if not permissions.can_write(request.user):
        raise PermissionDenied
    return pressed(request, acts.close_questionnaire, "Опрос завершён.", to, questionnaire=row)


@require_POST
def questionnaire_copy(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    made = acts.copy_questionnaire(questionnaire=row, by=request.user)
    return redirect(made.get_absolute_url())


class DirectionList(ListPage):
    queryset = Direction.objects.select_related("questionnaire")
    columns = columns.DIRECTIONS
    search = ["title", "questionnaire__title"]
    title = "Направления совершенствования"
    lead = "Выбраны по итогам анкет и ведут к мероприятиям плана (п. 3.1.5 Положения)."
    forms = "направление,направления,направлений"
    empty_text = "Откройте итоги анкеты и нажмите «Выбрать направление» у нужного ответа."
    template_name = "questionnaires/direction_list.html"

    def is_allowed(self) -> bool:
        return permissions.can_read_results(self.request.user)
