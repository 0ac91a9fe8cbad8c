"""Embedded PostgreSQL: the portal's own server for one machine, without installing one."""

from imo_portal.embedded.errors import EmbeddedServerError
from imo_portal.embedded.server import EmbeddedServer, server_for

__all__ = ["EmbeddedServer", "EmbeddedServerError", "server_for"]
