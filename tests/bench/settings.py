"""The portal's own settings with the anchor beside it."""

from imo_portal.settings import *  # noqa: F403
from imo_portal.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench.anchor"]
ROOT_URLCONF = "tests.bench.urls"
