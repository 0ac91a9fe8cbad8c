"""The register of issued papers, the card of one, and what is done with it there."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from apps.core.access import found
from apps.core.files import downloaded
from apps.core.lists import ListPage
from apps.core.pages import ActingForm, DetailPage, ObjectFormPage
from apps.core.russian import date_short, datetime_short
from apps.papers.actions import register_in_department, reissue, revoke
from apps.papers.columns import PAPER_COLUMNS
from apps.papers.enums import PaperState
from apps.papers.filters import PaperFilter
from apps.papers.forms import RegistrationForm, ReissueForm, RevocationForm
from apps.papers.headers import verification_url
from apps.papers.models import Paper
from apps.papers.permissions import can_attach, can_register, can_reissue, can_revoke, can_see_papers
from apps.papers.queries import standing_replacement


def issued_rows(paper: Paper) -> list[tuple[str, Any]]:
    """What stands in the register."""
    return [
        ("Номер", paper.number),
        ("Дата", date_short(paper.issued_on)),
        ("Вид", paper.get_kind_display()),
        ("Выдал", f"{paper.issued_by}, {datetime_short(paper.issued_at)}"),
        ("Номер департамента", paper.department_number),
        ("Дата департамента", date_short(paper.department_date)),
    ]


def signed_rows(paper: Paper) -> list[tuple[str, Any]]:
    return [
        ("Подписал", paper.signatory_name),
        ("Должность", paper.signatory_title),
        ("Основание", paper.signatory_basis),
    ]


def file_digest(paper: Paper) -> str:
    return paper.file.sha256 if paper.file else ""


class PaperList(ListPage):
    queryset = Paper.objects.defer("snapshot")
    columns = PAPER_COLUMNS
    filterset_class = PaperFilter
    search = ["number", "title", "code", "signatory_name", "department_number"]
    order = "-number"
    title = "Выданные документы"
    lead = "Реестр документов, которые портал выдал под номером: кто подписал, действует ли документ."
    forms = "документ,документа,документов"
    empty_title = "Документы ещё не выдавались"
    empty_text = "Здесь появится утверждённый отчёт: с номером, кодом проверки и файлом для печати."
    refusal = "Реестр выданных документов ведёт департамент."

    def is_allowed(self) -> bool:
        return can_see_papers(self.request.user)


class PaperDetail(DetailPage):
    queryset = Paper.objects.select_related("file", "issued_by", "revoked_by", "replaces").defer(
        "snapshot", "replaces__snapshot"
    )
    template_name = "papers/paper_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paper, user = self.object, self.request.user
        return super().get_context_data(
            title=str(paper),
            paper=paper,
            state=PaperState(paper.state),
            verification_url=verification_url(paper.code),
            issued=issued_rows(paper),
            signed=signed_rows(paper),
            check=[("Код проверки", paper.code), ("Контрольная сумма файла (SHA-256)", file_digest(paper))],
            replacement=standing_replacement(paper),
            replaced=paper.replaces,
            attachments=paper.attachments.present().select_related("file", "added_by"),
            can_revoke=can_revoke(user, paper),
            can_reissue=can_reissue(user, paper),
            can_attach=can_attach(user, paper),
            can_register=can_register(user, paper),
            **kwargs,
        )


class PaperAct(ActingForm, ObjectFormPage):
    """A form about a paper; a refusal by the state of things comes back beside what was typed."""

    queryset = Paper.objects.defer("snapshot")

    def success_url(self) -> str:
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [("Выданные документы", reverse("papers:paper-list")), (str(self.object), self.back())]
        return super().get_context_data(**{"breadcrumbs": crumbs, **kwargs})


class PaperRevoke(PaperAct):
    form_class = RevocationForm
    title = "Отозвать документ"
    button = "Отозвать"
    done = "Документ отозван. Страница проверки сообщает об этом всем."
    refusal = "Отозвать действующий документ может только тот, кто сегодня вправе утверждать."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lead = (
            f"{self.object}: «{self.object.title}». Номер останется за отозванным документом, "
            "вернуть документу силу нельзя."
        )
        return super().get_context_data(**{"lead": lead, **kwargs})

    def is_allowed(self) -> bool:
        return can_revoke(self.request.user, self.object)

    def act(self, form: RevocationForm) -> None:
        revoke(paper=self.object, reason=form.cleaned_data["reason"], by=self.request.user)


class PaperReissue(PaperAct):
    form_class = ReissueForm
    title = "Перевыпустить документ"
    button = "Перевыпустить"
    done = "Документ выдан заново, прежний отозван."
    refusal = "Перевыпустить документ может только тот, кто сегодня вправе его подписать."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lead = (
            f"{self.object}: «{self.object.title}». То же содержание выйдет под новым номером, "
            "с сегодняшней датой и сегодняшним подписавшим; прежний документ потеряет силу. "
            "Чтобы исправить содержание, документ отзывают."
        )
        return super().get_context_data(**{"lead": lead, **kwargs})

    def is_allowed(self) -> bool:
        return can_reissue(self.request.user, self.object)

    def act(self, form: ReissueForm) -> Paper:
        return reissue(paper=self.object, reason=form.cleaned_data["reason"], by=self.request.user)

    def success_url(self) -> str:
        made: Paper | None = getattr(self, "made", None)
        return (made or self.object).get_absolute_url()


class PaperRegister(PaperAct):
    form_class = RegistrationForm
    title = "Регистрация в департаменте"
    lead = "Номер и дата, под которыми документ зарегистрирован в делопроизводстве департамента."
    done = "Номер и дата департамента сохранены."

    def is_allowed(self) -> bool:
        return can_register(self.request.user, self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.object}

    def act(self, form: RegistrationForm) -> None:
        values = form.cleaned_data
        register_in_department(
            paper=self.object,
            number=values["department_number"],
            date=values["department_date"],
            by=self.request.user,
        )


@require_GET
def paper_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The issued file as it was printed; reading it is journalled."""
    paper = found(Paper.objects.visible_to(request.user).select_related("file"), pk=pk)
    return downloaded(request.user, paper, paper.file)
