"""The act of erasing a person's data as a paper; it names the card by its number, never the person."""

from typing import Any

from apps.core.russian import date_long
from apps.organizations.models import Department
from apps.papers.headers import PaperHeader
from apps.papers.reports import Cell, DataTable, Head, Paragraph, Report, Row, TitlePage

METHOD = "Обезличивание записей и удаление файлов в информационной системе без возможности восстановления."


def compose(frozen: dict[str, Any], department: Department, header: PaperHeader) -> Report:
    """The content named by the order of Роскомнадзор 28.10.2022 № 179, п. 3."""
    lines = [
        ("Оператор", department.full_name),
        ("Субъект", f"педагог, карточка №\u00a0{frozen['card']} (ФИО уничтожены вместе с другими данными)"),
        ("Основание", frozen["basis"]),
        ("Способ", METHOD),
        ("Дата уничтожения", date_long(header.issued_on)),
        ("Сохранено", frozen["kept"]),
    ]
    return Report(
        title=f"Акт №\u00a0{header.number}",
        title_page=TitlePage(
            issuer=(department.full_name, department.imo_name),
            heading="АКТ",
            lines=("об уничтожении персональных данных",),
            place=f"г. {department.city}",
            date=header.issued_on,
            number=header.number,
            compact=True,
        ),
        blocks=(
            Paragraph("Настоящий акт составлен о том, что персональные данные уничтожены."),
            _table("", ("Сведения", "Содержание"), lines),
            _table("Уничтоженные сведения", ("Категория", "Записей"), list(frozen["counts"].items())),
            header.signature,
            header.verification,
        ),
        contents=False,
    )


def _table(title: str, heads: tuple[str, str], rows: list[tuple[str, Any]]) -> DataTable:
    return DataTable(
        title=title,
        header=(tuple(Head(one) for one in heads),),
        rows=tuple(Row((Cell(name), Cell(value))) for name, value in rows),
    )
