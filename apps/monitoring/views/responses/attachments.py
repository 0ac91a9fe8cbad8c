"""Files of a response: put on, taken off, given out only through the response."""

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from apps.core.access import Conflict, found, require
from apps.core.filekinds import FileKind
from apps.core.files import downloaded
from apps.core.uploads import UploadRefused, check_upload
from apps.monitoring.actions.attachments import attach, remove_attachment
from apps.monitoring.models import Attachment
from apps.monitoring.permissions import can_attach
from apps.monitoring.views.responses.common import back, posted_text, visible_response
from apps.monitoring.views.responses.page import Typed, show

KINDS = frozenset(
    {FileKind.PDF, FileKind.JPEG, FileKind.PNG, FileKind.DOCX, FileKind.XLSX, FileKind.ODS, FileKind.ZIP}
)


@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Checks and keeps a posted file; a wrong one comes back as 422 with the reason."""
    response = visible_response(request, pk)
    require(can_attach(request.user, response), "Файлы прикладывает ответственный от организации.")
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Conflict("Выберите файл.")
        checked = check_upload(file, KINDS, settings.UPLOAD_MAX_BYTES)
        attach(
            response_id=response.pk,
            file=file,
            name=checked.name,
            content_type=checked.content_type,
            kind=request.POST.get("kind", "other"),
            note=posted_text(request, "note", 200),
            by=request.user,
        )
    except (UploadRefused, Conflict) as refused:
        return show(request, response, Typed(told=refused.told), status=422)
    messages.success(request, "Файл приложен.")
    return back(response.pk, anchor="attachments")


@require_POST
def remove(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    response = visible_response(request, pk)
    one = found(Attachment.objects.visible_to(request.user).filter(response=response), pk=attachment)
    try:
        remove_attachment(attachment=one, by=request.user)
    except Conflict as conflict:
        return show(request, response, Typed(told=conflict.told), status=409)
    messages.success(request, "Файл убран.")
    return back(response.pk, anchor="attachments")


@require_GET
def download(request: HttpRequest, pk: int, attachment: int) -> FileResponse:
    """The file to whoever sees the response; a removed one is not there any more."""
    response = visible_response(request, pk)
    files = Attachment.objects.visible_to(request.user).filter(response=response, removed_at=None)
    one = found(files.select_related("file"), pk=attachment)
    told = {"organization_id": response.organization_id, "title": "Вложение отчёта"}
    return downloaded(request.user, one, one.file, **told)
