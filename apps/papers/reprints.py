"""How the apps above print an issued paper again, from what was frozen when it was issued."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.core.registry import Registry
from apps.papers.headers import PaperHeader
from apps.papers.models import Paper
from apps.papers.reports.blocks import Report
from apps.papers.signatories import Signatory, head_signatory

Build = Callable[[PaperHeader], Report]


def headed(paper: Paper) -> Signatory:
    """Papers of ИМО are signed by its head of the day."""
    return head_signatory(paper.issued_on)


@dataclass(frozen=True)
class Reprint:
    """A kind of paper that may be issued again as it was: `key` is its `PaperKind`.

    `build(paper)` gives the builder of the same content, or raises `Conflict` when the content has changed
    since; `adopt(paper, successor)` makes the successor the subject's paper; `may(user, paper)` says who may
    sign again; `signatory(paper)` who signs on the successor's day.
    """

    key: str
    build: Callable[[Paper], Build]
    adopt: Callable[[Paper, Paper], None]
    may: Callable[[Any, Paper], bool]
    signatory: Callable[[Paper], Signatory] = headed


reprints: Registry[Reprint] = Registry("reprints")
