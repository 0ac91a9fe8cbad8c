import pghistory
import pytest
from django.db import ProgrammingError, connection, transaction
from procrastinate.contrib.django import app as queue

from apps.accounts.models import User
from apps.core import journal
from apps.core.dbroles import acting_as_runtime, append_only_tables, grant_runtime
from apps.core.enums import Verb
from apps.core.models import JournalRecord, WorkdayException
from tests.factories import OrganizationFactory


@pytest.fixture
def granted(db) -> None:
    assert grant_runtime()


def privileges(table: str) -> set[str]:
    names = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name WHERE has_table_privilege('imo_app', %s, name)",
            [list(names), table],
        )
        return {row[0] for row in cursor.fetchall()}


def refused(statement: str) -> None:
    denial = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with acting_as_runtime(), denial, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_journal_tables_are_those_of_history_and_the_journal():
    tables = append_only_tables()
    assert {"core_journalrecord", "pghistory_context", "organizations_organizationevent"} <= set(tables)
    assert "accounts_user" not in tables
    assert "core_job" not in tables


def test_running_role_may_only_add_to_the_journal_and_read_it(granted):
    assert {table: privileges(table) for table in append_only_tables()} == {
        table: {"SELECT", "INSERT"} for table in append_only_tables()
    }


def test_running_role_works_with_everything_else(granted):
    everyday = {"SELECT", "INSERT", "UPDATE", "DELETE"}
    for table in (
        "accounts_user",
        "core_job",
        "django_session",
        "procrastinate_jobs",
        "procrastinate_events",
    ):
        assert privileges(table) == everyday


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_journalrecord SET note = 'другое'",
        "DELETE FROM core_journalrecord",
        "TRUNCATE core_journalrecord",
        "UPDATE pghistory_context SET metadata = '{}'",
        "DELETE FROM pghistory_context",
        "UPDATE organizations_organizationevent SET pgh_label = ''",
        "DELETE FROM organizations_organizationevent",
        "ALTER TABLE core_journalrecord DISABLE TRIGGER ALL",
        "CREATE TABLE own (id int)",
        "DROP TABLE core_job",
    ],
)
def test_running_role_is_refused(granted, statement):
    refused(statement)


def test_line_is_added_to_the_journal_by_the_running_role(granted):
    with acting_as_runtime():
        journal.record(by=None, verb=next(iter(Verb)))
        assert JournalRecord.objects.count() == 1


def test_change_leaves_its_event_and_context_by_the_running_role(granted):
    organization = OrganizationFactory(short_name="Школа 1")
    events = pghistory.models.Events.objects.tracks(organization)
    with acting_as_runtime(), pghistory.context(user=1, url=""):
        type(organization).objects.filter(pk=organization.pk).update(short_name="Школа 2")
        with pghistory.context(reason="исправление"):  # the context's row is updated now
            type(organization).objects.filter(pk=organization.pk).update(short_name="Школа 3")
    last = events.order_by("-pgh_id")[:2]
    assert {event.pgh_context["reason"] for event in last} == {"исправление"}
    assert pghistory.models.Context.objects.count() == 1


def test_context_function_runs_as_its_owner_on_a_fixed_path_and_for_the_role_only(granted):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosecdef, proconfig, has_function_privilege('public', oid, 'EXECUTE'),"
            " has_function_privilege('imo_app', oid, 'EXECUTE')"
            " FROM pg_proc WHERE proname = '_pgh_attach_context'"
        )
        assert cursor.fetchone() == (True, ["search_path=public, pg_temp"], False, True)


def test_queue_works_for_the_running_role(granted):
    with acting_as_runtime(), connection.cursor() as cursor:
        queue.configure_task("no.such.task", allow_unknown=True).defer(number=1)
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'no.such.task'")
        cursor.execute(
            "SELECT type::text FROM procrastinate_events JOIN procrastinate_jobs j ON j.id = job_id"
            " WHERE j.task_name = 'no.such.task' ORDER BY procrastinate_events.id"
        )
        assert [row[0] for row in cursor.fetchall()] == ["deferred", "started"]


def test_rows_get_their_numbers_from_the_sequences(granted):
    with acting_as_runtime():
        first = WorkdayException.objects.create(date="2026-11-23")
        second = WorkdayException.objects.create(date="2026-11-24")
    assert second.pk == first.pk + 1


def test_server_without_the_role_is_left_as_it_is(db, settings):
    settings.PORTAL_APP_ROLE = "no_such_role"
    assert grant_runtime() is False


def test_server_with_a_single_role_is_left_as_it_is(db, settings):
    settings.PORTAL_APP_ROLE = connection.settings_dict["USER"]
    assert grant_runtime() is False
    assert User.objects.count() == 0
