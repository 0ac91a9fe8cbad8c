"""When the demo must not load: into a production portal, or beside real data."""

from django.conf import settings

from apps.accounts.models import User
from apps.core.access import Conflict
from apps.core.models import PortalState
from apps.organizations.models import Organization


def is_loaded() -> bool:
    """Whether this database already holds the demo."""
    return PortalState.objects.filter(is_demo=True).exists()


def require_empty() -> None:
    """Raises `Conflict` in production and where the database holds anything of somebody else's."""
    if settings.PRODUCTION:
        raise Conflict("В рабочем режиме (PORTAL_PRODUCTION) демонстрационные данные не загружаются.")
    if User.objects.filter(is_demo=False).exists():
        raise Conflict("В базе есть настоящие пользователи: демонстрационные данные не загружаются.")
    if Organization.objects.exists():
        raise Conflict("В базе есть настоящие организации: демонстрационные данные не загружаются.")
