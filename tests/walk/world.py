"""A whole small portal for the tests that walk over everything: two organisations, every state of everything.

Built once a process inside a transaction that is rolled back at the end of the walk (see `built`).
"""

import datetime
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone
from openpyxl import Workbook

from apps.accounts.actions import invite
from apps.accounts.links import token_hash
from apps.accounts.models import RoleGrant, User
from apps.accounts.tokens import password_path
from apps.api.actions import make_key
from apps.core.enums import JobState
from apps.core.exports import XLSX_TYPE
from apps.core.files import store_file
from apps.core.idempotency import first_time
from apps.core.models import Job, PortalState, WorkdayException
from apps.core.roles import Role
from apps.monitoring.actions.editions import begin_edition
from apps.monitoring.actions.forms import copy_version
from apps.monitoring.actions.library import create_element
from apps.monitoring.actions.ministry import save_blank
from apps.monitoring.actions.parts import give_part, open_part
from apps.monitoring.actions.reports import approve_report, begin_report, send_report
from apps.monitoring.actions.sending import seal
from apps.monitoring.compiled import compiled_of
from apps.monitoring.ministry.places import Place
from apps.monitoring.models import (
    Amendment,
    Campaign,
    DraftEdit,
    MonitoringReport,
    PhoneCall,
    Response,
    SavedAnalysis,
    SummaryRollup,
)
from apps.monitoring.workbooks import workbook_of
from apps.notices.actions import notify
from apps.notices.models import Delivery, Preference
from apps.organizations.models import Contingent, Organization
from apps.papers.actions import attach
from tests.core.containers import xlsx
from tests.factories import (
    CampaignFactory,
    OrganizationFactory,
    ResponseFactory,
    UserFactory,
    form_version,
    user_with,
)
from tests.monitoring.ministry.books import QUESTIONS, TABLE, blank_of_library, filled
from tests.monitoring.responses.definitions import LIBRARY
from tests.office.world import add_staff
from tests.papers.conftest import make_department
from tests.planning.world import add_plans
from tests.questionnaires.world import add_questionnaires
from tests.reports.world import add_reports
from tests.teachers.world import add_teachers
from tests.teachers.world_personal import add_personal
from tests.teachers.world_records import add_records

STATES = ["not_started", "draft", "submitted", "returned", "accepted"]
READY = {"1/01/4": "10", "1/01/5": "2.5", "1/02/4": "6", "1/03/4": "4"}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@dataclass
class World:
    """`users` by the words of the tables of the tests, `at` the arguments of addresses by their words."""

    users: dict[str, User] = field(default_factory=dict)
    at: dict[str, Any] = field(default_factory=dict)
    school_a: Any = None
    school_b: Any = None
    version: Any = None
    responses: dict[tuple[str, str], Response] = field(default_factory=dict)
    foreign: dict[str, Any] = field(default_factory=dict)


@contextmanager
def built() -> Iterator[World]:
    """The world, until the end of the block."""
    atomic = transaction.atomic()
    atomic.__enter__()
    try:
        yield _build()
    finally:
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def _build() -> World:
    world = World()
    PortalState.objects.create(pk=1, set_up_at=timezone.now())
    make_department()
    WorkdayException.objects.create(date=datetime.date(2026, 12, 31), note="постановление")
    world.school_a = OrganizationFactory(short_name="Школа А", inn="7707083893", kpp="770701001")
    world.school_b = OrganizationFactory(short_name="Школа Б")
    _people(world)
    _organizations(world)
    _forms(world)
    for state in STATES:
        _running(world, state)
    _other_campaigns(world)
    _around_a_response(world)
    _workbook(world)
    _helpers(world)
    _amendments(world)
    _reports(world)
    _personal(world)
    add_staff(world.users, world.at)
    add_plans(world.users, world.at)
    add_reports(world.users, world.at)
    add_questionnaires(world)
    add_teachers(world)
    add_records(world.users, world.at, world.school_a, world.school_b)
    add_personal(world)
    _settle_constraints()
    return world


