"""Refusals by their status alone, for the tests that are refused by every address of the portal."""

from django.http import HttpResponse


def leave_out_words(patch) -> None:
    """Until the patch is undone, the pages 403 and 404 are empty; `walk.test_refusals` draws them."""
    patch.setattr("imo_portal.urls.handler403", _forbidden)
    patch.setattr("imo_portal.urls.handler404", _not_found)


def _forbidden(request, exception=None) -> HttpResponse:
    return HttpResponse(status=403)


def _not_found(request, exception=None) -> HttpResponse:
    return HttpResponse(status=404)
