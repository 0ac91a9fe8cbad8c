"""Change history by database triggers: one way to switch it on for a model."""

from collections.abc import Callable, Iterable

import pghistory


def tracked(exclude: Iterable[str] = ()) -> Callable:
    """Class decorator: every insert, update and delete of a row leaves an event, bulk writes included.

    `exclude` names the columns that must not be kept: secrets, personal data the law wants erasable,
    large documents that have a history of their own.
    """
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
    )
