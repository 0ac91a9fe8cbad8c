from apps.papers.reports.docx.document import to_docx

__all__ = ["to_docx"]
