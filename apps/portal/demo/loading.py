"""Loads the whole demo in one transaction."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.core import journal
from apps.core.enums import Verb
from apps.core.models import PortalState
from apps.monitoring.models import Campaign, Form, Response
from apps.portal.demo.activity import load_activity
from apps.portal.demo.calendar import DemoCalendar
from apps.portal.demo.city import City
from apps.portal.demo.finished import load_finished
from apps.portal.demo.forms import load_forms
from apps.portal.demo.helpers import load_helpers
from apps.portal.demo.notes import load_notices
from apps.portal.demo.organizations import load_department, load_organizations
from apps.portal.demo.people import load_people
from apps.portal.demo.plans import load_plans
from apps.portal.demo.questionnaires import load_questionnaires
from apps.portal.demo.refusal import require_empty
from apps.portal.demo.reports import load_reports
from apps.portal.demo.running import load_running
from apps.portal.demo.staff import load_staff
from apps.portal.demo.users import load_users


@dataclass(frozen=True)
class Loaded:
    """How much was made, and the number of the paper that was issued."""

    organizations: int
    users: int
    forms: int
    campaigns: int
    responses: int
    notices: int
    paper: str


@transaction.atomic
def load() -> Loaded:
    """Fills an empty portal. Raises `Conflict` in production and beside real data."""
    PortalState.objects.get_or_create(pk=1)
    state = PortalState.objects.select_for_update().get(pk=1)
    require_empty()
    calendar = DemoCalendar(timezone.now())
    load_department()
    organizations = load_organizations(calendar)
    users = load_users(organizations, calendar)
    forms = load_forms(users["methodist"], calendar.at(calendar.years[0].first_day))
    city = City(calendar, users, organizations, forms)
    rounds = load_finished(city)
    running = load_running(city, rounds)
    load_helpers(users, running)
    paper = load_reports(rounds, users)
    load_staff(users, calendar)
    load_plans(users, calendar, running[0])
    load_people(organizations, users, calendar)
    load_activity(users, calendar)
    load_questionnaires(users, calendar)
    notices = load_notices(city, running)
    state.is_demo, state.set_up_at = True, calendar.now
    state.save()
    journal.record(by=None, verb=Verb.IMPORTED, title="Демонстрационные данные")
    return Loaded(
        organizations=len(organizations),
        users=len(users),
        forms=Form.objects.count(),
        campaigns=Campaign.objects.count(),
        responses=Response.objects.count(),
        notices=notices,
        paper=str(paper),
    )
