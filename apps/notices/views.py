"""One's own notices, and the log of letters."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.db.models.lookups import IsNull
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import TemplateView

from apps.core.access import Conflict, found
from apps.core.lists import ListPage
from apps.core.pages import DetailPage
from apps.core.pagination import Pages
from apps.notices import actions, permissions
from apps.notices.columns import DELIVERY_COLUMNS
from apps.notices.enums import DeliveryState
from apps.notices.filters import DeliveryFilter
from apps.notices.forms import FrequencyForm
from apps.notices.models import Delivery, Notice

LOG = reverse_lazy("notices:delivery-list")
SIZES = (25, 50, 100)


class NoticeList(TemplateView):
    """Unread ones first, each group by time."""

    template_name = "notices/notice_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Notice.objects.visible_to(self.request.user).select_related("sent_by")
        rows = own.order_by(IsNull(F("read_at"), False), "-created_at", "-pk")
        page = Paginator(rows, SIZES[0]).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            title="Уведомления",
            lead="Что произошло в ваших мониторингах и документах.",
            pages=Pages(page, self.request.GET, SIZES),
            notices=page.object_list,
            has_unread=own.unread().exists(),
            **kwargs,
        )


@require_GET
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks the notice read and leads to its page; one without a page comes back to the list."""
    notice = found(Notice.objects.visible_to(request.user), pk=pk)
    actions.mark_read(by=request.user, notice=notice)
    is_own = url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if notice.url and is_own else "notices:notice-list")


@require_POST
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    actions.mark_read(by=request.user, notice=found(Notice.objects.visible_to(request.user), pk=pk))
    return redirect("notices:notice-list")


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    actions.mark_all_read(by=request.user)
    return redirect("notices:notice-list")


@require_POST
def frequency_edit(request: HttpRequest) -> HttpResponse:
    form = FrequencyForm(request.POST)
    if form.is_valid():
        actions.choose_frequency(by=request.user, frequency=form.cleaned_data["frequency"])
        messages.success(request, "Сохранено.")
    else:
        messages.error(request, "Выберите, как присылать письма.")
    return redirect("accounts:account")


class DeliveryList(ListPage):
    reads_personal_data = True
    queryset = Delivery.objects.select_related("recipient")
    columns = DELIVERY_COLUMNS
    filterset_class = DeliveryFilter
    search = ("subject", "address", "recipient__last_name")
    order = "-created"
    title = "Отправленные письма"
    lead = "Кому и о чём портал написал по электронной почте и дошло ли письмо до почтового сервера."
    forms = "письмо,письма,писем"
    empty_title = "Писем пока не было"
    empty_text = "Здесь появятся письма с уведомлениями, приглашениями и ссылками для нового пароля."
    refusal = "Отправленные письма видят методист, заведующий и администратор."

    def is_allowed(self) -> bool:
        return permissions.can_see_log(self.request.user)


class DeliveryPage(DetailPage):
    template_name = "notices/delivery.html"
    reads_personal_data = True
    queryset = Delivery.objects.select_related("recipient")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        titles = list(self.object.notices.order_by("pk").values_list("title", flat=True))
        return super().get_context_data(
            title=self.object.subject,
            breadcrumbs=[("Отправленные письма", LOG)],
            state=DeliveryState(self.object.state),
            titles=titles,
            may_resend=bool(titles) and permissions.can_resend(self.request.user, self.object),
            **kwargs,
        )


@require_POST
def delivery_resend(request: HttpRequest, pk: int) -> HttpResponseBase:
    delivery = found(Delivery.objects.visible_to(request.user), pk=pk)
    try:
        actions.resend(by=request.user, delivery=delivery)
        messages.success(request, "Письмо поставлено в очередь.")
    except Conflict as conflict:
        messages.error(request, conflict.told)
    return redirect("notices:delivery-detail", pk=pk)
