"""Two versions of a form side by side: what changed, and where an old cell went. Free of Django."""

from apps.monitoring.versions.changes import Change, changes
from apps.monitoring.versions.successors import GONE, Move, Named, moved, moves_of, names_of, unmapped

__all__ = ["GONE", "Change", "Move", "Named", "changes", "moved", "moves_of", "names_of", "unmapped"]
