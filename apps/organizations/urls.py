from django.urls import path

from apps.organizations.views import imports, pages

app_name = "organizations"

urlpatterns = [
    path("", pages.OrganizationList.as_view(), name="organization-list"),
    path("create/", pages.OrganizationCreatePage.as_view(), name="organization-create"),
    path("import/", imports.ImportPage.as_view(), name="organization-import"),
    path("import/template.xlsx", imports.import_template, name="organization-import-template"),
    path("import/<uuid:pk>/", imports.PreviewPage.as_view(), name="organization-import-preview"),
    path("<int:pk>/", pages.OrganizationPage.as_view(), name="organization-detail"),
    path("<int:pk>/edit/", pages.OrganizationEditPage.as_view(), name="organization-edit"),
    path("<int:pk>/contacts/", pages.ContactsPage.as_view(), name="organization-contacts"),
    path("<int:pk>/contingent/", pages.ContingentPage.as_view(), name="contingent-edit"),
]
