"""The clock of Magadan: deadlines, terms and school years follow it whatever the server's zone is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

MAGADAN = ZoneInfo("Asia/Magadan")


def in_magadan(moment: datetime) -> datetime:
    """The same moment by the clock of Magadan; a naive moment is a fault (ValueError)."""
    return timezone.localtime(moment, MAGADAN)


def magadan_today() -> date:
    """The date in Magadan now."""
    return in_magadan(timezone.now()).date()
