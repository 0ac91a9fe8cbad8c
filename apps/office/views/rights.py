"""What the statute gives the staff (5.5): proposals, support, safety, own training, appeals."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.core.access import found
from apps.core.columns import Column
from apps.core.pages import DetailPage, pressed
from apps.office import actions, columns, filters, forms, permissions
from apps.office.enums import AnswerState, ProposalState
from apps.office.models import ActProposal, Appeal, Encouragement, SafetyBriefing, StaffTraining
from apps.office.views.common import (
    HOME,
    StaffCreate,
    StaffList,
    StaffObjectForm,
    address,
)


class KeptList(StaffList):
    """A register whose rows are opened by the heads."""

    is_of_rights = True
    edit_name = ""
    edit_column = "employee"
    shown: list[Column] = []

    def get_columns(self) -> list[Column]:
        may = permissions.can_keep_staff(self.request.user)
        return columns.editable(self.shown, self.edit_column, self.edit_name, may)


class KeptCreate(StaffCreate):
    model: Any = None

    def act(self, form: Any) -> Any:
        return actions.save_record(by=self.request.user, row=self.model(), **form.cleaned_data)


class KeptEdit(StaffObjectForm):
    template_name = "office/record_form.html"
    list_name = ""
    delete_name = ""

    def act(self, form: Any) -> Any:
        return actions.save_record(by=self.request.user, row=self.object, **form.cleaned_data)

    def success_url(self) -> str:
        return address(self.list_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(delete_url=address(self.delete_name, self.object.pk), **kwargs)


def deleted(request: HttpRequest, queryset: Any, pk: int, list_name: str) -> HttpResponse:
    row = found(queryset, pk=pk)
    return pressed(request, actions.remove_record, "Запись удалена.", address(list_name), row=row)


class EncouragementList(KeptList):
    queryset = Encouragement.objects.select_related("employee")
    filterset_class = filters.EncouragementFilters
    search = ("employee__last_name", "reason")
    shown = columns.ENCOURAGEMENTS
    order = "-given_on"
    title = "Поддержка и поощрения"
    lead = "Моральная и материальная поддержка сотрудников, благодарности и награды (п. 5.5 Положения)."
    forms = "запись,записи,записей"
    empty_title = "Поощрений пока нет"
    empty_text = "Поощрение по приказу появится здесь, когда приказ будет зарегистрирован."
    add_name, edit_name = "encouragement-create", "encouragement-edit"


class EncouragementCreate(KeptCreate):
    model = Encouragement
    form_class = forms.EncouragementForm
    title = "Поддержка или поощрение"
    list_name = "encouragement-list"


class EncouragementEdit(KeptEdit):
    queryset = Encouragement.objects
    form_class = forms.EncouragementForm
    title = "Поддержка или поощрение"
    list_name, delete_name = "encouragement-list", "encouragement-delete"


@require_POST
def encouragement_delete(request: HttpRequest, pk: int) -> HttpResponse:
    return deleted(request, Encouragement.objects.visible_to(request.user), pk, "encouragement-list")


class BriefingList(KeptList):
    queryset = SafetyBriefing.objects.select_related("employee")
    filterset_class = filters.BriefingFilters
    search = ("employee__last_name", "instructor")
    shown = columns.BRIEFINGS
    order = "-held_on"
    title = "Инструктажи по охране труда"
    lead = "Кто, когда и какой инструктаж прошёл и когда следующий (п. 5.5 Положения)."
    forms = "запись,записи,записей"
    empty_title = "Инструктажей пока нет"
    add_name, edit_name = "briefing-create", "briefing-edit"


class BriefingCreate(KeptCreate):
    model = SafetyBriefing
    form_class = forms.BriefingForm
    title = "Инструктаж по охране труда"
    list_name = "briefing-list"


class BriefingEdit(KeptEdit):
    queryset = SafetyBriefing.objects
    form_class = forms.BriefingForm
    title = "Инструктаж по охране труда"
    list_name, delete_name = "briefing-list", "briefing-delete"


@require_POST
def briefing_delete(request: HttpRequest, pk: int) -> HttpResponse:
    return deleted(request, SafetyBriefing.objects.visible_to(request.user), pk, "briefing-list")


class TrainingList(KeptList):
    queryset = StaffTraining.objects.select_related("employee")
    search = ("employee__last_name", "title", "provider")
    shown = columns.TRAININGS
    edit_column = "title"
    order = "-ends_on"
    title = "Обучение сотрудников"
    lead = "Повышение квалификации сотрудников ИМО (п. 5.5 Положения). Своё обучение вносит и сам сотрудник."
    forms = "запись,записи,записей"
    empty_title = "Обучение пока не внесено"
    add_name, edit_name = "training-create", "training-edit"

    def may_add(self) -> bool:
        return permissions.can_see_staff(self.request.user)


class TrainingCreate(KeptCreate):
    model = StaffTraining
    title = "Обучение"
    list_name = "training-list"

    def is_allowed(self) -> bool:
        return permissions.can_see_staff(self.request.user)

    def get_form_class(self) -> Any:
        keeps = permissions.can_keep_staff(self.request.user)
        return forms.TrainingForm if keeps else forms.OwnTrainingForm


class TrainingEdit(KeptEdit):
    queryset = StaffTraining.objects
    form_class = forms.TrainingForm
    title = "Обучение"
    list_name, delete_name = "training-list", "training-delete"


@require_POST
def training_delete(request: HttpRequest, pk: int) -> HttpResponse:
    return deleted(request, StaffTraining.objects.visible_to(request.user), pk, "training-list")


class ProposalList(StaffList):
    is_of_rights = True
    queryset = ActProposal.objects.select_related("author", "act")
    filterset_class = filters.ProposalFilters
    search = ("author__last_name", "act__title")
    columns = columns.PROPOSALS
    order = "-created_at"
    title = "Предложения к локальным актам"
    lead = (
        "Сотрудники участвуют в разработке локальных актов (п. 5.5 Положения): предложение и ответ на него."
    )
    forms = "предложение,предложения,предложений"
    empty_title = "Предложений пока нет"
    add_name, add_label = "proposal-create", "Внести предложение"

    def may_add(self) -> bool:
        return permissions.can_see_staff(self.request.user)


class ProposalCreate(StaffCreate):
    form_class = forms.ProposalForm
    title = "Предложение к локальному акту"
    button = "Отправить"
    list_name = "proposal-list"
    done = "Предложение отправлено."

    def is_allowed(self) -> bool:
        return permissions.can_see_staff(self.request.user)

    def act(self, form: Any) -> ActProposal:
        return actions.propose(by=self.request.user, **form.cleaned_data)


class ProposalPage(DetailPage):
    template_name = "office/proposal_detail.html"
    queryset = ActProposal.objects.select_related("author", "act", "answered_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title="Предложение к локальному акту",
            breadcrumbs=[*HOME, ("Предложения", address("proposal-list"))],
            state=ProposalState(self.object.state),
            details=[("К акту", self.object.act or "новый акт"), ("Автор", self.object.author)],
            may_answer=permissions.can_answer_proposal(self.request.user, self.object),
            **kwargs,
        )


class AnswerPage(StaffObjectForm):
    is_model_form = False
    title = "Ответ"
    button = "Ответить"
    done = "Ответ отправлен."
    page_name = ""

    def success_url(self) -> str:
        return reverse(f"office:{self.page_name}", args=[self.object.pk])


class ProposalAnswer(AnswerPage):
    queryset = ActProposal.objects.select_related("author")
    form_class = forms.ProposalAnswerForm
    page_name = "proposal-detail"

    def is_allowed(self) -> bool:
        return permissions.can_answer_proposal(self.request.user, self.object)

    def act(self, form: Any) -> ActProposal:
        return actions.answer_proposal(by=self.request.user, proposal=self.object, **form.cleaned_data)


class AppealList(StaffList):
    is_of_rights = True
    queryset = Appeal.objects.select_related("author")
    filterset_class = filters.AppealFilters
    search = ("subject",)
    columns = columns.APPEALS
    order = "-created_at"
    title = "Обращения"
    lead = "Обращение видят только его автор и тот, кому оно написано (п. 5.5 Положения)."
    forms = "обращение,обращения,обращений"
    empty_title = "Обращений пока нет"
    add_name, add_label = "appeal-create", "Написать обращение"

    def may_add(self) -> bool:
        return permissions.can_see_staff(self.request.user)


class AppealCreate(StaffCreate):
    form_class = forms.AppealForm
    title = "Обращение"
    lead = "Его прочтёт только тот, кому вы пишете."
    button = "Отправить"
    list_name = "appeal-list"
    done = "Обращение отправлено."

    def is_allowed(self) -> bool:
        return permissions.can_see_staff(self.request.user)

    def act(self, form: Any) -> Appeal:
        return actions.appeal(by=self.request.user, **form.cleaned_data)


class AppealPage(DetailPage):
    template_name = "office/appeal_detail.html"
    queryset = Appeal.objects.select_related("author", "answered_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.object.subject,
            breadcrumbs=[*HOME, ("Обращения", address("appeal-list"))],
            state=AnswerState(self.object.state),
            details=[("Кому", self.object.get_addressee_display()), ("Автор", self.object.author)],
            may_answer=permissions.can_answer_appeal(self.request.user, self.object),
            **kwargs,
        )


class AppealAnswer(AnswerPage):
    queryset = Appeal.objects.select_related("author")
    form_class = forms.AnswerForm
    page_name = "appeal-detail"

    def is_allowed(self) -> bool:
        return permissions.can_answer_appeal(self.request.user, self.object)

    def act(self, form: Any) -> Appeal:
        return actions.answer_appeal(by=self.request.user, appeal=self.object, **form.cleaned_data)
