"""What the pages of the staff share: tabs, forms that act, buttons that act, files."""

from typing import IO, Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from apps.core.access import require
from apps.core.filekinds import FileKind
from apps.core.lists import ListPage
from apps.core.pages import ActingForm, FormPage, ObjectFormPage
from apps.core.uploads import check_upload
from apps.office import permissions
from apps.office.actions.common import ONLY_KEEPERS
from apps.office.forms import UploadForm

HOME = [("Кадры", "/office/")]
KINDS = frozenset({FileKind.PDF, FileKind.DOCX, FileKind.ODT, FileKind.JPEG, FileKind.PNG})
NO_STAFF = "Кадровые сведения — для сотрудников ИМО и руководителя департамента."
TABS = [
    ("Сотрудники", "employee-list"),
    ("Штатное расписание", "edition-list"),
    ("Вакансии", "vacancy-list"),
    ("Приказы", "order-list"),
    ("Отсутствия", "absence-list"),
    ("Локальные акты", "act-list"),
    ("Права работников", "proposal-list"),
]
# What the statute gives the staff (5.5): a second row of tabs.
RIGHTS = [
    ("Предложения", "proposal-list"),
    ("Поощрения", "encouragement-list"),
    ("Инструктажи", "briefing-list"),
    ("Обучение", "training-list"),
    ("Обращения", "appeal-list"),
]


def tabs(pairs: list[tuple[str, str]] = TABS) -> list[tuple[str, str]]:
    return [(title, reverse(f"office:{name}")) for title, name in pairs]


def address(name: str, *args: Any) -> str:
    return reverse(f"office:{name}", args=args)


class StaffList(ListPage):
    """A list with the tabs of the section and, for those who may, a button that adds a row."""

    template_name = "office/list.html"
    refusal = NO_STAFF
    add_name = ""
    add_label = "Создать"
    is_of_rights = False

    def is_allowed(self) -> bool:
        return permissions.can_see_staff(self.request.user)

    def may_add(self) -> bool:
        return permissions.can_keep_staff(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        add_url = address(self.add_name) if self.add_name and self.may_add() else ""
        return super().get_context_data(
            staff_tabs=tabs(),
            rights_tabs=tabs(RIGHTS) if self.is_of_rights else [],
            add_url=add_url,
            add_label=self.add_label,
            **kwargs,
        )


class StaffActing(ActingForm):
    """Of the staff's section."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"breadcrumbs": HOME, **kwargs})


class StaffCreate(StaffActing, FormPage):
    """A form of a new row of a list; the list is where it leads back to."""

    button = "Создать"
    done = "Запись создана."
    refusal = ONLY_KEEPERS
    list_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(permissions.can_see_staff(request.user), NO_STAFF)
        require(self.is_allowed(), self.refusal)
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self) -> bool:
        return permissions.can_keep_staff(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def success_url(self) -> str:
        return address(self.list_name)


class StaffObjectForm(StaffActing, ObjectFormPage):
    """A form about a row the user sees; only the heads act unless the page says otherwise."""

    refusal = ONLY_KEEPERS
    is_model_form = True

    def is_allowed(self) -> bool:
        return permissions.can_keep_staff(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """A second copy: the form writes into it what was typed, the page must not show that as saved."""
        kwargs = super().get_form_kwargs()
        if self.is_model_form:
            kwargs |= {"by": self.request.user, "instance": self.get_object()}
        return kwargs

    def success_url(self) -> str:
        return self.object.get_absolute_url()


class UploadPage(StaffObjectForm):
    """One file, checked by its content before the action keeps it."""

    form_class = UploadForm
    is_model_form = False
    button = "Загрузить"
    done = "Файл приложен."

    def keep(self, **given: Any) -> None:
        raise NotImplementedError

    def act(self, form: UploadForm) -> None:
        file: IO[bytes] = form.cleaned_data["file"]
        checked = check_upload(file, KINDS, settings.UPLOAD_MAX_BYTES)
        self.keep(by=self.request.user, file=file, name=checked.name, content_type=checked.content_type)
