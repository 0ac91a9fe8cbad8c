from django.urls import include, path, re_path

from apps.api import service, views

app_name = "api"

urlpatterns = [
    path("account/keys/", views.KeyList.as_view(), name="key-list"),
    path("account/keys/<int:pk>/revoke/", views.key_revoke, name="key-revoke"),
    path("api/docs", views.Reference.as_view(), name="reference"),
    path("api/openapi.json", views.openapi, name="openapi"),
    path("api/v1/", include(service.patterns())),
    re_path(r"^api/(?P<rest>.*)$", views.no_address, name="no-address"),
]
