from django.urls import path

from apps.monitoring import designer_urls, response_urls
from apps.monitoring.views import analysis, blanks, campaigns, forms, reports, rounds, summaries, xlsform

app_name = "monitoring"

urlpatterns = [
    path("", campaigns.monitoring_home, name="home"),
    path("campaigns/", campaigns.CampaignList.as_view(), name="campaign-list"),
    path("campaigns/new/", campaigns.CampaignCreate.as_view(), name="campaign-create"),
    path("campaigns/<int:pk>/", campaigns.CampaignProgress.as_view(), name="campaign-detail"),
    path("campaigns/<int:pk>/figures/", campaigns.progress_figures, name="campaign-figures"),
    path("campaigns/<int:pk>/edit/", campaigns.CampaignEdit.as_view(), name="campaign-edit"),
    path(
        "campaigns/<int:pk>/recipients/", campaigns.CampaignRecipients.as_view(), name="campaign-recipients"
    ),
    path("campaigns/<int:pk>/recipients/add/", campaigns.RecipientAdd.as_view(), name="campaign-add"),
    path("campaigns/<int:pk>/earlier/", rounds.EarlierRound.as_view(), name="campaign-earlier"),
    path("campaigns/<int:pk>/earlier/blank.xlsx", rounds.earlier_blank, name="campaign-earlier-blank"),
    path("campaigns/<int:pk>/start/", campaigns.start, name="campaign-start"),
    path("campaigns/<int:pk>/close/", campaigns.close, name="campaign-close"),
    path("campaigns/<int:pk>/reopen/", campaigns.CampaignReopen.as_view(), name="campaign-reopen"),
    path("campaigns/<int:pk>/remind/", campaigns.remind, name="campaign-remind"),
    path("campaigns/<int:pk>/again/", campaigns.run_again, name="campaign-again"),
    path("campaigns/<int:pk>/delete/", campaigns.delete, name="campaign-delete"),
    path("campaigns/<int:pk>/summary/", summaries.SummaryPage.as_view(), name="campaign-summary"),
    path("campaigns/<int:pk>/behind/", summaries.BehindPage.as_view(), name="campaign-behind"),
    path("campaigns/<int:pk>/export.xlsx", summaries.export_xlsx, name="campaign-export"),
    path("campaigns/<int:pk>/export.csv", summaries.export_csv, name="campaign-export-csv"),
    path("campaigns/<int:pk>/analysis/", analysis.AnalysisPage.as_view(), name="campaign-analysis"),
    path("campaigns/<int:pk>/analysis/save/", analysis.save, name="analysis-save"),
    path("analyses/<int:pk>/report/", analysis.put_in_report, name="analysis-report"),
    path("analyses/<int:pk>/out/", analysis.take_out, name="analysis-out"),
    path("analyses/<int:pk>/delete/", analysis.delete, name="analysis-delete"),
    path("campaigns/<int:pk>/report/", reports.ReportPage.as_view(), name="campaign-report"),
    path("campaigns/<int:pk>/report/send/", reports.send, name="report-send"),
    path("campaigns/<int:pk>/report/return/", reports.return_to_author, name="report-return"),
    path("campaigns/<int:pk>/report/approve/", reports.approve, name="report-approve"),
    path("campaigns/<int:pk>/report.pdf", reports.report_pdf, name="report-pdf"),
    path("campaigns/<int:pk>/report.docx", reports.report_docx, name="report-docx"),
    path("forms/", forms.FormList.as_view(), name="form-list"),
    path("forms/import/", forms.FormImport.as_view(), name="form-import"),
    path("forms/xlsform/", xlsform.XlsFormImport.as_view(), name="xlsform-import"),
    path("forms/xlsform/<uuid:file>/", xlsform.XlsFormPreview.as_view(), name="xlsform-preview"),
    path("forms/from-excel/", blanks.BlankImport.as_view(), name="blank-import"),
    path("forms/from-excel/<uuid:file>/", blanks.BlankPreview.as_view(), name="blank-preview"),
    path("forms/versions/<int:pk>/xlsform.xlsx", xlsform.download, name="xlsform-download"),
    path("forms/<int:pk>/", forms.FormCard.as_view(), name="form-detail"),
    *designer_urls.urlpatterns,
    path("forms/<int:pk>/copy/", forms.copy, name="form-copy"),
    path("forms/versions/<int:pk>/publish/", forms.publish, name="version-publish"),
    path("forms/versions/<int:pk>/delete/", forms.delete, name="version-delete"),
    path("forms/versions/<int:pk>/definition.json", forms.download, name="version-download"),
    path("forms/versions/<int:pk>/relations/", forms.VersionRelations.as_view(), name="version-relations"),
    path("forms/versions/<int:pk>/preview/", forms.VersionPreview.as_view(), name="version-preview"),
    *response_urls.urlpatterns,
]
