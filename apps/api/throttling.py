"""At most so many calls a minute by one key, counted in each web process."""

from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import SimpleRateThrottle


class KeyThrottle(SimpleRateThrottle):
    def __init__(self) -> None:
        super().__init__(f"{settings.API_CALLS_PER_MINUTE}/m")

    def get_cache_key(self, request: HttpRequest) -> str:
        key = getattr(request, "access_key", None)
        return f"api-key-{key.pk}" if key is not None else f"api-user-{request.user.pk}"
