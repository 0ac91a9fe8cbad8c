"""Registries: the top of the portal collects from below, an app below is served from above, without imports.

An app fills them in `AppConfig.ready()`. A registry is a dictionary with a protocol, nothing more.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar


class Entry(Protocol):
    @property
    def key(self) -> str: ...


E = TypeVar("E", bound=Entry)
T = TypeVar("T")


def everybody(actor: Any) -> bool:
    """Whoever is signed in."""
    return bool(actor.is_authenticated)


class Registry(Mapping[str, E], Generic[E]):
    """Entries by key. Iteration goes by the entry's `order` where it has one, then by key."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, E] = {}

    def register(self, entry: E) -> E:
        """Adds the entry and returns it. Another entry under the same key is a fault (ValueError)."""
        present = self._entries.setdefault(entry.key, entry)
        if present is not entry and present != entry:
            raise ValueError(f"{self.name}: the key {entry.key!r} is taken")
        return present

    def __getitem__(self, key: str) -> E:
        return self._entries[key]

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._entries, key=lambda key: (getattr(self._entries[key], "order", 0), key)))

    def allowed(self, actor: Any) -> list[E]:
        """The entries whose `allowed(actor)` says yes, in order; only for entries that have it."""
        return [entry for entry in self.values() if entry.allowed(actor)]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class NavItem:
    """A line of the navigation. Groups are named by their titles and stand in order of their first items.

    `badge(actor)` gives the number beside the title, 0 or None for no badge; it is asked on every page.
    """

    key: str
    title: str
    url_name: str
    icon: str
    group: str
    order: int = 0
    allowed: Callable[[Any], bool] = everybody
    badge: Callable[[Any], int | None] | None = None


@dataclass(frozen=True)
class Counter:
    """A sign in the header with a number: unread notices. Asked on every page: at most one cheap query."""

    key: str
    title: str
    url_name: str
    icon: str
    count: Callable[[Any], int]
    order: int = 0
    allowed: Callable[[Any], bool] = everybody


@dataclass(frozen=True)
class Signboard:
    """A text on every page that only an app above knows: key «department» is the department's short name."""

    key: str
    text: Callable[[], str]


@dataclass(frozen=True)
class SearchHit:
    """Something the user may see that matches; `kind` is a Russian word for what it is."""

    title: str
    url: str
    kind: str
    snippet: str = ""


@dataclass(frozen=True)
class SearchProvider:
    """`search(actor, query, limit)` looks only through `visible_to` and gives at most `limit` hits."""

    key: str
    title: str
    search: Callable[[Any, str, int], list[SearchHit]]
    order: int = 0
    allowed: Callable[[Any], bool] = everybody


@dataclass(frozen=True)
class Task:
    """What waits for a user: one press on `action` leads to it."""

    title: str
    url: str
    action: str = "Открыть"
    detail: str = ""
    due_at: datetime | None = None
    is_late: bool = False


@dataclass(frozen=True)
class TaskProvider:
    """`tasks(actor)` gives what waits for the actor; the home page orders all of it by `due_at`.

    `is_personal`: nobody can do it in the actor's stead, so it never passes to a substitute.
    """

    key: str
    title: str
    tasks: Callable[[Any], list[Task]]
    order: int = 0
    allowed: Callable[[Any], bool] = everybody
    is_personal: bool = False


@dataclass(frozen=True)
class StandIn:
    """Somebody the actor stands in for today; `mark` says whose task it is and till when."""

    absent: Any
    mark: str


@dataclass(frozen=True)
class StandInProvider:
    """`absent_ones(actor)` gives whom the actor stands in for today; their open tasks appear to him too."""

    key: str
    absent_ones: Callable[[Any], list[StandIn]]
    order: int = 0


@dataclass(frozen=True)
class HomePanel:
    """A part of the home page under the tasks; its template gets what `context` gives, None hides it."""

    key: str
    title: str
    template: str
    context: Callable[[Any], dict[str, Any] | None]
    order: int = 0
    allowed: Callable[[Any], bool] = everybody


@dataclass(frozen=True)
class HomeFigure:
    """A tile of the home page: a number, what it is, the list behind it. `figure(actor)` None hides it."""

    key: str
    title: str
    figure: Callable[[Any], int | None]
    url_name: str = ""
    forms: str = ""
    order: int = 0
    allowed: Callable[[Any], bool] = everybody


@dataclass(frozen=True)
class PanelProvider:
    """A part of an organisation's card: its template gets what `context(actor, organization)` gives.

    None instead of a context: there is nothing to show to this actor.
    """

    key: str
    title: str
    template: str
    context: Callable[[Any, Any], dict[str, Any] | None]
    order: int = 0
    allowed: Callable[[Any], bool] = everybody


