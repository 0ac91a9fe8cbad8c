"""At most so many calls a minute by one key, counted in each web process."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from ninja.throttling import BaseThrottle


class KeyThrottle(BaseThrottle):
    """Counts by the minute of the clock.

    The library's own throttle keeps the caller on itself between two steps, while one instance serves all
    threads: there a call may be counted to somebody else's key.
    """

    def allow_request(self, request: HttpRequest) -> bool:
        counter = f"{caller_of(request)}-{timezone.now():%H%M}"
        cache.add(counter, 0, timeout=120)
        try:
            return cache.incr(counter) <= settings.API_CALLS_PER_MINUTE
        except ValueError:  # the cache was full and dropped the counter this very moment
            return True

    def wait(self) -> float:
        """Seconds to the next minute."""
        return 60 - timezone.now().second


def caller_of(request: HttpRequest) -> str:
    key = getattr(request, "access_key", None)
    return f"api-key-{key.pk}" if key is not None else f"api-user-{request.user.pk}"
