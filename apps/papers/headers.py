"""What a paper knows of itself while it is being printed."""

import datetime
from dataclasses import dataclass

from django.urls import reverse

from apps.core.magadan import magadan_today
from apps.core.mail import absolute
from apps.papers.reports.blocks import ApprovalStamp, Signature, VerificationBlock
from apps.papers.signatories import Signatory, head_stamp


def verification_url(code: str) -> str:
    """The full address of the public page that confirms a paper."""
    return absolute(reverse("papers:paper-verify", args=[code]))


@dataclass(frozen=True)
class PaperHeader:
    """Number, code, date and signatory; the builder of the report puts them where they belong.

    `leaves_house`: others than the department get the paper, so it bears a QR. `replaces` names the paper
    in whose place it is issued: «№ МО-2026-0001 от 10.03.2026».
    """

    number: str
    code: str
    issued_on: datetime.date
    signatory: Signatory
    leaves_house: bool = True
    replaces: str = ""

    @property
    def url(self) -> str:
        """The public page that confirms the paper."""
        return verification_url(self.code)

    @property
    def signature(self) -> Signature:
        return Signature(self.signatory.title, self.signatory.name, self.signatory.basis)

    @property
    def verification(self) -> VerificationBlock:
        return VerificationBlock(
            self.number, self.issued_on, self.code, self.url, self.leaves_house, self.replaces
        )


def stamp_of(header: PaperHeader | None) -> ApprovalStamp | None:
    """The гриф of who signs the paper; without a header the blank that the head (or the acting one) signs."""
    if header is None:
        return head_stamp(magadan_today())
    signatory = header.signatory
    return ApprovalStamp(signatory.title, signatory.name, date=header.issued_on, basis=signatory.basis)
