"""Configuration of the web server: `gunicorn -c imo_portal/gunicorn.py imo_portal.wsgi:application`."""

import gc
import os

bind = f"{os.environ.get('PORTAL_BIND') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
worker_class = "gthread"
workers = int(os.environ.get("PORTAL_WEB_PROCESSES") or max(2, min(4, os.cpu_count() or 1)))
threads = int(os.environ.get("PORTAL_WEB_THREADS") or 8)
# The memory of printing goes back to the system from time to time; not all processes at once.
max_requests = 20_000
max_requests_jitter = 4_000
timeout = 120
graceful_timeout = 25
keepalive = 5
# No access log: addresses of searches name persons. Errors go where the process is started.
accesslog = None
errorlog = "-"
loglevel = "warning"


def post_worker_init(worker: object) -> None:
    """What was loaded at the start lives as long as the process: the collector need not look at it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
