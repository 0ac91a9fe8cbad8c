"""The events of one row as a person reads them: who, when, each field «было → стало»."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Field, ForeignKey, Model, QuerySet

from apps.core.admin import narrowed
from apps.core.history import event_model_of
from apps.core.russian import DASH, date_short, datetime_short

# What history must not hold at all (tests/test_consistency.py); should it ever, no page shows it.
SECRETS = frozenset({"password", "session_salt", "token_hash", "token", "secret", "key", "last_login"})
ACTS = {"insert": "создание", "update": "изменение", "delete": "удаление"}
NOT_SHOWN = "нет доступа или удалено"
CHANGED = "изменено"


@dataclass(frozen=True)
class Difference:
    """`was` and `became` are None where the reader may know only that the field has changed."""

    title: str
    was: str | None
    became: str | None


@dataclass(frozen=True)
class Change:
    at: datetime.datetime
    who: str
    act: str
    differences: list[Difference]


def events_of(model: type[Model], pk: Any) -> QuerySet:
    """The events of a tracked row, the newest first; also of a row that is deleted by now."""
    return (
        event_model_of(model).objects.filter(pgh_obj_id=pk).select_related("pgh_context").order_by("-pgh_id")
    )


def shown_fields(model: type[Model]) -> list[Field]:
    """The columns of the history that a page may show: no keys of the table, no secrets."""
    kept = {field.name for field in event_model_of(model)._meta.fields}
    fields = (field for field in model._meta.fields if field.name in kept and not field.primary_key)
    return [field for field in fields if field.name not in SECRETS]


def changes_of(model: type[Model], events: Sequence[Any], *, user: Any, with_values: bool) -> list[Change]:
    """What each event has changed against the one before it in time.

    `events`: newest first, with one more at the end when there is an older page, only to compare with; so the
    caller drops the last change then. The number of queries depends on the columns, never on the rows.
    """
    fields = shown_fields(model)
    names = _related_names(fields, events, user) if with_values else {}
    people = _people(events)
    older = [*events[1:], None]
    return [
        Change(
            at=event.pgh_created_at,
            who=people.get(_user_id(event), "портал"),
            act=ACTS.get(event.pgh_label, event.pgh_label),
            differences=list(_differences(fields, event, before, names, with_values)),
        )
        for event, before in zip(events, older, strict=True)
    ]


def _differences(
    fields: list[Field], event: Any, before: Any, names: dict[str, dict], with_values: bool
) -> Iterable[Difference]:
    """A deletion repeats the last version: nothing has changed in it."""
    if event.pgh_label == "delete":
        return
    for field in fields:
        was = getattr(before, field.attname) if before is not None else None
        became = getattr(event, field.attname)
        if was == became or (was in (None, "", []) and became in (None, "", [])):
            continue
        title = str(field.verbose_name)
        title = title[:1].upper() + title[1:]
        if not with_values:
            yield Difference(title, None, None)
        else:
            yield Difference(title, shown(field, was, names), shown(field, became, names))


def shown(field: Any, value: Any, names: dict[str, dict] | None = None) -> str:
    """A value as pages show it: the word of a choice, a date, «да», the name behind a key; never a number
    of a row."""
    if value is None or value == "" or value == []:
        return DASH
    if isinstance(field, ForeignKey):
        return (names or {}).get(field.name, {}).get(value, NOT_SHOWN)
    if isinstance(value, list):
        return ", ".join(shown(getattr(field, "base_field", field), one) for one in value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime.datetime):
        return datetime_short(value)
    if isinstance(value, datetime.date):
        return date_short(value)
    return CHANGED if isinstance(value, dict) else str(value)


def _related_names(fields: list[Field], events: Sequence[Any], user: Any) -> dict[str, dict]:
    """Field → key → the name of the row behind it, of those rows only that the user may see."""
    names = {}
    for field in fields:
        if not isinstance(field, ForeignKey):
            continue
        keys = {getattr(event, field.attname) for event in events} - {None}
        rows = narrowed(field.related_model._default_manager.all(), user) if keys else None
        found = rows.filter(pk__in=keys).select_related() if rows is not None else ()
        names[field.name] = {row.pk: str(row) for row in found}
    return names


def _user_id(event: Any) -> Any:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _people(events: Sequence[Any]) -> dict[Any, str]:
    """Names of who acted: the journal tells them to its reader whoever they are."""
    ids = {_user_id(event) for event in events} - {None}
    return {pk: str(user) for pk, user in get_user_model()._default_manager.in_bulk(ids).items()}
