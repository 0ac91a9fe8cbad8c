"""Texts of orders by template: what the portal proposes, a person corrects, the department signs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from apps.core.russian import Case, date_long, decline_name, decline_phrase, number
from apps.office.enums import AbsenceKind, EncouragementKind, OrderKind
from apps.office.models import Employee, Order
from apps.organizations.models import Department

LABOUR = "Трудовым кодексом Российской Федерации"
CONTROL = "Контроль за исполнением приказа оставляю за собой."


@dataclass(frozen=True)
class Draft:
    """Heading («О приёме на работу»), preamble, and the clauses in their order."""

    title: str
    preamble: str
    clauses: tuple[str, ...]


def name_in(employee: Employee | None, case: Case) -> str:
    """The full name in the case; what the card keeps for it wins over the rules."""
    if employee is None:
        return "________________"
    stored = {
        Case.GENITIVE: employee.genitive_name,
        Case.ACCUSATIVE: employee.genitive_name,
        Case.DATIVE: employee.dative_name,
    }
    return decline_name(
        employee.last_name,
        employee.first_name,
        employee.middle_name,
        case,
        employee.gender or None,
        stored.get(case, ""),
    )


def propose_text(order: Order, department: Department) -> Draft:
    """What the order would say by the template of its kind."""
    made = TEMPLATES[OrderKind(order.kind)](order, department)
    # A date ends with «г.», which ends the sentence too.
    return replace(made, clauses=tuple(clause.replace("г..", "г.") for clause in made.clauses))


def _post(order: Order, case: Case) -> str:
    title = order.position.title if order.position else "________________"
    return _small(decline_phrase(title, case))


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _about(department: Department) -> str:
    """«об информационно-методическом отделе»."""
    name = _small(decline_phrase(department.imo_name, Case.PREPOSITIONAL))
    return f"{'об' if name[:1] in 'аиоуэ' else 'о'} {name}"


def _span(order: Order) -> str:
    first = f"с {date_long(order.starts_on)}" if order.starts_on else "с ________________"
    return f"{first} по {date_long(order.ends_on)}" if order.ends_on else first


def _units(units: Decimal | None) -> str:
    return "" if units in (None, Decimal(1)) else f" на {number(units)} ставки"


def _hire(order: Order, department: Department) -> Draft:
    clause = (
        f"Принять {name_in(order.employee, Case.ACCUSATIVE)} на должность {_post(order, Case.GENITIVE)} "
        f"{department.imo_genitive_name}{_units(order.units)} {_span(order)}."
    )
    return Draft(
        "О приёме на работу",
        f"В соответствии с {LABOUR}, штатным расписанием и на основании трудового договора",
        (clause, "Ознакомить работника с должностной инструкцией и локальными актами до начала работы."),
    )


def _transfer(order: Order, department: Department) -> Draft:
    former = (
        _small(decline_phrase(order.appointment.position.title, Case.ACCUSATIVE)) if order.appointment else ""
    )
    clause = (
        f"Перевести {name_in(order.employee, Case.ACCUSATIVE)}{f', {former},' if former else ''} "
        f"на должность {_post(order, Case.GENITIVE)}{_units(order.units)} {_span(order)}."
    )
    return Draft(
        "О переводе на другую работу",
        "В соответствии со статьёй 72.1 Трудового кодекса Российской Федерации и с согласия работника",
        (clause,),
    )


def _dismissal(order: Order, department: Department) -> Draft:
    day = date_long(order.starts_on) if order.starts_on else "________________"
    reason = f" {order.details.rstrip('.')}" if order.details else ""
    clause = f"Прекратить трудовой договор с {name_in(order.employee, Case.INSTRUMENTAL)} {day}{reason}."
    return Draft(
        "О прекращении трудового договора",
        f"В соответствии с {LABOUR}",
        (clause, "Произвести окончательный расчёт в последний день работы."),
    )


def _leave(order: Order, department: Department) -> Draft:
    clauses = [f"Предоставить {name_in(order.employee, Case.DATIVE)} отпуск {_span(order)} включительно."]
    return Draft(
        "О предоставлении отпуска",
        f"В соответствии с {LABOUR} и графиком отпусков",
        tuple(clauses + _substitution(order)),
    )


def _trip(order: Order, department: Department) -> Draft:
    where = f" {order.details.rstrip('.')}" if order.details else ""
    clauses = [
        f"Направить {name_in(order.employee, Case.ACCUSATIVE)} в служебную командировку "
        f"{_span(order)}{where}."
    ]
    return Draft(
        "О направлении в командировку",
        f"В соответствии с {LABOUR} и планом работы отдела",
        tuple(clauses + _substitution(order)),
    )


def _substitution(order: Order) -> list[str]:
    if order.substitute is None:
        return []
    name = name_in(order.substitute, Case.ACCUSATIVE)
    return [f"Выполнение текущих задач на это время возложить на {name}."]


def _acting(order: Order, department: Department) -> Draft:
    title = _small(decline_phrase(department.head_title, Case.GENITIVE))
    away = f", на время отсутствия {name_in(order.absent, Case.GENITIVE)}" if order.absent else ""
    clauses = (
        f"Возложить исполнение обязанностей {title} на {name_in(order.employee, Case.ACCUSATIVE)} "
        f"{_span(order)} включительно{away}.",
        f"На этот срок предоставить {name_in(order.employee, Case.DATIVE)} права {title}, "
        "в том числе право утверждать и подписывать документы отдела.",
        "Размер доплаты определить соглашением сторон (статья 151 Трудового кодекса Российской Федерации).",
    )
    return Draft(
        f"О возложении обязанностей {title}",
        "В соответствии со статьёй 60.2 Трудового кодекса Российской Федерации, "
        f"пунктом 6.5 Положения {_about(department)} и с письменного согласия работника",
        clauses,
    )


def _staffing(order: Order, department: Department) -> Draft:
    since = date_long(order.edition.in_force_from) if order.edition else "________________"
    return Draft(
        f"Об утверждении штатного расписания {department.imo_genitive_name}",
        f"В соответствии с пунктом 6.1 Положения {_about(department)}",
        (
            f"Утвердить штатное расписание {department.imo_genitive_name} (приложение) "
            f"и ввести его в действие с {since}.",
        ),
    )


def _statute(order: Order, department: Department) -> Draft:
    since = date_long(order.starts_on) if order.starts_on else "________________"
    return Draft(
        f"О внесении изменений в Положение {_about(department)}",
        "В соответствии с пунктом 7.1 Положения и с согласия заведующего отделом",
        (
            f"Утвердить Положение {_about(department)} в новой редакции (приложение).",
            f"Ввести новую редакцию в действие с {since}.",
        ),
    )


def _reward(order: Order, department: Department) -> Draft:
    kinds = {
        EncouragementKind.GRATITUDE: "Объявить благодарность",
        EncouragementKind.CERTIFICATE: "Наградить Почётной грамотой",
    }
    start = kinds.get(order.reward, "Поощрить")  # type: ignore[call-overload]
    case = Case.DATIVE if order.reward == EncouragementKind.GRATITUDE else Case.ACCUSATIVE
    reason = order.details.rstrip(".") or "за добросовестный труд"
    return Draft(
        "О поощрении",
        "В соответствии со статьёй 191 Трудового кодекса Российской Федерации",
        (f"{start} {name_in(order.employee, case)} {_small(reason)}.",),
    )


def _other(order: Order, department: Department) -> Draft:
    return Draft(order.title or "О деятельности отдела", "В целях организации работы отдела", ())


TEMPLATES: dict[OrderKind, Callable[[Order, Department], Draft]] = {
    OrderKind.HIRE: _hire,
    OrderKind.TRANSFER: _transfer,
    OrderKind.DISMISSAL: _dismissal,
    OrderKind.LEAVE: _leave,
    OrderKind.TRIP: _trip,
    OrderKind.ACTING: _acting,
    OrderKind.STAFFING: _staffing,
    OrderKind.STATUTE: _statute,
    OrderKind.REWARD: _reward,
    OrderKind.OTHER: _other,
}
ABSENCE_OF: dict[str, AbsenceKind] = {
    OrderKind.LEAVE: AbsenceKind.LEAVE,
    OrderKind.TRIP: AbsenceKind.TRIP,
}


def clauses_of(order: Order) -> list[str]:
    """The clauses of the stored text, one a line; the control clause stands last."""
    lines: list[Any] = [line.strip() for line in order.body.splitlines() if line.strip()]
    return [*lines, *([order.control.strip()] if order.control.strip() else [])]
