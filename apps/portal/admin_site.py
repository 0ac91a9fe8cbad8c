"""The administration pages: the portal's own site in place of Django's."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class PortalAdminSite(admin.AdminSite):
    site_title = "Портал ИМО"
    site_header = "Портал ИМО: управление"
    index_title = "Управление"


class PortalAdminConfig(AdminConfig):
    """Django's admin under its own label, with our site as the default one."""

    default_site = "apps.portal.admin_site.PortalAdminSite"
