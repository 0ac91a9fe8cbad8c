"""The library of elements: its list and cards, and drafts that take over an element's present words."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.core.access import found, require
from apps.core.columns import Column, Kind
from apps.core.lists import ListPage
from apps.core.pages import ActingForm, DetailPage, FormPage, ObjectFormPage, pressed
from apps.core.roles import reads_city
from apps.monitoring import columns
from apps.monitoring.actions.library import NO_RIGHT, change_element, create_element, renew_draft
from apps.monitoring.enums import VersionState
from apps.monitoring.forms import ElementForm
from apps.monitoring.library import uses
from apps.monitoring.models import DataElement, FormVersion
from apps.monitoring.permissions import can_edit_forms


class ElementList(ListPage):
    queryset = DataElement.objects
    columns = columns.ELEMENTS
    search = ["title", "code", "unit"]
    order = "title"
    title = "Библиотека показателей"
    lead = "Показатель определяется один раз и спрашивается в разных формах одинаково."
    forms = "показатель,показателя,показателей"
    template_name = "monitoring/element_list.html"
    empty_title = "Показателей пока нет"
    empty_text = "Создайте показатель или положите сюда строку из конструктора формы."

    def is_allowed(self) -> bool:
        return reads_city(self.request.user)

    def get_columns(self) -> Sequence[Column]:
        forms = {code: len({use.form_id for use in ones}) for code, ones in uses().items()}
        used = Column("forms", "Форм", value=lambda one: forms.get(one.code, 0), kind=Kind.NUMBER)
        return [*self.columns, used]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(can_edit=can_edit_forms(self.request.user), **kwargs)


class ElementCard(DetailPage):
    queryset = DataElement.objects.select_related("created_by")
    template_name = "monitoring/element_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.object.title,
            lead="Показатель определяется здесь; опубликованные версии форм хранят слова своего времени.",
            uses=uses().get(self.object.code, []),
            can_edit=can_edit_forms(self.request.user),
            **kwargs,
        )


class ElementCreate(ActingForm, FormPage):
    form_class = ElementForm
    title = "Новый показатель"
    done = "Показатель создан."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require(can_edit_forms(request.user), NO_RIGHT)
        return super().dispatch(request, *args, **kwargs)

    def act(self, form: ElementForm) -> DataElement:
        return create_element(by=self.request.user, **form.cleaned_data)

    def success_url(self) -> str:
        return reverse("monitoring:element-detail", args=[self.made.pk])

    def back(self) -> str:
        return reverse("monitoring:element-list")


class ElementEdit(ActingForm, ObjectFormPage):
    queryset = DataElement.objects
    form_class = ElementForm
    title = "Изменить показатель"
    lead = "Новые слова черновики форм берут по кнопке на карточке показателя."
    refusal = NO_RIGHT

    def is_allowed(self) -> bool:
        return can_edit_forms(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": found(self.get_queryset(), pk=self.object.pk)}

    def act(self, form: ElementForm) -> DataElement:
        return change_element(element=self.object, by=self.request.user, **form.cleaned_data)

    def success_url(self) -> str:
        return reverse("monitoring:element-detail", args=[self.object.pk])


@require_POST
def renew(request: HttpRequest, pk: int, form: int) -> HttpResponse:
    """The draft of a form takes over the element's present words."""
    element = found(DataElement.objects.visible_to(request.user), pk=pk)
    drafts = FormVersion.objects.visible_to(request.user).filter(state=VersionState.DRAFT)
    version = found(drafts, form_id=form)
    return pressed(
        request,
        renew_draft,
        "Черновик обновлён; правку можно отменить в конструкторе.",
        reverse("monitoring:element-detail", args=[pk]),
        element=element,
        version=version,
    )
