from django.urls import path

from apps.reports.views import statute

app_name = "reports"

urlpatterns = [
    path("statute/", statute.StatuteMap.as_view(), name="statute-map"),
    path("statute/print.pdf", statute.statute_pdf, name="statute-pdf"),
    path("statute/print.docx", statute.statute_docx, name="statute-docx"),
    path("statute/figures/<str:key>/", statute.FigurePage.as_view(), name="figure-detail"),
    path("statute/<str:code>/", statute.ClausePage.as_view(), name="clause-detail"),
]
