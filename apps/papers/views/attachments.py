"""Scans and detached signatures: put on by a form of their own, given out only through their paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from apps.core.access import found
from apps.core.files import downloaded
from apps.papers.actions import attach, remove_attachment
from apps.papers.forms import AttachmentForm
from apps.papers.models import PaperAttachment
from apps.papers.permissions import can_attach
from apps.papers.views.papers import PaperAct


class PaperAttach(PaperAct):
    form_class = AttachmentForm
    title = "Приложить скан или подпись"
    lead = "Портал не создаёт и не проверяет квалифицированную подпись: файл сохранится таким, какой он есть."
    button = "Приложить"
    done = "Файл приложен."
    refusal = "Файлы к выданным документам прикладывают методисты и заведующий."

    def is_allowed(self) -> bool:
        return can_attach(self.request.user, self.object)

    def act(self, form: AttachmentForm) -> PaperAttachment:
        values = form.cleaned_data
        return attach(paper=self.object, kind=values["kind"], file=values["file"], by=self.request.user)


def _attachment(request: HttpRequest, pk: int, attachment: int) -> PaperAttachment:
    rows = PaperAttachment.objects.visible_to(request.user).present().select_related("file", "paper")
    return found(rows.filter(paper_id=pk), pk=attachment)


@require_GET
def attachment_file(request: HttpRequest, pk: int, attachment: int) -> HttpResponseBase:
    one = _attachment(request, pk, attachment)
    return downloaded(request.user, one, one.file)


@require_POST
def attachment_remove(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    one = _attachment(request, pk, attachment)
    remove_attachment(attachment=one, by=request.user)
    messages.success(request, "Файл убран.")
    return redirect(one.paper.get_absolute_url())
