"""What the resolver knows of every address: its view, its arguments, whether it is a list."""

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from apps.core.lists import ListPage


def _walk(resolver: Any = None, space: str = "", held: dict | None = None) -> Iterator[tuple[str, Any, dict]]:
    """Name with its namespaces, callback, and argument → converter."""
    for one in (resolver or get_resolver()).url_patterns:
        kinds = (held or {}) | {
            name: type(kind).__name__.removesuffix("Converter").lower().replace("string", "str")
            for name, kind in getattr(one.pattern, "converters", {}).items()
        }
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            if inner != "admin:":
                yield from _walk(one, inner, kinds)
        elif isinstance(one, URLPattern):
            yield f"{space}{one.name}", one.callback, kinds


VIEWS = {name: callback for name, callback, _ in _walk()}


def patterns() -> list[tuple[str, dict[str, str]]]:
    return [(name, kinds) for name, _, kinds in _walk()]


def view_class(name: str) -> type | None:
    return getattr(VIEWS[name], "view_class", None)


def list_pages() -> list[str]:
    """The names of all addresses a `ListPage` answers at."""
    classes = {name: view_class(name) for name in VIEWS}
    return sorted(name for name, view in classes.items() if view and issubclass(view, ListPage))
