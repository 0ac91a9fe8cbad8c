"""Days and moments of the demo, counted from today."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from apps.core.school_year import SchoolYear


@dataclass(frozen=True)
class DemoCalendar:
    """Three school years up to the one that goes on; the rounds of the first two are finished."""

    now: datetime.datetime

    @property
    def today(self) -> datetime.date:
        return timezone.localdate(self.now)

    @property
    def years(self) -> tuple[SchoolYear, SchoolYear, SchoolYear]:
        """Earliest first."""
        current = SchoolYear.of(self.today)
        return current.previous.previous, current.previous, current

    def at(self, day: datetime.date, hour: int = 9, minute: int = 0) -> datetime.datetime:
        """A moment by the clock of Magadan, never later than now."""
        moment = datetime.datetime.combine(day, datetime.time(hour, minute), timezone.get_default_timezone())
        return min(moment, self.now)

    def days_ago(self, days: int, hour: int = 9, minute: int = 0) -> datetime.datetime:
        return self.at(self.today - datetime.timedelta(days), hour, minute)

    def due_in(self, days: int) -> datetime.datetime:
        """The last minute of the day so many days from today (negative: before it)."""
        day = self.today + datetime.timedelta(days)
        return datetime.datetime.combine(day, datetime.time(23, 59), timezone.get_default_timezone())
