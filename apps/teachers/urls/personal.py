from django.urls import URLPattern, path

from apps.teachers.views import duplicates, personal

urlpatterns: list[URLPattern] = [
    path("duplicates/", duplicates.DuplicateList.as_view(), name="duplicate-list"),
    path("duplicates/<int:first>/<int:second>/", duplicates.MergePreview.as_view(), name="merge-preview"),
    path("duplicates/<int:first>/<int:second>/not-same/", duplicates.not_same, name="not-same"),
    path("merges/<int:pk>/undo/", duplicates.merge_undo, name="merge-undo"),
    path("consents/", personal.ConsentList.as_view(), name="consent-list"),
    path("consents/absent/", personal.AbsentList.as_view(), name="consent-absent"),
    path("due/", personal.DueList.as_view(), name="due-list"),
    path("<int:pk>/data/", personal.person_export, name="person-export"),
    path("<int:pk>/erase/", personal.PersonErase.as_view(), name="person-erase"),
]
