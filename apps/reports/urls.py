from django.urls import path

from apps.reports.views import reports, statute, week

app_name = "reports"

urlpatterns = [
    path("statute/", statute.StatuteMap.as_view(), name="statute-map"),
    path("statute/print.pdf", statute.statute_pdf, name="statute-pdf"),
    path("statute/print.docx", statute.statute_docx, name="statute-docx"),
    path("statute/figures/<str:key>/", statute.FigurePage.as_view(), name="figure-detail"),
    path("statute/<str:code>/", statute.ClausePage.as_view(), name="clause-detail"),
    path("reports/", reports.ReportList.as_view(), name="report-list"),
    path("reports/new/", reports.ReportCreate.as_view(), name="report-create"),
    path("reports/week/", week.WeekPage.as_view(), name="week"),
    path("reports/week/<str:key>/<int:pk>/", week.WeekFigure.as_view(), name="week-figure"),
    path("reports/<int:pk>/", reports.ReportPage.as_view(), name="report-detail"),
    path("reports/<int:pk>/edit/", reports.ReportEdit.as_view(), name="report-edit"),
    path("reports/<int:pk>/delete/", reports.delete, name="report-delete"),
    path("reports/<int:pk>/send/", reports.send, name="report-send"),
    path("reports/<int:pk>/return/", reports.ReportReturn.as_view(), name="report-return"),
    path("reports/<int:pk>/approve/", reports.approve, name="report-approve"),
    path("reports/<int:pk>/print.pdf", reports.report_pdf, name="report-pdf"),
    path("reports/<int:pk>/print.docx", reports.report_docx, name="report-docx"),
    path("reports/<int:pk>/sections/new/", reports.SectionCreate.as_view(), name="section-create"),
    path("reports/sections/<int:pk>/", reports.SectionEdit.as_view(), name="section-edit"),
    path("reports/sections/<int:pk>/move/<str:way>/", reports.move, name="section-move"),
    path("reports/sections/<int:pk>/delete/", reports.delete_section, name="section-delete"),
    path("reports/figures/<int:pk>/", reports.FigureBehind.as_view(), name="figure-behind"),
]
