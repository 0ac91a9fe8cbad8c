"""The register of papers as a list."""

from django.db.models import F

from apps.core.columns import Column, Kind
from apps.papers.enums import PaperState
from apps.papers.models import Paper

# A year is a whole: the registers stand one after another within it.
BY_NUMBER = [F("year"), F("register"), F("ordinal")]

PAPER_COLUMNS = [
    Column("number", "Номер", sort=BY_NUMBER, url=Paper.get_absolute_url, width=16),
    Column("state", "Состояние", lambda paper: PaperState(paper.state), kind=Kind.STATE, sort="state"),
    Column("issued_on", "Дата", kind=Kind.DATE, sort="issued_on"),
    Column("kind", "Вид", lambda paper: paper.get_kind_display(), on_page=False, width=22),
    Column("title", "Заголовок", sort="title", width=60),
    Column("signatory_name", "Подписал", sort="signatory_name", width=20),
    Column("signatory_title", "Должность", on_page=False, width=40),
    Column("signatory_basis", "Основание", on_page=False, width=24),
    Column("department_number", "№ департамента", sort="department_number", width=18),
    Column("department_date", "Дата департамента", kind=Kind.DATE, on_page=False),
    Column("code", "Код проверки", on_page=False, width=16),
]
