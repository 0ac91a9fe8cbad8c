"""One's own keys, the documentation, the OpenAPI document, and what stands at every other address."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from apps.accounts.views.base import ACCOUNT, AccountFormPage
from apps.api import actions, permissions
from apps.api.forms import KeyForm
from apps.api.models import AccessKey
from apps.api.reference import parts_of
from apps.api.service import PREFIX, document, private, refused
from apps.core.access import Conflict, found, require
from apps.core.mail import absolute

KEYS = reverse_lazy("api:key-list")
EXAMPLES = {
    f"{PREFIX}responses": f"{PREFIX}responses?campaign=12&state=accepted&values=true&limit=1000",
    f"{PREFIX}campaigns/{{pk}}/figures": f"{PREFIX}campaigns/12/figures?group=kind:school&limit=1000",
}


def own_keys(request: HttpRequest) -> Any:
    """One's own, also of the administrator who would see everybody's."""
    return AccessKey.objects.visible_to(request.user).filter(owner_id=request.user.pk)


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class KeyList(AccountFormPage):
    """The keys there are, and a form that gives one more; a new one is shown this once."""

    template_name = "api/key_list.html"
    form_class = KeyForm
    title = "Ключи доступа"
    lead = "По ключу программа читает данные портала от вашего имени: не больше, чем сегодня видите вы сами."
    button = "Создать ключ"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(permissions.can_make_keys(request.user), actions.NO_KEYS)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        keys = own_keys(self.request).select_related("organization")
        return super().get_context_data(**{"keys": keys, "token": "", "cancel_url": "", **kwargs})

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            _, token = actions.make_key(by=self.request.user, **form.asked)
        except Conflict as refused_with:
            form.add_error(None, refused_with.told)
            return self.form_invalid(form)
        fresh = self.form_class(**{**self.get_form_kwargs(), "data": None, "files": None})
        return private(self.render_to_response(self.get_context_data(form=fresh, token=token)))


@require_POST
def key_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own key; the administrator revokes somebody else's in the admin."""
    actions.revoke_key(key=found(own_keys(request), pk=pk), by=request.user)
    messages.success(request, "Ключ отозван: программы с ним больше ничего не прочтут.")
    return redirect(KEYS)


class Reference(TemplateView):
    """The documentation, rendered here from the OpenAPI document."""

    template_name = "api/reference.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        described = document()
        return super().get_context_data(
            title="Открытые данные",
            lead="Как программе прочитать формы, мониторинги, отчёты и своды портала.",
            breadcrumbs=[("Учётная запись", ACCOUNT)],
            description=described["info"]["description"],
            parts=parts_of(described, EXAMPLES),
            root=absolute(PREFIX),
            site=absolute(""),
            may_make_keys=permissions.can_make_keys(self.request.user),
            **kwargs,
        )


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Public: it tells how to ask, and holds nothing that could be asked for."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


@csrf_exempt
@login_not_required
def no_address(request: HttpRequest, rest: str) -> HttpResponse:
    """Everything else under /api/ answers in JSON too."""
    return private(refused(404, "Такого адреса нет. Список адресов — на странице /api/docs."))
