"""Issuing and revoking: the only ways a paper gets into the register and loses its force."""

import datetime
import io
from dataclasses import replace
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from apps.core import journal
from apps.core.access import Conflict, require
from apps.core.enums import Verb
from apps.core.files import store_file
from apps.core.models import StoredFile
from apps.core.russian import date_short
from apps.papers.codes import new_code
from apps.papers.enums import PaperKind, PaperState
from apps.papers.headers import PaperHeader
from apps.papers.models import Paper
from apps.papers.numbering import expected_number, next_number, number_text
from apps.papers.permissions import can_register, can_reissue, can_revoke
from apps.papers.queries import unreplaced
from apps.papers.reports.pdf import to_pdf
from apps.papers.reports.text import clean
from apps.papers.reprints import Build, reprints
from apps.papers.signals import paper_revoked
from apps.papers.signatories import Signatory, head_signatory
from apps.papers.states import PAPER
from apps.workflow.actions import move


@transaction.atomic
def issue(
    *,
    kind: PaperKind | str,
    register: str,
    title: str,
    subject: models.Model | None,
    build: Build,
    by: Any,
    snapshot: dict[str, Any],
    on: datetime.date | None = None,
    signatory: Signatory | None = None,
) -> Paper:
    """Gives the paper its number, prints it with number, code and QR, and enters it in the register.

    `build` makes the report from the header; a paper about the same subject that was revoked before and has
    no successor yet gets this one. `build` may be called twice and must depend on nothing but the header.
    `on` is the day of issue (today in Magadan): it decides the year of the number and who signs. `signatory`
    signs in place of ИМО's head what another approves. The caller has checked the right to issue. Raises
    `Conflict` when nobody can sign on that day.
    """
    subject_type = subject._meta.label_lower if subject is not None else ""
    return _issue(
        Paper(
            kind=kind,
            register=register,
            title=clean(title)[:400],
            subject_type=subject_type,
            subject_id=str(subject.pk) if subject is not None else "",
            snapshot=snapshot,
            issued_on=on or timezone.localdate(),
            issued_by=by,
        ),
        build,
        by,
        signatory,
    )


@transaction.atomic
def revoke(*, paper: Paper, reason: str, by: Any) -> Paper:
    """The paper no longer stands; its page of verification says so, the reason stays in the register.

    Only for the one with the head's right to approve (403). A second revocation or an empty reason is a
    `Conflict`. Listeners of `paper_revoked` change the subject in the same transaction.
    """
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    PAPER.check(locked.state, "revoke", reason)
    require(can_revoke(by, locked), "Отозвать документ может только тот, кто сегодня вправе утверждать.")
    _take_force(locked, reason, by)
    paper_revoked.send(sender=Paper, paper=locked, reason=locked.revocation_reason, by=by)
    return locked


@transaction.atomic
def supersede(*, paper: Paper, successor: Paper, by: Any) -> Paper:
    """The paper no longer stands because another about the same subject has just been issued in its place.

    The caller has checked the right to issue that one; the subject itself does not change, so nobody is told.
    A paper that was revoked before stays as it is.
    """
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    if locked.state == PaperState.VALID:
        _take_force(locked, f"Заменён документом №\u00a0{successor.number}.", by)
        _replace(locked, successor)
    return locked


@transaction.atomic
def reissue(*, paper: Paper, reason: str, by: Any) -> Paper:
    """Issues what was frozen in the paper again, under a new number, with today's signatory and details of
    the department, and revokes the old one: both or none. The new one prints in whose place it stands.

    Raises `Refused` for who may not sign it today, `Conflict` without a reason, for a paper that does not
    stand, and when its content can't be printed as it was.
    """
    old = Paper.objects.select_for_update().get(pk=paper.pk)
    PAPER.check(old.state, "revoke", reason)
    require(
        can_reissue(by, old), "Перевыпустить документ может только тот, кто сегодня вправе его подписать."
    )
    reprint = reprints[old.kind]
    _take_force(old, reason, by)
    new = Paper(
        kind=old.kind,
        register=old.register,
        title=old.title,
        subject_type=old.subject_type,
        subject_id=old.subject_id,
        snapshot=old.snapshot,
        replaces=old,
        issued_on=timezone.localdate(),
        issued_by=by,
    )
    _issue(new, reprint.build(old), by, reprint.signatory(new))
    reprint.adopt(old, new)
    return new


@transaction.atomic
def register_in_department(*, paper: Paper, number: str, date: datetime.date | None, by: Any) -> Paper:
    """Enters the number and date under which the department itself registered the paper."""
    require(can_register(by, paper))
    if bool(number.strip()) != bool(date):
        raise Conflict("Укажите и номер, и дату регистрации в департаменте.")
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    locked.department_number, locked.department_date = number.strip()[:50], date
    locked.save(update_fields=["department_number", "department_date"])
    journal.record(by=by, verb=Verb.CHANGED, subject=locked, note="регистрация в департаменте")
    return locked


def _take_force(paper: Paper, reason: str, by: Any) -> None:
    paper.revoked_at, paper.revoked_by = timezone.now(), by
    paper.revocation_reason = reason.strip()[:500]
    fields = ("revoked_at", "revoked_by", "revocation_reason")
    move(paper, PAPER, "revoke", by=by, comment=reason, update_fields=fields)


def _replace(paper: Paper, successor: Paper) -> None:
    successor.replaces = paper
    successor.save(update_fields=["replaces"])


def _named(paper: Paper) -> str:
    return f"№\u00a0{paper.number} от {date_short(paper.issued_on)}"


def _issue(paper: Paper, build: Build, by: Any, signatory: Signatory | None = None) -> Paper:
    signatory = signatory or head_signatory(paper.issued_on)
    paper.year, paper.code = paper.issued_on.year, new_code()
    paper.signatory_name, paper.signatory_title = signatory.name, signatory.title
    paper.signatory_basis = signatory.basis
    paper.replaces = paper.replaces or unreplaced(paper)
    header = PaperHeader(
        "",
        paper.code,
        paper.issued_on,
        signatory,
        leaves_house=PaperKind(paper.kind).leaves_house,
        replaces=_named(paper.replaces) if paper.replaces else "",
    )
    paper.ordinal, content = _numbered_print(paper, header, build)
    paper.number = number_text(paper.register, paper.year, paper.ordinal)
    paper.file = _store(paper, content, by)
    paper.save(force_insert=True)
    journal.record(by=by, verb=Verb.ISSUED, subject=paper)
    return paper


def _numbered_print(paper: Paper, header: PaperHeader, build: Build) -> tuple[int, bytes]:
    """Prints with the number that is likely to be next, then takes it; when another paper has taken it
    meanwhile, prints again while the counter is locked. So nobody waits for a print that nothing races."""

    def printed(ordinal: int) -> bytes:
        number = number_text(paper.register, paper.year, ordinal)
        return to_pdf(build(replace(header, number=number)))

    expected = expected_number(paper.register, paper.year)
    content = printed(expected)
    ordinal = next_number(paper.register, paper.year)
    return ordinal, content if ordinal == expected else printed(ordinal)


def _store(paper: Paper, content: bytes, by: Any) -> StoredFile:
    """The file's name is the number alone: it holds no word that a person has typed."""
    return store_file(
        file=io.BytesIO(content), name=f"{paper.number}.pdf", content_type="application/pdf", by=by
    )
