"""Orders: the register, drafting by kind, recording, the scan, acquaintance, the early end of acting."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.core import journal
from apps.core.access import found, require
from apps.core.enums import Verb
from apps.core.files import DOCX, PDF, downloaded, made_response
from apps.core.pages import DetailPage, pressed
from apps.core.registry import Task
from apps.core.russian import date_short
from apps.office import actions, columns, filters, forms, permissions
from apps.office.actions.common import ONLY_KEEPERS
from apps.office.actions.orders import ONLY_DIRECTOR, ONLY_DRAFT
from apps.office.enums import OrderKind, OrderState
from apps.office.models import Acquaintance, Employee, Order
from apps.office.printing.documents import acquaintance_pdf, order_docx, order_pdf
from apps.office.printing.sheets import order_sheet
from apps.office.standing_in import tasks_left_by
from apps.office.views.common import (
    HOME,
    StaffCreate,
    StaffList,
    StaffObjectForm,
    UploadPage,
    address,
)

CONSENT = "Обязанности возлагают только с письменного согласия сотрудника: впишите его дату."
ORDERS = [*HOME, ("Приказы", "/office/orders/")]


class OrderList(StaffList):
    queryset = Order.objects.select_related("employee")
    columns = columns.ORDERS
    filterset_class = filters.OrderFilters
    search = ("title", "number", "employee__last_name")
    order = "-date"
    title = "Приказы"
    lead = "Портал составляет проект; номер и дату даёт департамент, без них приказ ничего не меняет."
    forms = "приказ,приказа,приказов"
    empty_title = "Приказов пока нет"
    empty_text = "Здесь появятся приказы департамента о сотрудниках ИМО."
    add_name, add_label = "order-create", "Составить приказ"


class OrderPage(DetailPage):
    template_name = "office/order_detail.html"
    queryset = Order.objects.select_related(
        "employee__user", "position", "absent", "substitute", "edition", "act", "scan", "recorded_by",
        "grant", "created_by", "appointment__position",
    )  # fmt: skip
    reads_personal_data = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, order = self.request.user, self.object
        lines = Acquaintance.objects.visible_to(user).filter(order=order).select_related("employee")
        return super().get_context_data(
            title=order.title,
            breadcrumbs=ORDERS,
            state=OrderState(order.state),
            details=order_details(order),
            sheet=order_sheet(order),
            lines=[(one, one.read_on is None and order.is_recorded and self.may_mark(one)) for one in lines],
            may_edit=permissions.can_edit_order(user, order),
            may_enter_days=order.is_recorded and permissions.can_keep_staff(user),
            may_record=permissions.can_record_order(user, order),
            may_keep=permissions.can_keep_staff(user),
            may_end_acting=permissions.can_end_acting(user, order) and self.is_running(),
            tasks_left=self.tasks_left(),
            shows_tasks_left=self.shows_tasks_left(),
            waits_for_director=order.kind == OrderKind.STAFFING and not order.is_recorded,
            **kwargs,
        )

    def may_mark(self, line: Acquaintance) -> bool:
        user = self.request.user
        return permissions.can_keep_staff(user) or line.employee.user_id == user.pk

    def shows_tasks_left(self) -> bool:
        """The heads see what a dismissed employee leaves open, while the order is a draft and after it."""
        order = self.object
        knows = bool(order.employee and order.employee.user and order.starts_on)
        return order.kind == OrderKind.DISMISSAL and knows and permissions.can_keep_staff(self.request.user)

    def tasks_left(self) -> list[Task]:
        order = self.object
        if not self.shows_tasks_left():
            return []
        assert order.employee and order.employee.user and order.starts_on
        return tasks_left_by(order.employee.user, order.starts_on)

    def is_running(self) -> bool:
        grant = self.object.grant
        return grant is not None and grant.ends_on >= timezone.localdate()


def order_details(order: Order) -> list[tuple[str, Any]]:
    """Only what the kind of the order has."""
    labels = forms.LABELS.get(order.kind, {})
    dates = [
        ("Номер и дата", order.order_text),
        (labels.get("starts_on", "С"), order.starts_on),
        ("По", order.ends_on),
    ]
    rows = [
        ("Вид", order.get_kind_display()),
        *[(name, date_short(value) if hasattr(value, "year") else value) for name, value in dates],
        (labels.get("employee", "Сотрудник"), order.employee),
        (labels.get("details", "Подробности"), order.details),
        ("Должность", order.position),
        ("Ставка", order.units),
        ("Прежнее назначение", order.appointment),
        ("На время отсутствия", order.absent),
        ("Замещает", order.substitute),
        ("Редакция", order.edition or order.act),
        ("Письменное согласие", date_short(order.consent_on) if order.consent_on else ""),
        ("Прекращено досрочно", date_short(order.ended_early_on) if order.ended_early_on else ""),
        ("Зарегистрировал", order.recorded_by),
    ]
    return [(name, value) for name, value in rows if value not in (None, "", "—")]


class OrderCreate(StaffCreate):
    """First the kind, then its fields."""

    template_name = "office/order_form.html"
    form_class = forms.OrderForm
    title = "Новый приказ"
    lead = "Выберите вид приказа: от него зависит, какие сведения нужны и что изменится."
    list_name = "order-list"
    button = "Составить проект"
    done = "Проект составлен. Проверьте текст и передайте его в департамент."

    @property
    def kind(self) -> str:
        chosen = self.request.GET.get("kind", "")
        return chosen if chosen in OrderKind.values else ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "kind": self.kind or OrderKind.OTHER}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.kind
        texts = {"title": f"Новый приказ: {OrderKind(kind).label.lower()}", "lead": ""} if kind else {}
        return super().get_context_data(
            **{
                "kind": kind,
                "kinds": [(label, f"?kind={value}") for value, label in OrderKind.choices],
                "breadcrumbs": ORDERS,
                **texts,
                **kwargs,
            }
        )

    def act(self, form: Any) -> Order:
        return actions.draft_order(by=self.request.user, **form.details)

    def success_url(self) -> str:
        made = getattr(self, "made", None)
        return made.get_absolute_url() if made else super().success_url()


class OrderEdit(StaffObjectForm):
    queryset = Order.objects
    form_class = forms.OrderForm
    title = "Проект приказа"
    refusal = ONLY_DRAFT

    def is_allowed(self) -> bool:
        return permissions.can_edit_order(self.request.user, self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "kind": self.object.kind}

    def act(self, form: Any) -> Order:
        return actions.change_order(by=self.request.user, order=self.object, **form.cleaned_data)


@require_POST
def order_delete(request: HttpRequest, pk: int) -> HttpResponse:
    order = found(Order.objects.visible_to(request.user), pk=pk)
    to = order.get_absolute_url() if order.is_recorded else address("order-list")
    return pressed(request, actions.delete_order, "Проект приказа удалён.", to, order=order)


class OrderRecord(StaffObjectForm):
    queryset = Order.objects
    form_class = forms.RecordForm
    is_model_form = False
    title = "Зарегистрировать приказ"
    lead = "Внесите номер и дату, под которыми приказ издал департамент. После этого приказ действует."
    button = "Зарегистрировать"
    done = "Приказ зарегистрирован."

    def is_allowed(self) -> bool:
        return permissions.can_record_order(self.request.user, self.object)

    @property
    def refusal(self) -> str:  # type: ignore[override]
        return ONLY_DIRECTOR if self.object.kind == OrderKind.STAFFING else ONLY_KEEPERS

    def act(self, form: Any) -> Order:
        return actions.record_order(by=self.request.user, order=self.object, **form.cleaned_data)


class OrderScanUpload(UploadPage):
    queryset = Order.objects
    title = "Скан приказа"
    lead = "Подписанный приказ. Портал не создаёт квалифицированную подпись и не заменяет её."

    def keep(self, **given: Any) -> None:
        actions.attach_scan(order=self.object, **given)


@require_GET
def order_scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    order = found(Order.objects.visible_to(request.user).select_related("scan"), pk=pk)
    return downloaded(request.user, order, order.scan, title="Скан приказа")


@require_GET
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    order = found(Order.objects.visible_to(request.user), pk=pk)
    journal.record(by=request.user, verb=Verb.PRINTED, subject=order, title="Приказ")
    name = order_sheet(order).file_name
    return made_response(order_pdf(order), f"{name}.pdf", PDF)


@require_GET
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    order = found(Order.objects.visible_to(request.user), pk=pk)
    journal.record(by=request.user, verb=Verb.EXPORTED, subject=order, title="Приказ")
    return made_response(order_docx(order), f"{order_sheet(order).file_name}.docx", DOCX)


@require_GET
def sheet_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    order = found(Order.objects.visible_to(request.user), pk=pk)
    require(permissions.can_keep_staff(request.user), ONLY_KEEPERS)
    journal.record(by=request.user, verb=Verb.PRINTED, subject=order, title="Лист ознакомления")
    return made_response(acquaintance_pdf(order), "Лист ознакомления.pdf", PDF)


class SheetPage(StaffObjectForm):
    queryset = Order.objects
    form_class = forms.SheetForm
    is_model_form = False
    title = "Лист ознакомления"
    lead = "Кого ознакомить с приказом. Уже внесённые остаются."
    button = "Добавить"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def act(self, form: Any) -> None:
        people: list[Employee] = list(form.cleaned_data["employees"])
        actions.add_to_sheet(by=self.request.user, order=self.object, employees=people)


@require_POST
def acquaintance_read(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """«Ознакомлен»: pressed by the employee himself, or by a head from the signed sheet."""
    order = found(Order.objects.visible_to(request.user), pk=pk)
    lines = Acquaintance.objects.visible_to(request.user).filter(order=order).select_related("employee")
    one = found(lines, pk=line)
    to = order.get_absolute_url()
    return pressed(request, actions.mark_read, "Отметка об ознакомлении сохранена.", to, line=one)


class ReadingPage(StaffObjectForm):
    """The day of a signature on the paper sheet, entered by a head; a mistaken day is entered anew."""

    queryset = Acquaintance.objects.select_related("order", "employee")
    form_class = forms.ReadingForm
    is_model_form = False
    title = "День ознакомления"
    button = "Сохранить"
    done = "День ознакомления сохранён."

    def get_object(self, queryset: Any = None) -> Acquaintance:
        order = found(Order.objects.visible_to(self.request.user), pk=self.kwargs["pk"])
        lines = Acquaintance.objects.visible_to(self.request.user).filter(order=order)
        return found(lines.select_related("order", "employee"), pk=self.kwargs["line"])

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "read_on": self.object.read_on}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = self.object
        lead = f"{line.employee.full_name}. {line.order}: день — не раньше приказа и не позже сегодняшнего."
        crumbs = [*ORDERS, (line.order.title, line.order.get_absolute_url())]
        return super().get_context_data(**{"lead": lead, "breadcrumbs": crumbs, **kwargs})

    def act(self, form: Any) -> Acquaintance:
        return actions.mark_read(by=self.request.user, line=self.object, **form.cleaned_data)

    def success_url(self) -> str:
        return self.object.order.get_absolute_url()


class ActingEnd(StaffObjectForm):
    queryset = Order.objects.select_related("employee", "grant")
    form_class = forms.ActingEndForm
    is_model_form = False
    title = "Прекратить исполнение обязанностей досрочно"
    lead = (
        "Права вернутся заведующему на следующий день. Уведомления получат оба и руководитель департамента."
    )
    button = "Прекратить"
    done = "Исполнение обязанностей прекращено."
    refusal = "Прекратить исполнение обязанностей может заведующий или руководитель департамента."

    def is_allowed(self) -> bool:
        return permissions.can_end_acting(self.request.user, self.object)

    def act(self, form: Any) -> Order:
        return actions.end_acting(by=self.request.user, order=self.object, **form.cleaned_data)
