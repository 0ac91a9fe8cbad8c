from django.urls import path

from apps.papers.views import attachments, papers, verification

app_name = "papers"

urlpatterns = [
    path("papers/", papers.PaperList.as_view(), name="paper-list"),
    path("papers/<int:pk>/", papers.PaperDetail.as_view(), name="paper-detail"),
    path("papers/<int:pk>/file/", papers.paper_file, name="paper-file"),
    path("papers/<int:pk>/revoke/", papers.PaperRevoke.as_view(), name="paper-revoke"),
    path("papers/<int:pk>/registration/", papers.PaperRegister.as_view(), name="paper-register"),
    path("papers/<int:pk>/reissue/", papers.PaperReissue.as_view(), name="paper-reissue"),
    path("papers/<int:pk>/attachments/add/", attachments.PaperAttach.as_view(), name="attachment-add"),
    path(
        "papers/<int:pk>/attachments/<int:attachment>/", attachments.attachment_file, name="attachment-file"
    ),
    path(
        "papers/<int:pk>/attachments/<int:attachment>/remove/",
        attachments.attachment_remove,
        name="attachment-remove",
    ),
    path("verify/", verification.verify_form, name="paper-verify-form"),
    path("verify/<str:code>/", verification.verify, name="paper-verify"),
]
