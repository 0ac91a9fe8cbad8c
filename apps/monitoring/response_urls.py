"""Addresses of one response and everything under it."""

from django.urls import path

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
    printing,
    review,
    rows,
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
    path(f"{HERE}print.pdf", printing.print_pdf, name="response-print"),
]
