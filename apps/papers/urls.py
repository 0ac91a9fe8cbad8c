from django.urls import path

from apps.papers.views import papers, verification

app_name = "papers"

urlpatterns = [
    path("papers/", papers.PaperList.as_view(), name="paper-list"),
    path("papers/<int:pk>/", papers.PaperDetail.as_view(), name="paper-detail"),
    path("papers/<int:pk>/file/", papers.paper_file, name="paper-file"),
    path("papers/<int:pk>/revoke/", papers.PaperRevoke.as_view(), name="paper-revoke"),
    path("papers/<int:pk>/registration/", papers.PaperRegister.as_view(), name="paper-register"),
    path("verify/", verification.verify_form, name="paper-verify-form"),
    path("verify/<str:code>/", verification.verify, name="paper-verify"),
]
