"""The staff of ИМО in the demo: the demo accounts and invented colleagues, through the real actions."""

import datetime
from decimal import Decimal

from apps.accounts.models import User
from apps.office import actions
from apps.office.enums import AbsenceKind, ActKind, OrderKind, PostCategory, ServiceKind
from apps.office.models import (
    Employee,
    Encouragement,
    Position,
    SafetyBriefing,
    StaffingEdition,
    StaffTraining,
)
from apps.portal.demo.calendar import DemoCalendar
from apps.portal.demo.cast import invented_name
from apps.portal.demo.chance import chance

WEEK = datetime.timedelta(7)
# Title, category, direction, experience it gives, units.
POSTS = [
    ("Заведующий отделом", PostCategory.HEAD, "", ServiceKind.LEADING, "1"),
    ("Методист по аналитической работе", PostCategory.METHODIST, "3.1", ServiceKind.TEACHING, "2"),
    ("Методист по информационной работе", PostCategory.METHODIST, "3.2", ServiceKind.TEACHING, "1.5"),
    ("Методист по организационной работе", PostCategory.METHODIST, "3.3", ServiceKind.TEACHING, "2"),
    ("Методист-консультант", PostCategory.METHODIST, "3.4", ServiceKind.TEACHING, "1"),
    ("Методист по информатизации", PostCategory.METHODIST, "3.5", ServiceKind.TEACHING, "1"),
    ("Библиотекарь", PostCategory.AUXILIARY, "3.2", ServiceKind.OTHER, "0.5"),
    ("Техник", PostCategory.TECHNICAL, "3.5", ServiceKind.OTHER, "1"),
]  # fmt: skip
# Login of the account → number of the post above.
STAFF = {"head": 0, "methodist": 1, "methodist2": 3, "assistant": 7}
COLLEAGUES = {2: "1", 4: "1", 6: "0.5"}


def load_staff(users: dict[str, User], calendar: DemoCalendar) -> int:
    """Posts, an approved staffing table and the next one in waiting, people, orders, acts; their number."""
    head, director = users["head"], users["director"]
    since = calendar.years[0].first_day - datetime.timedelta(30)
    posts = _posts(head)
    edition = _staffing(head, director, posts, since, calendar)
    people = _people(users, posts, since)
    _acts(head, posts, people, since)
    _away(head, people, calendar)
    _rights(users, people, calendar)
    _next_edition(head, edition, calendar)
    return len(people)


def _posts(head: User) -> list[Position]:
    return [
        actions.save_position(by=head, title=title, category=category, direction=direction, service_kind=kind)
        for title, category, direction, kind, _ in POSTS
    ]


def _staffing(
    head: User, director: User, posts: list[Position], since: datetime.date, calendar: DemoCalendar
) -> StaffingEdition:
    edition = actions.create_edition(by=head, in_force_from=since)
    for position, (*_, units) in zip(posts, POSTS, strict=True):
        actions.save_line(by=head, edition=edition, position=position, units=Decimal(units))
    actions.send_edition(by=head, edition=edition)
    return actions.approve_edition(by=director, edition=edition, order_number="41-д", order_date=since - WEEK)


def _next_edition(head: User, edition: StaffingEdition, calendar: DemoCalendar) -> None:
    """Waits for the department's head: one more unit of the consultant."""
    since = datetime.date(calendar.today.year + 1, 1, 1)
    following = actions.create_edition(
        by=head, in_force_from=since, note="Добавлена ставка методиста-консультанта", copy_from=edition
    )
    line = following.lines.get(position__direction="3.4")
    actions.save_line(by=head, edition=following, line=line, position=line.position, units=Decimal(2))
    actions.send_edition(by=head, edition=following)


def _people(users: dict[str, User], posts: list[Position], since: datetime.date) -> dict[str, Employee]:
    """The demo accounts first: their earlier service makes the head's experience."""
    head = users["head"]
    people = {}
    for login, at in STAFF.items():
        user = users[login]
        people[login] = actions.save_employee(
            by=head,
            last_name=user.last_name,
            first_name=user.first_name,
            middle_name=user.middle_name,
            user=user,
            direction=posts[at].direction,
        )
        _earlier(head, people[login], since, at)
        _appoint(head, people[login], posts[at], "1", since, f"{at + 1}-к")
    for at, units in COLLEAGUES.items():
        last, first, middle = invented_name(chance("staff", at))
        one = actions.save_employee(
            by=head, last_name=last, first_name=first, middle_name=middle, direction=posts[at].direction
        )
        people[f"colleague{at}"] = one
        _appoint(head, one, posts[at], units, since, f"{at + 20}-к")
    return people


def _earlier(head: User, person: Employee, since: datetime.date, at: int) -> None:
    kinds = {0: ServiceKind.LEADING, 7: ServiceKind.OTHER}
    titles = {0: "Заместитель директора", 7: "Лаборант"}
    actions.save_service(
        by=head,
        employee=person,
        place=f"Школа № {30 + at}",
        post=titles.get(at, "Учитель"),
        kind=kinds.get(at, ServiceKind.TEACHING),
        starts_on=since.replace(year=since.year - 6 - at),
        ends_on=since - datetime.timedelta(1),
    )


