from django.urls import path

from apps.core import views

app_name = "core"

urlpatterns = [
    path("health/", views.health, name="health"),
    path("jobs/<uuid:pk>/", views.job_page, name="job-detail"),
    path("jobs/<uuid:pk>/file/", views.job_file, name="job-file"),
]
