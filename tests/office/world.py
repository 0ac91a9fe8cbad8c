"""The staff of the world that the walk goes over: a row of every kind, in the states the addresses need."""

import datetime
import io
from decimal import Decimal
from typing import Any

from apps.accounts.models import User
from apps.core.files import store_file
from apps.office import actions
from apps.office.models import SafetyBriefing, StaffTraining
from tests.office.factories import EmployeeFactory, PositionFactory, ServiceFactory, employed, norm, staffing

D = datetime.date
PNG = bytes.fromhex("89504e470d0a1a0a")


def add_staff(users: dict[str, User], at: dict[str, Any]) -> None:
    """Fills the tables and the words of the addresses; the acting periods lie in the far future."""
    head, methodist, director = users["head"], users["methodist"], users["director"]
    norm()
    head_post = PositionFactory(title="Заведующий отделом", category="head", service_kind="leading")
    post = PositionFactory(title="Методист", direction="3.1")
    approved = staffing({head_post: "1", post: "5"})
    chief, first = employed(head, head_post), employed(methodist, post)
    other, mistaken = employed(position=post), EmployeeFactory(last_name="Ошибкина")
    assistant = employed(users["assistant"], post)
    at |= {
        "employee": first.pk,
        "mistaken employee": mistaken.pk,
        "service": ServiceFactory(employee=first, starts_on=D(2015, 1, 1), ends_on=D(2019, 1, 1)).pk,
        "appointment": first.appointments.get().pk,
        "position": post.pk,
        "head position": head_post.pk,
        "approved edition": approved.pk,
        "chief": chief.pk,
        "assistant employee": assistant.pk,
    }
    _editions(head, approved, at)
    _orders(head, chief, first, other, at)
    _acts(head, post, first, at)
    _rights(head, methodist, director, first, at)


def _editions(head: User, approved: Any, at: dict[str, Any]) -> None:
    draft = actions.create_edition(by=head, in_force_from=D(2098, 1, 1), copy_from=approved)
    waiting = actions.create_edition(by=head, in_force_from=D(2099, 1, 1), copy_from=approved)
    actions.send_edition(by=head, edition=waiting)
    at |= {
        "draft edition": draft.pk,
        "waiting edition": waiting.pk,
        "line": draft.lines.first().pk,
        "seen revision": "0",
        "new position": PositionFactory(title="Техник", category="technical").pk,
    }


def _orders(head: User, chief: Any, first: Any, other: Any, at: dict[str, Any]) -> None:
    def drafted(**fields: Any) -> Any:
        return actions.draft_order(by=head, **fields)

    def recorded(order: Any, number: str) -> Any:
        return actions.record_order(by=head, order=order, number=number, date=D(2026, 1, 12))

    leave = drafted(
        kind="leave", employee=first, starts_on=D(2090, 7, 1), ends_on=D(2090, 7, 9), substitute=other
    )
    acting = drafted(
        kind="acting", employee=first, absent=chief, consent_on=D(2026, 1, 1),
        starts_on=D(2091, 6, 1), ends_on=D(2091, 6, 9),
    )  # fmt: skip
    done = recorded(leave, "1-к")
    stored = store_file(file=io.BytesIO(PNG), name="скан.png", content_type="image/png", by=head)
    done.scan = stored
    done.save(update_fields=["scan"])
    at |= {
        "draft order": drafted(kind="other", title="О режиме работы", employee=first).pk,
        "recorded order": done.pk,
        "acting order": recorded(acting, "2-к").pk,
        "acquaintance": done.acquaintances.get().pk,
        "absence": first.absences.get().pk,
    }


def _acts(head: User, post: Any, first: Any, at: dict[str, Any]) -> None:
    rules = actions.save_act(by=head, kind="other", title="Правила внутреннего распорядка")
    actions.bring_into_force(by=head, act=rules, in_force_from=D(2020, 1, 1))
    rules.refresh_from_db()
    rules.file = store_file(file=io.BytesIO(PNG), name="правила.png", content_type="image/png", by=head)
    rules.save(update_fields=["file"])
    statute = actions.save_act(by=head, kind="imo_statute", title="Положение об ИМО")
    contract = actions.save_act(by=head, kind="contract", title="Трудовой договор", employee=first)
    description = actions.save_act(
        by=head, kind="job_description", title="Должностная инструкция", position=post
    )
    at |= {
        "act": rules.pk,
        "draft statute": statute.pk,
        "contract": contract.pk,
        "description": description.pk,
    }


def _rights(head: User, methodist: User, director: User, first: Any, at: dict[str, Any]) -> None:
    encouragement = actions.save_record(
        by=head, row=_new("Encouragement"), employee=first, kind="gratitude", reason="За работу",
        given_on=D(2026, 5, 1),
    )  # fmt: skip
    briefing = actions.save_record(
        by=head, row=SafetyBriefing(), employee=first, kind="repeated", held_on=D(2026, 1, 10),
        next_on=D(2026, 7, 10), instructor="Инженер",
    )  # fmt: skip
    training = actions.save_record(
        by=head, row=StaffTraining(), employee=first, title="Курс", provider="Институт",
        hours=Decimal(72), starts_on=D(2026, 2, 1), ends_on=D(2026, 3, 1),
    )  # fmt: skip
    appeal = actions.appeal(by=methodist, addressee="head", subject="О рабочем месте", text="Прошу")
    at |= {
        "encouragement": encouragement.pk,
        "briefing": briefing.pk,
        "training": training.pk,
        "proposal": actions.propose(by=methodist, act=None, text="Предлагаю").pk,
        "appeal": appeal.pk,
    }


def _new(name: str) -> Any:
    from apps.office import models

    return getattr(models, name)()
