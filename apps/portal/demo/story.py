"""A response as it came to be: who typed when, sent, returned, accepted. Written in bulk."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db.models import F

from apps.accounts.models import User
from apps.core.models import JournalRecord
from apps.monitoring.actions.editions import begin_edition
from apps.monitoring.actions.sending import seal
from apps.monitoring.definition import CompiledForm
from apps.monitoring.enums import ChangeSource
from apps.monitoring.models import (
    Campaign,
    CellChange,
    Explanation,
    Extension,
    Remark,
    RemarkMessage,
    Response,
    Submission,
)
from apps.monitoring.openrows import note_rows
from apps.monitoring.states import RESPONSE
from apps.organizations.models import Organization
from apps.workflow.models import TransitionRecord

CARD = frozenset({"name", "address", "director", "pupils"})


@dataclass
class Step:
    """A transition of a response."""

    name: str
    source: str
    by: User
    at: datetime.datetime
    comment: str = ""


@dataclass
class Story:
    """One response; `steps` are in the order of time."""

    response: Response
    author: User
    typed_at: datetime.datetime | None = None
    steps: list[Step] = field(default_factory=list)
    explanations: list[Explanation] = field(default_factory=list)
    remarks: dict[str, str] = field(default_factory=dict)
    extension: Extension | None = None


def blank(campaign: Campaign, organization: Organization, author: User) -> Story:
    """A response nobody has opened."""
    return Story(Response(campaign=campaign, organization=organization), author)


def fill(
    story: Story, values: dict[str, str], opened_at: datetime.datetime, saved_at: datetime.datetime
) -> None:
    """Puts values (computed cells included) into the response and begins it."""
    response = story.response
    response.values, response.filled = values, len(values)
    response.opened_at, response.saved_at = opened_at, saved_at
    note_rows(response, values)
    story.typed_at = saved_at
    step(story, "begin", story.author, opened_at)


def step(story: Story, name: str, by: User, at: datetime.datetime, comment: str = "") -> None:
    """Moves the response along its transition table; refuses what the table refuses."""
    source = story.response.state
    story.response.state = RESPONSE.check(source, name, comment).target
    story.steps.append(Step(name, source, by, at, comment))


def submit(story: Story, compiled: CompiledForm, at: datetime.datetime) -> None:
    """Sends the response; what summaries read is sealed as in `actions.sending`."""
    response = story.response
    response.submitted_at, response.submitted_by = at, story.author
    response.is_late = at > response.due_at
    seal(response, compiled)
    step(story, "submit", story.author, at)


def explain(
    story: Story, compiled: CompiledForm, previous: dict[str, str] | None, words: Callable[[str], str]
) -> None:
    """Gives every warning of the response an explanation."""
    found = compiled.check(story.response.values, previous=previous)
    for one in (one for one in found if one.severity == "warning"):
        story.explanations.append(
            Explanation(
                response=story.response,
                relation=one.relation,
                instance=one.instance,
                message=one.message,
                text=words(one.relation),
                by=story.author,
            )
        )


def accept(story: Story, by: User, at: datetime.datetime) -> None:
    """The methodist is content with what was sent."""
    story.response.accepted_at, story.response.accepted_by = at, by
    step(story, "accept", by, at)


def write(campaign: Campaign, compiled: CompiledForm, stories: list[Story]) -> None:
    """Saves the responses of a campaign with all that belongs to them."""
    Response.objects.bulk_create(story.response for story in stories)
    CellChange.objects.bulk_create(
        (change for story in stories for change in _changes(story, compiled)), batch_size=2000
    )
    Submission.objects.bulk_create(one for story in stories for one in _submissions(story))
    Explanation.objects.bulk_create(one for story in stories for one in story.explanations)
    for story in stories:
        if story.response.accepted_at:
            begin_edition(story.response, at=story.response.accepted_at)
    Extension.objects.bulk_create(story.extension for story in stories if story.extension)
    TransitionRecord.objects.bulk_create(_transition(story, one) for story in stories for one in story.steps)
    JournalRecord.objects.bulk_create(_journal(story, one) for story in stories for one in story.steps)
    for story in stories:
        _write_remarks(story)
    bumps = sum(len([one for one in story.steps if one.name != "begin"]) for story in stories)
    Campaign.objects.filter(pk=campaign.pk).update(revision=F("revision") + bumps)
    campaign.refresh_from_db(fields=["revision"])


def _changes(story: Story, compiled: CompiledForm) -> Iterator[CellChange]:
    """As autosave would have left them: evenly from the opening to the last saving."""
    response = story.response
    if response.opened_at is None or story.typed_at is None:
        return
    typed = [at for at in response.values if (cell := compiled.cell(at)) and cell.computed is None]
    pace = (story.typed_at - response.opened_at) / max(1, len(typed))
    for number, address in enumerate(typed):
        from_card = address in CARD
        yield CellChange(
            response=response,
            address=address,
            became=response.values[address],
            source=ChangeSource.CARD if from_card else ChangeSource.TYPED,
            by=None if from_card else story.author,
            at=response.opened_at + pace * number,
        )


def _submissions(story: Story) -> Iterator[Submission]:
    response = story.response
    sent = [one for one in story.steps if one.name == "submit"]
    for number, one in enumerate(sent, start=1):
        yield Submission(
            response=response,
            number=number,
            values=response.values,
            is_late=one.at > response.due_at,
            by=one.by,
            at=one.at,
        )


def _transition(story: Story, one: Step) -> TransitionRecord:
    transition = RESPONSE.transitions[one.name]
    return TransitionRecord(
        subject_type=Response._meta.label_lower,
        subject_id=str(story.response.pk),
        name=one.name,
        title=transition.fact or transition.title,
        source=one.source,
        target=transition.target,
        comment=one.comment,
        by=one.by,
        at=one.at,
    )


def _journal(story: Story, one: Step) -> JournalRecord:
    return JournalRecord(
        at=one.at,
        user=one.by,
        verb=RESPONSE.transitions[one.name].verb,
        subject_type=Response._meta.label_lower,
        subject_id=str(story.response.pk),
        subject_title=str(story.response)[:200],
        organization_id=story.response.organization_id,
    )


def _write_remarks(story: Story) -> None:
    returned = next((one for one in story.steps if one.name == "return"), None)
    if returned is None:
        return
    for address, text in story.remarks.items():
        created = Remark.objects.create(response=story.response, address=address, created_at=returned.at)
        RemarkMessage.objects.create(remark=created, text=text, by=returned.by, at=returned.at)
