"""The web server's entry; connections to the database are pooled here and only here."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imo_portal.settings")
os.environ.setdefault("PORTAL_DB_POOL", "1")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
