"""The page of a form, made once a published version and kept in the process.

A request only writes values into it. A draft changes, so nothing of it is kept.
"""

from functools import lru_cache

from apps.monitoring.definition import CompiledForm
from apps.monitoring.skeleton.build import build_skeleton, open_row_skeleton
from apps.monitoring.skeleton.fields import FILL, PRINT, READ, writer_of
from apps.monitoring.skeleton.parts import SectionMark, Skeleton, attribute, hidden_keys

__all__ = [
    "FILL",
    "PRINT",
    "READ",
    "SectionMark",
    "Skeleton",
    "attribute",
    "draft_skeleton",
    "hidden_keys",
    "open_row_of",
    "part_skeleton",
    "skeleton_of",
    "writer_of",
]


def draft_skeleton(compiled: CompiledForm, mode: str) -> Skeleton:
    """The skeleton of a form to fill in, to read or to print, made anew."""
    return build_skeleton(compiled.form, compiled.laid, mode)


@lru_cache(maxsize=96)
def skeleton_of(compiled: CompiledForm, mode: str) -> Skeleton:
    """The same of a published version, whose compiled form is kept in the process too."""
    return draft_skeleton(compiled, mode)


@lru_cache(maxsize=96)
def part_skeleton(compiled: CompiledForm, mode: str, only: frozenset[str]) -> Skeleton:
    """The skeleton of some sections, by their addresses."""
    return build_skeleton(compiled.form, compiled.laid, mode, only)


@lru_cache(maxsize=2000)
def open_row_of(compiled: CompiledForm, section: str, row: str, number: int, mode: str) -> Skeleton | None:
    """The skeleton of one row of the open table of a section; `number` is the one the reader sees."""
    page = open_row_skeleton(compiled.laid, section, row, number, mode)
    return page.squeezed() if page else None
