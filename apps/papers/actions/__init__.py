"""Issuing, revoking and reissuing papers, and what is kept beside them."""

from apps.papers.actions.attachments import attach, remove_attachment
from apps.papers.actions.issuing import issue, register_in_department, reissue, revoke, supersede

__all__ = [
    "attach",
    "issue",
    "register_in_department",
    "reissue",
    "remove_attachment",
    "revoke",
    "supersede",
]