@dataclass(frozen=True)
class Scope:
    """What a figure is asked for: the days from the first to the last, and what stands on the last one.

    `person`: only what this user did; asked only of indicators that are `by_person`.
    """

    first: date
    last: date
    person: Any = None
    _kept: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, key: str, compute: Callable[[], T]) -> T:
        """What several figures of the scope share, asked of the database at the first of them."""
        if key not in self._kept:
            self._kept[key] = compute()
        return self._kept[key]


@dataclass(frozen=True)
class Indicator:
    """A live figure: a saved query. Its clause of the statute («3.1.2») puts it on the map.

    `rows(actor, scope)` gives what is counted, as far as the actor may see it: a queryset or a sequence of
    rows that have a name and perhaps an address. `figure(actor, scope)` is given where the number is not
    the number of the rows; None means there is nothing to count yet. `decimals` are the places printed.
    Whoever is `allowed` counts the same; a figure that differs from reader to reader has `in_reports=False`
    and never gets into a paper.
    """

    key: str
    title: str
    clause: str = ""
    rows: Callable[[Any, Scope], Any] | None = None
    figure: Callable[[Any, Scope], int | Decimal | None] | None = None
    unit: str = ""
    decimals: int = 0
    order: int = 0
    allowed: Callable[[Any], bool] = everybody
    by_person: bool = False
    in_reports: bool = True

    def __post_init__(self) -> None:
        if self.rows is None and self.figure is None:
            raise ValueError(f"indicator {self.key!r} counts nothing")

    def value(self, actor: Any, scope: Scope) -> int | Decimal | None:
        """The number itself: what `figure` says, or how many rows there are."""
        if self.figure is not None:
            return self.figure(actor, scope)
        counted = self.rows(actor, scope)  # type: ignore[misc]
        return counted.count() if hasattr(counted, "query") else len(counted)


@dataclass(frozen=True)
class CountedRow:
    """A row behind a figure where the rows of a table do not say enough by themselves."""

    title: str
    url: str = ""

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.url


@dataclass(frozen=True)
class LinkedWork:
    """Something tied to a clause by hand: a plan item, a campaign, a document; `kind` is a Russian word."""

    clause: str
    title: str
    url: str
    kind: str
    detail: str = ""


@dataclass(frozen=True)
class ClauseWork:
    """`linked(actor, scope)` gives what the actor may see of the work of these days tied to any clause."""

    key: str
    linked: Callable[[Any, Scope], list[LinkedWork]]
    order: int = 0


@dataclass(frozen=True)
class PlanSubject:
    """A kind of work a plan item may link to, and whose end then closes the item (`workflow.finished`).

    `model` is its label («monitoring.campaign»), `choices(actor, query, limit)` gives (number, title) of
    what the actor may see.
    """

    key: str
    title: str
    model: str
    choices: Callable[[Any, str, int], list[tuple[str, str]]]
    order: int = 0


@dataclass(frozen=True)
class SubjectGuard:
    """A kind of subject that not the whole department reads: `key` is the label of its model.

    `visible(actor)` gives the queryset of those the actor may see. Papers and the transition log name their
    subject by label and number; through the guard they are read by whoever reads the subject itself.
    """

    key: str
    visible: Callable[[Any], Any]
    order: int = 0


@dataclass(frozen=True)
class KnownValue:
    """What the portal already knows of an organisation: shown prefilled with its source in a monitoring.

    `value(organization_id, day)` gives text, a number or a date as of the day, None when not known.
    """

    key: str
    title: str
    source: str
    value: Callable[[int, date], Any]
    order: int = 0


indicators: Registry[Indicator] = Registry("indicators")
clause_work: Registry[ClauseWork] = Registry("clause work")
search_providers: Registry[SearchProvider] = Registry("search providers")
navigation: Registry[NavItem] = Registry("navigation")
header_counters: Registry[Counter] = Registry("header counters")
signboards: Registry[Signboard] = Registry("signboards")
home_tasks: Registry[TaskProvider] = Registry("home tasks")
stand_ins: Registry[StandInProvider] = Registry("stand-ins")
home_panels: Registry[HomePanel] = Registry("home panels")
home_figures: Registry[HomeFigure] = Registry("home figures")
organization_panels: Registry[PanelProvider] = Registry("organization panels")
plan_subjects: Registry[PlanSubject] = Registry("plan subjects")
subject_guards: Registry[SubjectGuard] = Registry("subject guards")
known_values: Registry[KnownValue] = Registry("known values")
