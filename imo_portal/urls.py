from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("apps.portal.urls")),
    path("", include("apps.accounts.urls")),
    path("", include("apps.core.urls")),
    path("organizations/", include("apps.organizations.urls")),
    path("monitoring/", include("apps.monitoring.urls")),
    path("", include("apps.papers.urls")),
    path("", include("apps.notices.urls")),
    path("", include("apps.reports.urls")),
    path("teachers/", include("apps.teachers.urls")),
    path("office/", include("apps.office.urls")),
    path("plans/", include("apps.planning.urls")),
    path("questionnaires/", include("apps.questionnaires.urls")),
    path("", include("apps.api.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "apps.core.errors.bad_request"
handler403 = "apps.core.errors.forbidden"
handler404 = "apps.core.errors.not_found"
handler500 = "apps.core.errors.server_error"