def _appoint(
    head: User, person: Employee, position: Position, units: str, since: datetime.date, number: str
) -> None:
    actions.appoint(
        by=head,
        employee=person,
        position=position,
        units=Decimal(units),
        starts_on=since,
        order_number=number,
        order_date=since - datetime.timedelta(3),
    )


def _acts(head: User, posts: list[Position], people: dict[str, Employee], since: datetime.date) -> None:
    for position in posts[:-1]:
        act = actions.save_act(
            by=head,
            kind=ActKind.JOB_DESCRIPTION,
            title=f"Должностная инструкция: {position.title.lower()}",
            position=position,
        )
        actions.bring_into_force(by=head, act=act, in_force_from=since)
    for number, person in enumerate(people.values(), start=1):
        act = actions.save_act(
            by=head,
            kind=ActKind.CONTRACT,
            title="Трудовой договор",
            employee=person,
            number=f"{number}/ТД",
            date=since,
        )
        actions.bring_into_force(by=head, act=act, in_force_from=since)
    _statutes(head, since)


def _statutes(head: User, since: datetime.date) -> None:
    """Both statutes in force, and an amendment that waits for the consent."""
    given = {"order_number": "12-д", "order_date": since - WEEK}
    department = actions.save_act(
        by=head, kind=ActKind.DEPARTMENT_STATUTE, title="Положение о департаменте образования"
    )
    actions.bring_into_force(by=head, act=department, in_force_from=since)
    statute = actions.save_act(
        by=head, kind=ActKind.IMO_STATUTE, title="Положение об информационно-методическом отделе"
    )
    actions.give_consent(by=head, act=statute)
    actions.bring_into_force(by=head, act=statute, in_force_from=since, **given)
    actions.save_act(
        by=head,
        kind=ActKind.IMO_STATUTE,
        title="Положение об информационно-методическом отделе",
        changes="Пункт 3.1 дополнить мониторингом наставничества.",
    )


def _away(head: User, people: dict[str, Employee], calendar: DemoCalendar) -> None:
    """The consultant is away now and substituted; the head's leave ahead has its acting head."""
    today = calendar.today
    actions.save_absence(
        by=head,
        employee=people["colleague4"],
        kind=AbsenceKind.TRIP,
        starts_on=today - datetime.timedelta(1),
        ends_on=today + datetime.timedelta(2),
        substitute=people["methodist"],
    )
    first = today + datetime.timedelta(21)
    last = first + datetime.timedelta(6)
    acting = actions.draft_order(
        by=head,
        kind=OrderKind.ACTING,
        employee=people["methodist2"],
        absent=people["head"],
        starts_on=first,
        ends_on=last,
        consent_on=today - datetime.timedelta(4),
    )
    actions.record_order(by=head, order=acting, number="57-к", date=today - datetime.timedelta(2))
    leave = actions.draft_order(
        by=head, kind=OrderKind.LEAVE, employee=people["head"], starts_on=first, ends_on=last
    )
    actions.record_order(by=head, order=leave, number="58-к", date=today - datetime.timedelta(2))
    reward = actions.draft_order(
        by=head,
        kind=OrderKind.REWARD,
        employee=people["methodist"],
        reward="gratitude",
        details="за подготовку городской конференции",
        starts_on=today - datetime.timedelta(30),
    )
    actions.record_order(by=head, order=reward, number="49-к", date=today - datetime.timedelta(30))
    actions.draft_order(
        by=head,
        kind=OrderKind.LEAVE,
        employee=people["assistant"],
        starts_on=first + datetime.timedelta(14),
        ends_on=last + datetime.timedelta(21),
    )


def _rights(users: dict[str, User], people: dict[str, Employee], calendar: DemoCalendar) -> None:
    head, today = users["head"], calendar.today
    for number, person in enumerate(people.values()):
        held = today - datetime.timedelta(100 + 15 * number)
        actions.save_record(
            by=head,
            row=SafetyBriefing(),
            employee=person,
            kind="repeated",
            held_on=held,
            next_on=held + datetime.timedelta(182),
            instructor="Специалист по охране труда",
        )
    for login, hours in (("methodist", 72), ("methodist2", 36)):
        actions.save_record(
            by=head,
            row=StaffTraining(),
            employee=people[login],
            title="Методическое сопровождение педагогов",
            provider="Институт развития образования",
            hours=hours,
            starts_on=today - datetime.timedelta(60),
            ends_on=today - datetime.timedelta(40),
            document=f"Удостоверение № {hours}",
        )
    actions.save_record(
        by=head,
        row=Encouragement(),
        employee=people["methodist2"],
        kind="moral",
        reason="Наставничество над молодыми педагогами",
        given_on=today - datetime.timedelta(20),
        basis="Решение методического совета",
    )
    actions.propose(
        by=users["methodist"], act=None, text="Предлагаю принять график консультаций на полугодие."
    )
    actions.appeal(
        by=users["methodist2"],
        addressee="director",
        subject="О рабочем месте",
        text="Прошу заменить компьютер: он старше семи лет.",
    )