def _settle_constraints() -> None:
    """What is deferred is checked once, not again at the end of each test."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _people(world: World) -> None:
    world.users = {
        "own": user_with(Role.REPRESENTATIVE, world.school_a, username="school-a"),
        "other": user_with(Role.REPRESENTATIVE, world.school_b, username="school-b"),
        "nobody": UserFactory(username="nobody"),
        "juror": user_with(Role.JUROR, username="juror"),
        "assistant": user_with(Role.ASSISTANT, username="assistant"),
        "methodist": user_with(Role.METHODIST, username="methodist"),
        "director": user_with(Role.DIRECTOR, username="director"),
        "head": user_with(Role.HEAD, username="head"),
        "admin": user_with(Role.ADMIN, username="admin"),
    }


def _organizations(world: World) -> None:
    for school in (world.school_a, world.school_b):
        Contingent.objects.create(
            organization=school,
            school_year=2026,
            pupils=200,
            groups=10,
            counted_on=datetime.date(2026, 9, 20),
        )
    closed = datetime.date(2025, 1, 1)
    OrganizationFactory(short_name="Школа А, здание 2", parent=world.school_a, closed_on=closed)
    world.at["organization"] = world.school_a.pk


def _forms(world: World) -> None:
    methodist = world.users["methodist"]
    world.version = form_version(LIBRARY, methodist)
    draft = copy_version(version=world.version, by=methodist)
    DraftEdit.objects.create(version=draft, number=1, command={"op": "copy"}, patches=[], by=methodist)
    world.at |= {"form": world.version.form_id, "version": world.version.pk, "draft version": draft.pk}
    element = create_element(by=methodist, code="books", title="Книг в фонде", type="integer")
    world.at["element"] = element.pk
    _blanks(world)
    book = xlsx([["type", "name", "label"], ["integer", "pupils", "Сколько учеников"]], "survey")
    world.at["xlsform file"] = store_file(
        file=io.BytesIO(book), name="Форма.xlsx", content_type=XLSX_TYPE, by=methodist
    ).pk


def _blanks(world: World) -> None:
    """The ministry's workbook: kept with the form, sent again by the methodist, filled by school A."""
    methodist = world.users["methodist"]
    sent = {
        word: store_file(
            file=io.BytesIO(content), name="ФОНД.xlsx", content_type=XLSX_TYPE, by=world.users[word]
        )
        for word, content in (("methodist", blank_of_library()), ("own", filled({"F9": 11})))
    }
    places = {"1/01/4": Place(TABLE, 9, 6), "comment": Place(QUESTIONS, 4, 3)}
    blank = save_blank(
        form=world.version.form, title="ФОНД", places=places, file=sent["methodist"], by=methodist
    )
    world.at |= {"blank": blank.pk, "blank file": sent["methodist"].pk, "own blank file": sent["own"].pk}


def _campaign(world: World, **fields: Any) -> Campaign:
    return CampaignFactory(version=world.version, created_by=world.users["methodist"], **fields)


def _running(world: World, state: str) -> None:
    campaign = _campaign(world, title=f"Мониторинг {state}")
    world.at[f"{state} campaign"] = campaign.pk
    for word, school in (("own", world.school_a), ("other", world.school_b)):
        response = put(ResponseFactory(campaign=campaign, organization=school), state, world.users[word])
        world.responses[word, state] = response
        if word == "own":
            world.at[state] = response.pk


def put(response: Response, state: str, by: User) -> Response:
    """The response filled in and brought into the state, past its actions."""
    now = timezone.now()
    response.state = state
    if state != "not_started":
        response.values = READY | {"inn": response.organization.inn}
        response.saved_at = response.opened_at = now
        response.changes.create(address="1/01/4", was="", became="10", by=by)
    if state in ("submitted", "returned", "accepted"):
        response.submitted_at, response.submitted_by = now, by
        seal(response, compiled_of(response))
        response.submissions.create(number=1, values=response.values, by=by)
    if state == "accepted":
        response.accepted_at, response.accepted_by = now, by
    response.save()
    if state == "accepted":
        begin_edition(response, at=now)
    return response


def _other_campaigns(world: World) -> None:
    methodist = world.users["methodist"]
    draft = _campaign(world, title="Готовится", state="draft", started_at=None)
    ResponseFactory(campaign=draft, organization=world.school_a)
    closed = _campaign(world, title="Завершён", state="closed", closed_at=timezone.now())
    put(ResponseFactory(campaign=closed, organization=world.school_a), "accepted", methodist)
    hidden = draft.responses.get()
    world.at |= {"draft campaign": draft.pk, "closed campaign": closed.pk, "unstarted": hidden.pk}
    SummaryRollup.objects.create(campaign=closed, with_submitted=True, revision=99, document={})


