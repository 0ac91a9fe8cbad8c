"""Addresses of one response and everything under it."""

from django.urls import path

from apps.monitoring.views import amendments
from apps.monitoring.views.responses import (
    attachments,
    cells,
    document,
    explaining,
    lastround,
    ministry,
    news,
    page,
    panel,
    parts,
    phoning,
    printing,
    review,
    rows,
    workbook,
)

HERE = "responses/<int:pk>/"

urlpatterns = [
    path(HERE, page.detail, name="response-detail"),
    path(f"{HERE}cells/", cells.save, name="response-cells"),
    path(f"{HERE}news/", news.news, name="response-news"),
    path(f"{HERE}check/", document.check, name="response-check"),
    path(f"{HERE}submit/", document.send, name="response-submit"),
    path(f"{HERE}explain/", explaining.explain_warning, name="response-explain"),
    path(f"{HERE}receipt/<uuid:submission>/", document.receipt, name="response-receipt"),
    path(f"{HERE}last-values/", lastround.last_values, name="response-last-values"),
    path(f"{HERE}rows/", rows.change_rows, name="response-rows"),
    path(f"{HERE}history/", panel.history, name="response-history"),
    path(f"{HERE}blanks/", ministry.ResponseBlanks.as_view(), name="response-blanks"),
    path(f"{HERE}blanks/<int:blank>/filled.xlsx", ministry.filled, name="response-blank"),
    path(
        f"{HERE}blanks/<int:blank>/<uuid:file>/", ministry.TakeFromBlank.as_view(), name="response-blank-take"
    ),
    path(f"{HERE}attachments/", attachments.upload, name="attachment-upload"),
    path(f"{HERE}attachments/<int:attachment>/", attachments.download, name="attachment-download"),
    path(f"{HERE}attachments/<int:attachment>/remove/", attachments.remove, name="attachment-remove"),
    path(f"{HERE}remarks/", review.remark, name="remark-create"),
    path(f"{HERE}remarks/<int:remark>/answer/", review.answer, name="remark-answer"),
    path(f"{HERE}remarks/<int:remark>/resolve/", review.resolve, name="remark-resolve"),
    path(f"{HERE}return/", review.return_response, name="response-return"),
    path(f"{HERE}accept/", review.accept, name="response-accept"),
    path(f"{HERE}reopen/", review.reopen, name="response-reopen"),
    path(f"{HERE}extend/", review.extend, name="response-extend"),
    path(f"{HERE}amendments/", amendments.begin, name="amendment-begin"),
    path(f"{HERE}amendments/<int:amendment>/", amendments.detail, name="amendment-detail"),
    path(f"{HERE}amendments/<int:amendment>/discard/", amendments.discard, name="amendment-discard"),
    path(f"{HERE}amendments/<int:amendment>/accept/", amendments.accept, name="amendment-accept"),
    path(f"{HERE}amendments/<int:amendment>/reject/", amendments.reject, name="amendment-reject"),
    path(f"{HERE}parts/", parts.PartsPage.as_view(), name="response-parts"),
    path(f"{HERE}parts/<int:part>/withdraw/", parts.withdraw, name="part-withdraw"),
    path(f"{HERE}parts/<int:part>/renew/", parts.renew, name="part-renew"),
    path(f"{HERE}call/", phoning.call, name="response-call"),
    path(f"{HERE}call/end/", phoning.end, name="response-call-end"),
    path(f"{HERE}call/link/", phoning.confirmation_link, name="response-call-link"),
    path(f"{HERE}template.xlsx", workbook.template, name="response-template"),
    path(f"{HERE}workbook/", workbook.WorkbookTake.as_view(), name="response-workbook"),
    path(f"{HERE}workbook/<uuid:file>/", workbook.WorkbookLook.as_view(), name="response-workbook-preview"),
    path(f"{HERE}print.pdf", printing.print_pdf, name="response-print"),
]
