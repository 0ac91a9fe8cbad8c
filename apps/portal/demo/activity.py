"""Reports on activity in the demo: last year's approved, one on a methodist in waiting, this year's begun."""

from apps.accounts.models import User
from apps.portal.demo.calendar import DemoCalendar
from apps.reports import actions
from apps.reports.enums import ReportKind

INTRODUCTION = (
    "Информационно-методический отдел работал по плану, утверждённому заведующим.\n\n"
    "Основные направления года:\n\n"
    "— мониторинг запросов и потребностей организаций;\n"
    "— повышение квалификации педагогов и руководителей;\n"
    "— информатизация образования."
)
CONCLUSION = (
    "Мониторинги проведены во всех организациях. В следующем году отдел продолжит сопровождение "
    "организаций, у которых показатели оснащённости ниже средних по городу."
)


def load_activity(users: dict[str, User], calendar: DemoCalendar) -> None:
    methodist, head = users["methodist"], users["head"]
    _, last, current = calendar.years
    report = actions.create_report(
        kind=ReportKind.ACTIVITY,
        title=f"Отчёт о деятельности ИМО за {last.title}",
        first_day=last.first_day,
        last_day=last.last_day,
        by=methodist,
    )
    sections = list(report.sections.all())
    for section, text in ((sections[0], INTRODUCTION), (sections[-1], CONCLUSION)):
        actions.save_section(
            report=report, section=section, kind=section.kind, title=section.title, text=text, by=methodist
        )
    actions.send_report(report=report, by=methodist)
    actions.approve_report(report=report, by=head)
    personal = actions.create_report(
        kind=ReportKind.PERSON,
        title=f"Отчёт о деятельности методиста за {last.title}",
        first_day=last.first_day,
        last_day=last.last_day,
        person=users["methodist2"],
        by=users["methodist2"],
    )
    actions.send_report(report=personal, by=users["methodist2"])
    actions.create_report(
        kind=ReportKind.ACTIVITY,
        title=f"Отчёт о деятельности ИМО за {current.title}",
        first_day=current.first_day,
        last_day=current.last_day,
        by=methodist,
    )
