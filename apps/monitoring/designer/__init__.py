"""Editing of a form's JSON definition: small commands, each a pure function of the document. Free of Django.

The document may be faulty between two edits: nothing here asks it to be valid, only to have the shape that
the commands themselves give it. `load` judges it when it is published.
"""

from apps.monitoring.designer.commands import apply
from apps.monitoring.designer.patches import Patch, difference, put, taken_back
from apps.monitoring.designer.places import Misplaced

__all__ = ["Misplaced", "Patch", "apply", "difference", "put", "taken_back"]
