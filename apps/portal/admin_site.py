"""The administration pages: the portal's own site in place of Django's."""

from typing import Any

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode

from apps.core.admin import PortalAdminRights


class PortalAdminSite(AdminSite):
    """Signing in and out, passwords: on the portal's own pages; whoever has no right here gets 403."""

    site_title = "Портал ИМО"
    site_header = "Управление данными"
    index_title = "Управление данными"
    site_url = "/"
    enable_nav_sidebar = False
    empty_value_display = "—"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Tables with the portal's rights only: what a library offers of its own would ask Django's."""
        if admin_class is not None and issubclass(admin_class, PortalAdminRights):
            super().register(model_or_iterable, admin_class, **options)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """To the portal's sign-in page; a signed-in user without the right is told so."""
        if request.user.is_authenticated:
            if self.has_permission(request):
                return redirect("admin:index")
            raise PermissionDenied
        back = urlencode({"next": request.GET.get("next") or reverse("admin:index")})
        return HttpResponseRedirect(f"{reverse('accounts:login')}?{back}")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("accounts:account")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("accounts:password-change")

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("accounts:account")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """In the order of the floors (INSTALLED_APPS), only what the role may see."""
        order = {config.label: number for number, config in enumerate(apps.get_app_configs())}
        listed = super().get_app_list(request, app_label)
        return sorted(listed, key=lambda app: order.get(app["app_label"], len(order)))


class PortalAdminConfig(AdminConfig):
    """Django's admin under its own label, with our site as the default one."""

    default_site = "apps.portal.admin_site.PortalAdminSite"