def _around_a_response(world: World) -> None:
    """Everything that hangs on a response, for the own one and the other's in each state it needs."""
    methodist = world.users["methodist"]
    for (word, state), response in world.responses.items():
        place = world.at if word == "own" else world.foreign
        by = world.users[word]
        remark = response.remarks.create(
            address="1/01/4", state="open" if state != "accepted" else "resolved"
        )
        remark.messages.create(text="Проверьте", by=methodist)
        file = store_file(file=io.BytesIO(PNG), name="скан.png", content_type="image/png", by=by)
        attachment = response.attachments.create(file=file, kind="scan")
        response.explanations.create(instance="r2:5", relation="r2", text="Так и есть", by=by)
        response.extensions.create(due_at=timezone.now(), reason="болезнь", by=methodist)
        place |= {f"{state} remark": remark.pk, f"{state} attachment": attachment.pk}
        if sent := response.submissions.first():
            place[f"{state} submission"] = sent.pk


def _workbook(world: World) -> None:
    """A workbook that the own school has uploaded and not confirmed."""
    content = io.BytesIO(workbook_of(world.responses["own", "draft"]))
    kept = store_file(file=content, name="Бланк.xlsx", content_type=XLSX_TYPE, by=world.users["own"])
    world.at["workbook file"] = kept.pk


def _helpers(world: World) -> None:
    """A colleague with a section, and a response told by phone that waits for the head's word."""
    methodist, campaign = world.users["methodist"], _campaign(world, title="По телефону")
    for word, place in (("own", world.at), ("other", world.foreign)):
        school = world.school_a if word == "own" else world.school_b
        response = world.responses[word, "draft"]
        part, token = give_part(
            response_id=response.pk, name="Цветкова П. С.", email="", sections=["1"], by=world.users[word]
        )
        open_part(part_id=part.pk)
        phoned = put(ResponseFactory(campaign=campaign, organization=school), "submitted", methodist)
        PhoneCall.objects.create(
            response=phoned,
            told_by="Лугова М. И., директор",
            entered_by=methodist,
            sent_at=phoned.submitted_at,
            token_hash=token_hash(f"call-{word}"),
        )
        place |= {"part": part.pk, "phoned": phoned.pk}
        place |= {"part token": token, "call token": f"call-{word}"}


def _amendments(world: World) -> None:
    """Accepted responses with an amendment begun and one sent, the own ones and the other's."""
    now = timezone.now()
    for state in ("draft", "sent"):
        campaign = _campaign(world, title=f"С поправками {state}")
        for word, place in (("own", world.at), ("other", world.foreign)):
            school, by = (world.school_a if word == "own" else world.school_b), world.users[word]
            response = put(ResponseFactory(campaign=campaign, organization=school), "accepted", by)
            amendment = Amendment.objects.create(
                response=response,
                state=state,
                reason="Ошибка в счёте",
                values={"1/01/5": "2.6"},
                was={"1/01/5": "2.5"},
                sent_at=now if state == "sent" else None,
                created_by=by,
            )
            place |= {f"{state} amended": response.pk, f"{state} amendment": amendment.pk}


def _reports(world: World) -> None:
    methodist, head = world.users["methodist"], world.users["head"]
    drafted, approved = (
        Campaign.objects.get(pk=world.at[word]) for word in ("submitted campaign", "closed campaign")
    )
    waiting = Campaign.objects.get(pk=world.at["accepted campaign"])
    begin_report(campaign=drafted, by=methodist)
    wish = {"indicators": ["1/01/4"]}
    analysis = SavedAnalysis.objects.create(
        campaign=drafted, title="Учебники", wish=wish, created_by=methodist
    )
    for campaign in (waiting, approved):
        send_report(report=begin_report(campaign=campaign, by=methodist), by=methodist)
    report = MonitoringReport.objects.get(campaign=approved)
    paper = approve_report(report=report, seen=report.mark, by=head)
    scan = attach(paper=paper, kind="scan", file=SimpleUploadedFile("скан.png", PNG), by=methodist)
    world.at |= {
        "analysis": analysis.pk,
        "paper_attachment": scan.pk,
        "paper": paper.pk,
        "code": paper.code,
        "report": MonitoringReport.objects.get(campaign=drafted).pk,
        "waiting report": MonitoringReport.objects.get(campaign=waiting).pk,
        "seen": MonitoringReport.objects.get(campaign=waiting).mark,
    }


