"""What a paper knows of itself while it is being printed."""

import datetime
from dataclasses import dataclass

from django.urls import reverse

from apps.core.mail import absolute
from apps.papers.reports.blocks import Signature, VerificationBlock
from apps.papers.signatories import Signatory


def verification_url(code: str) -> str:
    """The full address of the public page that confirms a paper."""
    return absolute(reverse("papers:paper-verify", args=[code]))


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
        return verification_url(self.code)

    @property
    def signature(self) -> Signature:
        return Signature(self.signatory.title, self.signatory.name, self.signatory.basis)

    @property
    def verification(self) -> VerificationBlock:
        return VerificationBlock(self.number, self.issued_on, self.code, self.url)
