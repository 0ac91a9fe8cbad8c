"""Addresses of the designer."""

from django.urls import path

from apps.monitoring.views import designer, library, trial

urlpatterns = [
    path("forms/create/", designer.FormCreate.as_view(), name="form-create"),
    path("forms/<int:pk>/edit/", designer.page, name="form-edit"),
    path("forms/<int:pk>/edit/command/", designer.command, name="form-command"),
    path("forms/<int:pk>/edit/element/", designer.to_library, name="form-element"),
    path("forms/<int:pk>/edit/undo/", designer.turn_back, name="form-undo"),
    path("forms/<int:pk>/edit/redo/", designer.turn_again, name="form-redo"),
    path("forms/<int:pk>/edit/panel/", designer.properties, name="form-panel"),
    path("forms/<int:pk>/edit/faults/", designer.faults, name="form-faults"),
    path("forms/<int:pk>/edit/check/", designer.check, name="form-check"),
    path("forms/<int:pk>/edit/try/", trial.trial, name="form-try"),
    path("forms/elements/", library.ElementList.as_view(), name="element-list"),
    path("forms/elements/create/", library.ElementCreate.as_view(), name="element-create"),
    path("forms/elements/<int:pk>/", library.ElementCard.as_view(), name="element-detail"),
    path("forms/elements/<int:pk>/edit/", library.ElementEdit.as_view(), name="element-edit"),
    path("forms/elements/<int:pk>/renew/<int:form>/", library.renew, name="element-renew"),
]
