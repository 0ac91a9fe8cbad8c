"""What a paper knows of itself while it is being printed."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from apps.papers.reports.blocks import Signature, VerificationBlock
from apps.papers.signatories import Signatory


@dataclass(frozen=True)
class PaperHeader:
    """Number, code, date and signatory; the builder of the report puts them where they belong."""

    number: str
    code: str
    issued_on: datetime.date
    signatory: Signatory

    @property
    def url(self) -> str:
        """The public page that confirms the paper."""
        return settings.PORTAL_URL + reverse("papers:paper-verify", args=[self.code])

    @property
    def signature(self) -> Signature:
        return Signature(self.signatory.title, self.signatory.name, self.signatory.basis)

    @property
    def verification(self) -> VerificationBlock:
        return VerificationBlock(self.number, self.issued_on, self.code, self.url)
