import datetime

import pytest

from apps.organizations.models import Department
from apps.papers.actions import issue
from apps.papers.enums import PaperKind, Register
from apps.papers.models import Paper
from apps.papers.reports import Paragraph, Report, TitlePage

DAY = datetime.date(2026, 3, 10)


def make_department() -> Department:
    return Department.objects.create(
        full_name="Департамент образования мэрии города Примерска",
        genitive_name="департамента образования мэрии города Примерска",
        short_name="Департамент образования",
        imo_name="Информационно-методический отдел",
        imo_genitive_name="информационно-методического отдела",
        city="Примерск",
        head_title="заведующий информационно-методическим отделом",
        director_title="руководитель департамента образования",
    )


@pytest.fixture
def department(db) -> Department:
    return make_department()


def short_report(header) -> Report:
    """Two pages: title page and the foot of a paper."""
    return Report(
        title="Отчёт о мониторинге",
        title_page=TitlePage(
            issuer=("Департамент образования",),
            heading="ОТЧЁТ",
            lines=("о мониторинге",),
            place="г. Примерск",
            date=header.issued_on,
            number=header.number,
        ),
        blocks=(Paragraph(f"Номер {header.number}."), header.signature, header.verification),
        contents=False,
    )


def issue_paper(by, **changes) -> Paper:
    """A paper issued on the tenth of March 2026, as every test here needs one."""
    arguments = {
        "kind": PaperKind.MONITORING_REPORT,
        "register": Register.MONITORING,
        "title": "Отчёт о мониторинге библиотечных фондов",
        "subject": None,
        "build": short_report,
        "by": by,
        "snapshot": {"figures": [1, 2]},
        "on": DAY,
    }
    return issue(**(arguments | changes))


@pytest.fixture
def paper(department, head) -> Paper:
    return issue_paper(head)
