"""Subscriptions: one's own links, and the calendar behind a link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from apps.core.access import Conflict, found, require
from apps.core.magadan import magadan_today
from apps.core.mail import absolute
from apps.core.pages import FormPage
from apps.planning import forms, permissions
from apps.planning.actions.feeds import open_feed, revoke_feed
from apps.planning.ical import calendar_of, feed_by_token, holdings_of
from apps.planning.models import Feed
from apps.planning.views.common import HOME, NO_PLANS, address


class FeedList(FormPage):
    """Links there are, and a form that gives one more; a new one is shown this once."""

    template_name = "planning/feed_list.html"
    form_class = forms.FeedForm
    title = "Подписка на календарь"
    lead = (
        "Мероприятия планов в календаре телефона, Outlook или Яндекс Календаря: он сам следит за изменениями."
    )
    button = "Создать"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        require(permissions.can_read(request.user), NO_PLANS)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        feeds = Feed.objects.visible_to(self.request.user).working()
        return super().get_context_data(**{"feeds": feeds, "breadcrumbs": HOME, "link": "", **kwargs})

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            _, token = open_feed(by=self.request.user, section=form.cleaned_data["what"])
        except Conflict as refused:
            form.add_error(None, refused.told)
            return self.form_invalid(form)
        link = absolute(address("feed-calendar", token))
        return self.render_to_response(self.get_context_data(form=forms.FeedForm(), link=link))


@require_POST
def feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    feed = found(Feed.objects.visible_to(request.user), pk=pk)
    revoke_feed(feed=feed, by=request.user)
    messages.success(request, "Ссылка отозвана: календарь по ней больше не обновится.")
    return redirect("planning:feed-list")


@login_not_required
@require_safe
def feed_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """For a calendar program: no session, nothing but the secret of the address."""
    feed = feed_by_token(token)
    if feed is None:
        raise Http404
    content = calendar_of(f"ИМО: {feed}", holdings_of(feed, magadan_today()))
    headers = {"Content-Disposition": 'inline; filename="plan.ics"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
