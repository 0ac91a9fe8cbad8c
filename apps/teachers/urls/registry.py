from django.urls import path

from apps.teachers.views import registry

urlpatterns = [
    path("", registry.PersonList.as_view(), name="person-list"),
    path("filters/save/", registry.filter_save, name="filter-save"),
    path("filters/<int:pk>/delete/", registry.filter_delete, name="filter-delete"),
    path("<int:pk>/", registry.PersonPage.as_view(), name="person-detail"),
]
