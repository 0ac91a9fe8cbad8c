"""The register of local acts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_POST

from apps.core.access import found
from apps.core.files import downloaded
from apps.core.pages import DetailPage, pressed
from apps.core.russian import date_short
from apps.office import actions, columns, filters, forms, permissions
from apps.office.actions.acts import ONLY_DRAFT, same_act
from apps.office.enums import ActKind
from apps.office.models import LocalAct
from apps.office.queries import missing_acts
from apps.office.views.common import (
    HOME,
    StaffCreate,
    StaffList,
    StaffObjectForm,
    UploadPage,
    address,
)


class ActList(StaffList):
    template_name = "office/act_list.html"
    queryset = LocalAct.objects
    columns = columns.ACTS
    filterset_class = filters.ActFilters
    search = ("title", "number", "position__title")
    order = "title"
    title = "Локальные акты"
    lead = "Акты, которые регламентируют работу ИМО (п. 5.6 Положения), по редакциям."
    forms = "редакция,редакции,редакций"
    empty_title = "Локальных актов пока нет"
    add_name, add_label = "act-create", "Внести акт"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose contract is missing is for the heads; everybody sees the other gaps."""
        every = permissions.can_keep_staff(self.request.user)
        missing = [one for one in missing_acts() if every or one.kind != ActKind.CONTRACT]
        return super().get_context_data(missing=missing, **kwargs)


class ActPage(DetailPage):
    template_name = "office/act_detail.html"
    queryset = LocalAct.objects.select_related("position", "employee", "consented_by", "file")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, act = self.request.user, self.object
        return super().get_context_data(
            title=act.title,
            breadcrumbs=[*HOME, ("Локальные акты", address("act-list"))],
            details=self.details(act),
            editions=LocalAct.objects.visible_to(user)
            .filter(pk__in=[act.pk, *same_act(act).values_list("pk", flat=True)])
            .order_by("-edition"),
            edition_columns=columns.ACTS,
            may_edit=permissions.can_edit_act(user, act),
            may_keep=permissions.can_keep_staff(user),
            may_consent=permissions.can_consent(user, act),
            needs_consent=act.kind == ActKind.IMO_STATUTE and act.consented_on is None,
            **kwargs,
        )

    def details(self, act: LocalAct) -> list[tuple[str, Any]]:
        consent = f"{act.consented_by}, {date_short(act.consented_on)}" if act.consented_on else ""
        rows = [
            ("Вид", act.get_kind_display()),
            ("Редакция", act.edition),
            ("Должность", act.position),
            ("Сотрудник", act.employee),
            ("Номер", act.number),
            ("Дата", date_short(act.date)),
            ("Приказ департамента", act.order_text),
            ("Согласие заведующего", consent),
            ("Действует с", date_short(act.in_force_from)),
            ("Действует по", date_short(act.in_force_to)),
        ]
        return [(name, value) for name, value in rows if value not in (None, "")]


class ActCreate(StaffCreate):
    form_class = forms.ActForm
    title = "Локальный акт"
    lead = "Внесите проект редакции, приложите файл и введите его в действие."
    list_name = "act-list"
    done = "Проект редакции внесён."

    def act(self, form: Any) -> LocalAct:
        return actions.save_act(by=self.request.user, **form.cleaned_data)

    def success_url(self) -> str:
        made = getattr(self, "made", None)
        return made.get_absolute_url() if made else super().success_url()


class ActEdit(StaffObjectForm):
    queryset = LocalAct.objects
    form_class = forms.ActForm
    title = "Проект редакции"
    refusal = ONLY_DRAFT

    def is_allowed(self) -> bool:
        return permissions.can_edit_act(self.request.user, self.object)

    def act(self, form: Any) -> LocalAct:
        return actions.save_act(by=self.request.user, act=self.object, **form.cleaned_data)


@require_POST
def act_delete(request: HttpRequest, pk: int) -> HttpResponse:
    act = found(LocalAct.objects.visible_to(request.user), pk=pk)
    to = address("act-list") if act.in_force_from is None else act.get_absolute_url()
    return pressed(request, actions.delete_act, "Проект удалён.", to, act=act)


@require_POST
def act_consent(request: HttpRequest, pk: int) -> HttpResponse:
    act = found(LocalAct.objects.visible_to(request.user), pk=pk)
    return pressed(request, actions.give_consent, "Согласие записано.", act.get_absolute_url(), act=act)


class ActEnforce(ActEdit):
    form_class = forms.ForceForm
    is_model_form = False
    title = "Ввести в действие"
    lead = "Предыдущая редакция утратит силу накануне. Положению об ИМО нужны приказ и согласие заведующего."
    button = "Ввести в действие"
    done = "Редакция введена в действие."

    def act(self, form: Any) -> LocalAct:
        return actions.bring_into_force(by=self.request.user, act=self.object, **form.cleaned_data)


class ActEnd(StaffObjectForm):
    queryset = LocalAct.objects
    form_class = forms.ActEndForm
    is_model_form = False
    title = "Утрата силы"
    done = "Последний день действия сохранён."

    def act(self, form: Any) -> LocalAct:
        return actions.end_act(by=self.request.user, act=self.object, **form.cleaned_data)


class ActUpload(UploadPage):
    queryset = LocalAct.objects
    title = "Файл акта"
    lead = "Текст редакции. Прежний файл остаётся в хранилище."

    def keep(self, **given: Any) -> None:
        actions.attach_act_file(act=self.object, **given)


@require_GET
def act_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    act = found(LocalAct.objects.visible_to(request.user).select_related("file"), pk=pk)
    return downloaded(request.user, act, act.file, title="Файл локального акта")
