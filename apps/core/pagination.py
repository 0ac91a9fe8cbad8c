"""Links from one page of a list to the others."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import cached_property

GAP = Paginator.ELLIPSIS


@dataclass(frozen=True)
class PageLink:
    text: str
    url: str
    is_current: bool = False


class CappedPaginator(Paginator):
    """Counts no further than `most` rows and turns no page behind them: a search narrows a longer list."""

    def __init__(self, rows: Any, size: int, most: int) -> None:
        super().__init__(rows, size)
        self.most = most

    @cached_property
    def found(self) -> int:
        """How many rows there are, one more than `most` where there are more."""
        return int(self.object_list.order_by()[: self.most + 1].count())  # type: ignore[attr-defined]

    @cached_property
    def count(self) -> int:
        return min(self.found, self.most)


def chosen_page(rows: Any, query: QueryDict, sizes: tuple[int, ...], most: int | None = None) -> "Pages":
    """The page that `?page=` and `?size=` ask for; what cannot be understood is passed over.

    `most`: a list that may be very long is counted and turned over no further than so many rows.
    """
    wished = query.get("size", "")
    size = next((size for size in sizes if str(size) == wished), sizes[0])
    paginator = Paginator(rows, size) if most is None else CappedPaginator(rows, size, most)
    return Pages(paginator.get_page(query.get("page")), query, sizes)


class Pages:
    """The page of a list with the addresses of its neighbours; `query` is what the request asked."""

    def __init__(self, page: Page, query: QueryDict, sizes: tuple[int, ...]) -> None:
        self.page = page
        self.query = query
        self._sizes = sizes

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def is_capped(self) -> bool:
        """There are more rows than have been counted."""
        paginator = self.page.paginator
        return isinstance(paginator, CappedPaginator) and paginator.found > paginator.most

    @property
    def is_needed(self) -> bool:
        return self.total > min(self._sizes)

    @property
    def first(self) -> int:
        return self.page.start_index()

    @property
    def last(self) -> int:
        return self.page.end_index()

    @property
    def previous_url(self) -> str:
        return self._to(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self._to(self.page.next_page_number()) if self.page.has_next() else ""

    def links(self) -> list[PageLink]:
        """Numbers of pages; a gap has no address. One page has no links."""
        paginator, number = self.page.paginator, self.page.number
        if paginator.num_pages == 1:
            return []
        around = paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)
        return [
            PageLink(str(one), "" if one == GAP else self._to(one), one == number)  # type: ignore[arg-type]
            for one in around
        ]

    def sizes(self) -> list[PageLink]:
        present = self.page.paginator.per_page
        return [
            PageLink(str(size), changed(self.query, size=size, page=None), size == present)
            for size in self._sizes
        ]

    def _to(self, number: int) -> str:
        return changed(self.query, page=number)


def changed(query: QueryDict, **values: Any) -> str:
    """«?…» with some parameters replaced, or taken away when None; a bare «?» when nothing is left."""
    copy = query.copy()
    for name, value in values.items():
        if value is None:
            copy.pop(name, None)
        else:
            copy[name] = str(value)
    return f"?{copy.urlencode()}"
