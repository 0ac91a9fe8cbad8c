"""The first start: the department's details and the first administrator."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from apps.accounts.forms import RegisterForm
from apps.accounts.sessions import enter
from apps.core.access import Conflict
from apps.core.forms import add_errors
from apps.organizations.forms import DepartmentForm
from apps.portal.forms import SetupCodeForm
from apps.portal.queries import needs_set_up
from apps.portal.setup import set_up, usual_department


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class SetupPage(TemplateView):
    """Reachable while the portal has nobody; afterwards it is not there (404)."""

    template_name = "portal/setup.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not needs_set_up():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = kwargs or self.forms_of(None)
        return super().get_context_data(title="Первая настройка портала", **given)

    def forms_of(self, data: Any) -> dict[str, Any]:
        usual = usual_department()
        return {
            "code_form": SetupCodeForm(data),
            "department_form": DepartmentForm(data, prefix="department", initial=usual),
            "admin_form": RegisterForm(data, prefix="admin", initial={"position": "Администратор портала"}),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forms = self.forms_of(request.POST)
        admin_form = forms["admin_form"]
        faulty = [form for form in forms.values() if not form.is_valid()]
        if faulty:
            return self.again(forms)
        password = admin_form.cleaned_data["password1"]
        try:
            user = set_up(
                department=forms["department_form"].cleaned_data,
                administrator={**admin_form.details, "password": password},
            )
        except ValidationError as error:
            add_errors(admin_form, error)
            return self.again(forms)
        except Conflict as conflict:
            messages.error(request, conflict.told)
            return redirect("accounts:login")
        enter(request, user)
        messages.success(request, "Портал настроен. Дальше — организации и приглашения.")
        return redirect("portal:home")

    def again(self, forms: dict[str, Any]) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**forms), status=422)