def _personal(world: World) -> None:
    """What belongs to one user: jobs, notices, invitations, an import in progress, a second factor."""
    own, other, methodist = (world.users[word] for word in ("own", "other", "methodist"))
    for user, place in ((own, world.at), (other, world.foreign)):
        place["job"] = _job(user, world.responses["own" if user is own else "other", "accepted"]).pk
        notice = notify(recipients=[user], kind="monitoring", title="Новый мониторинг", url="/monitoring/")[0]
        place["notice"] = notice.pk
        place["grant"] = RoleGrant.objects.get(user=user).pk
        place["access key"] = make_key(by=user, name="Сводная таблица", days=30)[0].pk
        Preference.objects.create(user=user, frequency="daily")
    delivery = Delivery.objects.get(notices=world.at["notice"])
    Delivery.objects.filter(pk=delivery.pk).update(state="failed", error="550")
    invitation, token = invite(by=methodist, role=Role.REPRESENTATIVE, organization=world.school_a)
    forgetful = UserFactory(username="forgetful")
    uid, reset = password_path(forgetful).strip("/").split("/")[-2:]
    world.at |= {
        "delivery": delivery.pk,
        "invitation": invitation.pk,
        "token": token,
        "uid": uid,
        "reset": reset,
    }
    world.at["import"] = _import(methodist).pk
    world.at["no address"] = "v1/nothing"
    first_time(by=methodist, action="organizations.import", key="k" * 32)


def _job(user: User, response: Response) -> Job:
    result = store_file(file=io.BytesIO(PNG), name="печать.png", content_type="image/png", by=user)
    return Job.objects.create(
        kind="monitoring.print",
        title="Печать",
        state=JobState.DONE,
        subject_id=str(response.pk),
        result=result,
        created_by=user,
    )


def _import(by: User) -> Any:
    book = Workbook()
    for row in (["Название", "Вид организации", "Тип"], ["Школа № 77", "школа", "бюджетное"]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return store_file(file=content, name="Организации.xlsx", content_type=XLSX_TYPE, by=by)


# What any visit may leave behind.
LOGS = {"core_journalrecord", "django_admin_log", "django_session", "pghistory_context"}


@dataclass
class Fingerprint:
    """Table → (rows, checksum) of every table that a forbidden request must leave as it is.

    `writes`: what this transaction had written to them, undone or not, when they were last seen unchanged.
    """

    tables: dict[str, tuple[int, str]]
    writes: list[tuple[str, int]]


def fingerprint() -> Fingerprint:
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - LOGS)
        query = " UNION ALL ".join(
            f"SELECT '{table}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM {table} t"
            for table in tables
        )
        cursor.execute(query)
        return Fingerprint({name: (rows, checksum) for name, rows, checksum in cursor.fetchall()}, _writes())


def _writes() -> list[tuple[str, int]]:
    """Table → rows inserted, changed and deleted in this transaction: faster to ask than checksums."""
    acts = ("inserted", "updated", "deleted")
    counted = " + ".join(f"pg_stat_get_xact_tuples_{act}(oid)" for act in acts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT relname, {counted} FROM pg_class WHERE relkind = 'r' AND {counted} > 0"
            " AND relnamespace = 'public'::regnamespace AND relname <> ALL(%s) ORDER BY relname",
            [list(LOGS)],
        )
        return cursor.fetchall()


def changed_tables(before: Fingerprint) -> set[str]:
    """Tables that differ from `before`."""
    if _writes() == before.writes:
        return set()
    after = fingerprint()
    changed = {table for table, seen in before.tables.items() if seen != after.tables[table]}
    if not changed:
        before.writes = after.writes
    return changed


def organization_named(name: str) -> Organization:
    return Organization.objects.get(short_name=name)
