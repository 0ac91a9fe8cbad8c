"""Papers whose look is not what a test is about."""

import pytest

from apps.core import pdf


def leave_out_layout(patch: pytest.MonkeyPatch) -> None:
    """A paper is composed and rendered to HTML, but not laid out to pages, which takes a second each."""
    patch.setattr(pdf, "html_to_pdf", lambda html, **options: b"%PDF-1.7\n")
