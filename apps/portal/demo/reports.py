"""One report approved, one waiting for the head; both through the real actions."""

from apps.accounts.models import User
from apps.monitoring.actions.reports import approve_report, begin_report, edit_report, send_report
from apps.monitoring.models import Campaign, MonitoringReport
from apps.papers.models import Paper

ICT_INTRODUCTION = (
    "Мониторинг проведён во исполнение пункта 3.5.3 Положения об отделе. Цель – установить, насколько "
    "организации обеспечены компьютерами и доступом к сети Интернет, и определить, где обновление техники "
    "нужнее всего.\n\nСведения представили сами организации. Каждый отчёт проверен методистом, замечания "
    "устранены до приёмки."
)
ICT_CONCLUSION = (
    "1. Организациям, где больше половины компьютеров старше пяти лет, включить замену техники в план "
    "закупок следующего года.\n2. Организациям с измеренной скоростью заметно ниже договорной обратиться к "
    "оператору связи и сообщить о результате в отдел.\n3. Отделу провести семинар для ответственных за "
    "информатизацию по учёту техники и контентной фильтрации."
)
ICT_INDICATORS = [
    "2.1/01/3",
    "2.1/01/4",
    "2.1/05/3",
    "2.1/08/3",
    "2.1/11/3",
    "2.1/13/3",
    "2.1/16/3",
    "2.2/06/3",
]
CPD_INTRODUCTION = (
    "Мониторинг проведён во исполнение пункта 3.1.10 Положения об отделе. Учитывались программы повышения "
    "квалификации и профессиональной переподготовки, освоенные за последние три года."
)
CPD_CONCLUSION = (
    "1. Организациям с охватом ниже 90 % представить план-график обучения до конца учебного года.\n"
    "2. Отделу согласовать с учебными центрами сроки курсов для учителей-предметников."
)
CPD_INDICATORS = ["1/01/3", "1/01/4", "1/01/5", "1/02/4", "1/03/4", "2/01/4"]


def load_reports(rounds: dict[str, list[Campaign]], users: dict[str, User]) -> Paper:
    """The paper of the approved report (ICT of the last finished round)."""
    approved = _report(
        rounds["ict"][-1], ICT_INTRODUCTION, ICT_CONCLUSION, ICT_INDICATORS, users["methodist2"]
    )
    _report(rounds["cpd"][-1], CPD_INTRODUCTION, CPD_CONCLUSION, CPD_INDICATORS, users["methodist"])
    return approve_report(report=approved, seen=approved.mark, by=users["head"])


def _report(
    campaign: Campaign, introduction: str, conclusion: str, indicators: list[str], by: User
) -> MonitoringReport:
    report = edit_report(
        report=begin_report(campaign=campaign, by=by),
        introduction=introduction,
        conclusion=conclusion,
        indicators=indicators,
        revision=0,
        by=by,
    )
    send_report(report=report, by=by)
    report.refresh_from_db()
    return report
