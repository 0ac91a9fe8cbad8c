"""Asks the running portal how it is."""

import http.client
import os

from imo_portal.launch.options import Options


def is_healthy(options: Options, timeout: float = 5) -> bool:
    """Whether /health/ answers 200; asked under a name that ALLOWED_HOSTS of production knows."""
    connection = http.client.HTTPConnection(options.local_host, options.port, timeout=timeout)
    try:
        connection.request("GET", "/health/", headers={"Host": _host(options)})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _host(options: Options) -> str:
    known = [name.strip() for name in os.environ.get("PORTAL_HOSTS", "").split(",") if name.strip(" .*")]
    return known[0].lstrip(".") if known else f"{options.local_host}:{options.port}"
