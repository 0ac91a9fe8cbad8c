"""Progress, results on the page, as XLSX, PDF and DOCX; free answers put into groups; directions."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from apps.core import journal
from apps.core.access import Conflict, found, require
from apps.core.enums import Verb
from apps.core.exports import xlsx_response
from apps.core.pages import DetailPage, pressed
from apps.questionnaires import exports, forms, permissions, queries, reporting
from apps.questionnaires.actions import conclusions as acts
from apps.questionnaires.actions import invitees as invitee_acts
from apps.questionnaires.actions.questionnaires import ONLY_WRITERS
from apps.questionnaires.enums import Cut, Mode, QuestionKind, QuestionnaireState
from apps.questionnaires.models import Direction, Question, Questionnaire
from apps.questionnaires.results.arrays import Answers, answers_of
from apps.questionnaires.results.needs import can_be_laid_out, need_table
from apps.questionnaires.results.tables import Results
from apps.questionnaires.views.common import (
    HOME,
    STAFF_ONLY,
    QuestionnaireForm,
    StaffPart,
    address,
    own,
    own_question,
)

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOT_YET = "Итоги появятся, когда опрос завершат: по изменениям итогов можно было бы узнать отдельный ответ."


class Progress(StaffPart):
    template_name = "questionnaires/progress.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        return super().get_context_data(
            rows=queries.progress_of(row),
            is_linked=row.mode == Mode.ANONYMOUS and row.state == QuestionnaireState.OPEN,
            may_edit=permissions.can_edit(self.request.user, row),
            **kwargs,
        )


class Invitees(QuestionnaireForm):
    """Addresses for personal links, and who has used his: which answer it was is not known."""

    form_class = forms.InviteesForm
    template_name = "questionnaires/invitees.html"
    title = "Личные ссылки"
    button = "Добавить адреса"
    done = "Адреса добавлены."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "questionnaire": self.object}

    def success_url(self) -> str:
        return address("invitee-list", self.object.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        invitees = self.object.invitees.all().visible_to(self.request.user).select_related("organization")
        return super().get_context_data(
            invitees=list(invitees), can_remind=self.object.is_answered_today, **kwargs
        )

    def act(self, form: Any) -> int:
        return invitee_acts.add_invitees(
            questionnaire=self.object,
            by=self.request.user,
            organization_id=form.cleaned_data["organization"].pk,
            emails=form.cleaned_data["emails"],
        )


@require_POST
def invitees_remind(request: HttpRequest, pk: int) -> HttpResponse:
    row = own(request, pk)
    to = address("invitee-list", pk)
    return pressed(request, invitee_acts.remind_invitees, "Письма отправлены.", to, questionnaire=row)


def closed(request: HttpRequest, pk: int) -> Questionnaire:
    """A questionnaire whose results may be read: its poll has ended."""
    row = own(request, pk)
    require(permissions.can_read_results(request.user), STAFF_ONLY)
    if row.state != QuestionnaireState.CLOSED:
        raise Http404
    return row


class ResultsPage(StaffPart):
    template_name = "questionnaires/results.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        if row.state != QuestionnaireState.CLOSED:
            return super().get_context_data(not_yet=NOT_YET, **kwargs)
        answers = answers_of(row)
        results = Results(answers)
        cut = self.cut(answers)
        shown = [
            (one, results.cut(one.question, cut) if cut and not one.is_hidden else None)
            for one in results.all()
        ]
        return super().get_context_data(
            not_yet="",
            count=answers.count,
            is_enough=answers.is_enough,
            shown=shown,
            cut=cut,
            cuts=answers.cuts() if answers.is_enough else [],
            hidden=exports.HIDDEN,
            may_write=permissions.can_write(self.request.user),
            has_positions=Cut.POSITION in answers.cuts(),
            directions=list(row.directions.all().visible_to(self.request.user)),
            **kwargs,
        )

    def cut(self, answers: Answers) -> Cut | None:
        """The one in the address, where the questionnaire has it."""
        wished = self.request.GET.get("cut", "")
        return next((one for one in answers.cuts() if one == wished), None)


@require_GET
def results_xlsx(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = closed(request, pk)
    journal.record(by=request.user, verb=Verb.EXPORTED, subject=row, note="итоги анкеты")
    return xlsx_response(f"Итоги анкеты {row.pk}", exports.result_sheets(Results(answers_of(row))))


@require_GET
def results_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    from apps.papers.reports.pdf import to_pdf

    return _paper(request, closed(request, pk), to_pdf, "application/pdf", "pdf")


@require_GET
def results_docx(request: HttpRequest, pk: int) -> HttpResponse:
    from apps.papers.reports.docx import to_docx

    return _paper(request, closed(request, pk), to_docx, DOCX_TYPE, "docx")


def _paper(request: HttpRequest, row: Questionnaire, made: Any, kind: str, ending: str) -> HttpResponse:
    content = made(reporting.results_report(Results(answers_of(row))))
    journal.record(by=request.user, verb=Verb.PRINTED, subject=row, note="отчёт об анкетировании")
    response = HttpResponse(content, content_type=kind)
    name = f"Отчёт об анкетировании {row.pk}.{ending}"
    response["Content-Disposition"] = content_disposition_header(ending != "pdf", name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class NeedPage(StaffPart):
    """One answer by organisation and position."""

    template_name = "questionnaires/need.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = closed(self.request, self.object.pk)
        results = Results(answers_of(row))
        question = results.by_key.get(self.kwargs["question"])
        place = self.kwargs["place"]
        if question is None or not results.answers.is_enough or not can_be_laid_out(results, question, place):
            raise Http404
        shown = {"question": question, "table": need_table(results, question, place)}
        told = {"hidden": exports.HIDDEN, "threshold": row.threshold}
        return super().get_context_data(**{**kwargs, **shown, **told})


class TextsPage(DetailPage):
    """Free answers of a question, the frequent first, without anything of who wrote them; grouped by hand."""

    queryset = Question.objects.select_related("questionnaire")
    template_name = "questionnaires/texts.html"
    refusal = STAFF_ONLY

    def is_allowed(self) -> bool:
        return permissions.can_read_results(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question, row = self.object, closed(self.request, self.object.questionnaire_id)
        answers = answers_of(row)
        if question.kind != QuestionKind.TEXT or not answers.is_enough:
            raise Http404
        if int(answers.has_answered(question).sum()) < row.threshold:
            raise Http404
        groups = answers.option_titles(question)
        codes = dict(zip(answers.numbers, answers.choice(question).tolist(), strict=True))
        texts = [
            (text, len(numbers), numbers[0], groups[codes[numbers[0]]] if codes[numbers[0]] >= 0 else "")
            for text, numbers in answers.same_texts(question).items()
        ]
        texts.sort(key=lambda one: (-one[1], one[0]))
        return super().get_context_data(
            title="Свободные ответы",
            lead=question.text,
            breadcrumbs=[*HOME, (str(row), address("questionnaire-results", row.pk))],
            texts=texts,
            groups=groups,
            may_write=permissions.can_write(self.request.user),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        question = own_question(request, self.object.pk)
        answers = answers_of(closed(request, question.questionnaire_id))
        ticked = set(request.POST.getlist("answer")[:5000])
        same = answers.same_texts(question).values()
        ids = [uuid.UUID(one) for numbers in same if ticked & set(numbers) for one in numbers]
        title = request.POST.get("title", "").replace("\x00", "").strip()[:200]
        to = address("question-texts", question.pk)
        told = "Ответы отнесены к группе." if title else "Ответы убраны из групп."
        return pressed(request, acts.put_in_group, told, to, question=question, answers=ids, title=title)


class DirectionCreate(QuestionnaireForm):
    """A direction with the figure of one answer frozen as it is shown today."""

    form_class = forms.DirectionForm
    title = "Выбрать направление"
    button = "Выбрать"
    done = "Направление выбрано. Свяжите с ним мероприятие плана."

    def is_allowed(self) -> bool:
        if not permissions.can_write(self.request.user):
            return False
        closed(self.request, self.object.pk)
        self.option, self.evidence = self._chosen()
        return True

    def _chosen(self) -> tuple[str, str]:
        """The answer, and its figure in words; a hidden figure is no ground for a direction (404)."""
        results = Results(answers_of(self.object))
        for one in results.all():
            if one.question.pk == self.kwargs["question"]:
                for row in one.options:
                    if row.place == self.kwargs["place"] and row.count is not None:
                        total = results.answers.count
                        figure = f"«{row.title}» — {row.count} из {total} ответивших"
                        return row.title, f"{figure} (вопрос «{one.question.text}»)"
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"lead": f"Основание: {self.evidence}.", **kwargs})

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.option}

    def act(self, form: Any) -> Direction:
        return acts.choose_direction(
            questionnaire=self.object, by=self.request.user, evidence=self.evidence, **form.cleaned_data
        )

    def success_url(self) -> str:
        made = getattr(self, "made", None)
        return made.get_absolute_url() if made else address("questionnaire-results", self.object.pk)


class DirectionPage(DetailPage):
    queryset = Direction.objects.select_related("questionnaire", "created_by")
    template_name = "questionnaires/direction_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        return super().get_context_data(
            title=row.title,
            lead="Направление совершенствования, выбранное по итогам анкеты.",
            breadcrumbs=[*HOME, ("Направления", address("direction-list"))],
            may_write=permissions.can_write(self.request.user),
            **kwargs,
        )


def _direction(request: HttpRequest, pk: int) -> Direction:
    return found(Direction.objects.visible_to(request.user), pk=pk)


@require_POST
def direction_done(request: HttpRequest, pk: int) -> HttpResponse:
    row = _direction(request, pk)
    told = "Выполнение отмечено."
    return pressed(request, acts.finish_direction, told, row.get_absolute_url(), direction=row)


@require_POST
def direction_delete(request: HttpRequest, pk: int) -> HttpResponse:
    row = _direction(request, pk)
    require(permissions.can_write(request.user), ONLY_WRITERS)
    try:
        acts.delete_direction(direction=row, by=request.user)
    except Conflict:
        return redirect(row.get_absolute_url())
    return redirect("questionnaires:direction-list")
