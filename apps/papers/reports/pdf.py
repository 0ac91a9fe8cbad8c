"""A report as PDF: one render, so that tags, contents and properties stay whole."""

from apps.core.pdf import render_pdf
from apps.papers.reports.blocks import Report
from apps.papers.reports.html import TEMPLATE, properties, report_context

CONTENT_TYPE = "application/pdf"


def to_pdf(report: Report) -> bytes:
    """The report as a tagged PDF; up to about 300 table rows within a request, more belongs to a job."""
    title, author, subject = properties(report)
    return render_pdf(TEMPLATE, report_context(report), title=title, author=author, subject=subject)
