from django.urls import URLPattern, path

from apps.teachers.views import cards, mentoring, posts, vacancies

urlpatterns: list[URLPattern] = [
    path("create/", cards.PersonCreate.as_view(), name="person-create"),
    path("transfer/", posts.PersonReceive.as_view(), name="person-receive"),
    path("<int:pk>/edit/", cards.PersonEdit.as_view(), name="person-edit"),
    path("<int:pk>/add/<slug:kind>/", cards.RecordCreate.as_view(), name="record-create"),
    path("records/<slug:kind>/<int:pk>/", cards.RecordEdit.as_view(), name="record-edit"),
    path("records/<slug:kind>/<int:pk>/delete/", cards.record_delete, name="record-delete"),
    path("records/<slug:kind>/<int:pk>/scan/", cards.record_scan, name="record-scan"),
    path(
        "records/employment/<int:pk>/dismiss/", posts.EmploymentDismiss.as_view(), name="employment-dismiss"
    ),
    path(
        "records/employment/<int:pk>/transfer/",
        posts.EmploymentTransfer.as_view(),
        name="employment-transfer",
    ),
    path("mentoring/", mentoring.MentorshipList.as_view(), name="mentorship-list"),
    path("mentoring/create/", mentoring.MentorshipCreate.as_view(), name="mentorship-create"),
    path("mentoring/<int:pk>/end/", mentoring.MentorshipEnd.as_view(), name="mentorship-end"),
    path("vacancies/", vacancies.VacancyList.as_view(), name="vacancy-list"),
    path("vacancies/create/", vacancies.VacancyCreate.as_view(), name="vacancy-create"),
    path("vacancies/<int:pk>/", vacancies.VacancyEdit.as_view(), name="vacancy-edit"),
    path("vacancies/<int:pk>/delete/", vacancies.vacancy_delete, name="vacancy-delete"),
]
