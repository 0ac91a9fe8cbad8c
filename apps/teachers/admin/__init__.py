"""Pages of the Django admin, a module for each kind of work."""

from apps.teachers.admin import books, registry

__all__ = ["books", "registry"]
