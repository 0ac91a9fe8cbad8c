"""Addresses of the registry, a module for each kind of work."""

from apps.teachers.urls import changes, personal, records, registry, training

app_name = "teachers"

urlpatterns = [
    *registry.urlpatterns,
    *records.urlpatterns,
    *training.urlpatterns,
    *changes.urlpatterns,
    *personal.urlpatterns,
]
