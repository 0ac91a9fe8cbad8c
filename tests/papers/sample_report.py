"""A report with every kind of block, of the size of a real one; run as a script it writes PDF and DOCX."""

import datetime
from decimal import Decimal

from apps.core.charts import Chart, Series
from apps.papers.headers import PaperHeader
from apps.papers.reports import (
    Align,
    ApprovalStamp,
    BulletList,
    Cell,
    ChartBlock,
    Column,
    DataTable,
    Emphasis,
    Footnotes,
    Head,
    Heading,
    MissingItem,
    MissingList,
    Note,
    PageBreak,
    Paragraph,
    Report,
    Row,
    Strong,
    TitlePage,
)
from apps.papers.signatories import Signatory

HEADER = PaperHeader(
    number="МО-2026-0007",
    code="4AC9-XK7D-2MPT",
    issued_on=datetime.date(2026, 11, 23),
    signatory=Signatory(
        "О.\u00a0П.\u00a0Замещающая",
        "Исполняющий обязанности заведующего информационно-методическим отделом",
        "приказ от 02.11.2026 №\u00a012-к",
    ),
)
INTRODUCTION = (
    "Мониторинг проведён информационно-методическим отделом в соответствии с планом работы "
    "на 2026/27 учебный год. "
    "Отчёты собраны через портал; итоги подведены по принятым отчётам, сведения не представивших организаций "
    "в суммы не включены."
)


def title_page(header: PaperHeader) -> TitlePage:
    return TitlePage(
        issuer=("Департамент образования мэрии города Примерска", "Информационно-методический отдел"),
        heading="ОТЧЁТ",
        lines=("о мониторинге библиотечных фондов", "школ города", "за 2026/27 учебный год"),
        place="г. Примерск",
        date=header.issued_on,
        number=header.number,
        approval=ApprovalStamp(
            "Руководитель департамента образования мэрии города Примерска",
            "В.\u00a0Г.\u00a0Образцова",
        ),
    )


def holdings() -> DataTable:
    """A header of three levels, a breakdown with indents, a total."""
    header = (
        (
            Head("Наименование показателей", rowspan=3),
            Head("№ строки", rowspan=3),
            Head("Экземпляров, единиц", colspan=4),
        ),
        (Head("Поступило", rowspan=2), Head("Выбыло", rowspan=2), Head("Состоит на конец года", colspan=2)),
        (Head("всего"), Head("из них печатных")),
    )
    lines = [
        ("Объём библиотечного фонда — всего", "01", 12450, 3120, 318456, 301200, Emphasis.TOTAL, 0),
        ("в том числе: учебники", "02", 9870, 2410, 214300, 205118, Emphasis.NONE, 1),
        ("учебные пособия", "03", 1240, 310, 41870, 40002, Emphasis.NONE, 1),
        ("художественная литература", "04", 1012, 312, 55980, 52340, Emphasis.NONE, 1),
        ("из неё для младшего школьного возраста", "05", 405, 98, 18455, 17990, Emphasis.NONE, 2),
        ("справочный материал", "06", 328, 88, 6306, 3740, Emphasis.NONE, 1),
    ]
    rows = tuple(
        Row((Cell(name), Cell(code), *(Cell(number) for number in numbers)), emphasis, indent)
        for name, code, *numbers, emphasis, indent in lines
    )
    return DataTable(
        "Состав и движение библиотечного фонда",
        header,
        rows,
        columns=(Column(8), Column(2, Align.CENTER), Column(3), Column(3), Column(3), Column(3)),
        numbers_columns=True,
        note="По 51 принятому отчёту. Данные трёх организаций, не представивших отчёт, не включены.",
    )


KINDS = ["Общеобразовательные организации", "Дошкольные организации", "Дополнительное образование"]
NOT_SUMMED = Cell("х", align=Align.RIGHT)


def organization_row(n: int) -> Row:
    name = f"Организация № {n}"
    noted = (name, Note(f"Организация № {n}: открыт новый корпус.")) if n % 9 == 0 else name
    values = [Cell(n * 137 * k % 9000) for k in range(1, 11)]
    rate, share = Decimal(n) * 3, Decimal(n * 13 % 1000) / 10
    return Row((Cell(noted), *values, Cell(rate, decimals=1), Cell(share, decimals=1)))


def by_organization(count: int = 54) -> DataTable:
    """The appendix: organisations by indicators, several turned pages."""
    names = [
        "Всего, экз.", "Учебники", "Пособия", "Худож. лит.", "Поступило", "Выбыло",
        "Читателей", "Посещений", "Мест", "Компьютеров", "На 100 обуч.", "Доля эл., %",
    ]  # fmt: skip
    rows: list[Row] = []
    for n in range(1, count + 1):
        if n % 18 == 1:
            rows.append(Row((Cell(KINDS[n // 18 % 3], colspan=13),), Emphasis.GROUP))
        rows.append(organization_row(n))
    sums = [Cell(n * 10_007) for n in range(1, 11)]
    rows.append(Row((Cell("Итого"), *sums, NOT_SUMMED, NOT_SUMMED), Emphasis.TOTAL))
    header = (
        (Head("Организация", rowspan=2), Head("Показатели", colspan=12)),
        tuple(Head(name) for name in names),
    )
    return DataTable(
        "Показатели по организациям",
        header,
        tuple(rows),
        columns=(Column(5), *(Column(2) for _ in names)),
        wide=True,
        numbers_columns=True,
        note="«х» — показатель не суммируется.",
    )


def comparison(rows: int = 40) -> DataTable:
    header = ((Head("Показатель"), Head("2024/25"), Head("2025/26"), Head("2026/27"), Head("Изменение")),)
    body = tuple(
        Row(
            (
                Cell(f"Показатель мониторинга под номером {n}, единиц"),
                *(Cell(n * factor) for factor in (311, 320, 333)),
                Cell(f"+{n * 13}", align=Align.RIGHT),
            )
        )
        for n in range(1, rows + 1)
    )
    return DataTable("Сравнение с прошлыми учебными годами", header, body)


LATE = Series("После срока", (1, 1, 2))


def sample_charts() -> tuple[Chart, ...]:
    """Five charts: columns, bars, a line, stacked columns, shares."""
    years = ("2022/23", "2023/24", "2024/25", "2025/26", "2026/27")
    fund = Series("Фонд, тыс. экз.", tuple(Decimal(n) for n in (286, 294, 301, 309, 318)))
    readers = Series("Читатели, тыс.", tuple(Decimal(n) for n in (11, 12, 12, 13, 14)))
    kinds = ("школы", "детские сады", "дополнительное образование")
    return (
        Chart("column", "Фонд по годам", "Число экземпляров растёт.", years, (fund,)),
        Chart("bar", "Отчиталось", "Число организаций.", kinds, (counted_series(20, 21, 10),)),
        Chart("line", "Фонд и читатели", "Два ряда по годам.", years, (fund, readers)),
        Chart("stacked_column", "Состав", "Учебники и прочее.", years, (fund, readers), places=0),
        Chart("stacked_bar", "Сроки", "Вовремя и поздно.", kinds, (counted_series(19, 20, 8), LATE)),
    )


def counted_series(*values: int) -> Series:
    return Series("Организаций", tuple(Decimal(value) for value in values))


def full_report(header: PaperHeader = HEADER, charts: tuple = ()) -> Report:
    """About fourteen pages: contents, tables, turned pages, charts, notes, signature, QR."""
    blocks = [
        Heading("Введение", numbered=False),
        Paragraph(INTRODUCTION),
        Paragraph(
            (
                "Из 54 организаций отчитались ",
                Strong("51 (94,4\u00a0%)"),
                Note("В том числе две организации — после срока, в пределах дополнительного времени."),
                ". По сравнению с прошлым учебным годом фонд вырос на 9\u00a0330 экземпляров.",
            )
        ),
        BulletList(
            (
                "обеспеченность учебниками — 100\u00a0% в 49 организациях;",
                ("доля электронных изданий выросла на 1,2\u00a0п.п.", Note("По числу экземпляров.")),
                "восемь организаций не имеют читального зала.",
            )
        ),
        MissingList(
            "Не представили отчёт:",
            (
                MissingItem("Школа № 4"),
                MissingItem("Детский сад № 17", "отчёт на доработке"),
                MissingItem("Центр «Лидер»"),
            ),
            rule="Сведения этих организаций в итоги не включены и не оценивались.",
        ),
        Heading("Библиотечный фонд"),
        Heading("Состав и движение", 2),
        Paragraph("Сведения о составе и движении фонда приведены в таблице."),
        holdings(),
        Heading("Динамика", 2),
        Paragraph("Показатели сопоставлены по принятым отчётам трёх учебных лет."),
        comparison(),
        Heading("Диаграммы"),
        *(ChartBlock(chart) for chart in charts),
        Heading("Выводы и предложения"),
        *(Paragraph(INTRODUCTION) for _ in range(4)),
        BulletList(("Пополнить фонд художественной литературы.", "Списать ветхие издания."), ordered=True),
        header.signature,
        header.verification,
        PageBreak(),
        Heading("Приложение. Показатели по организациям", numbered=False),
        by_organization(),
        Footnotes("Пояснения организаций"),
    ]
    return Report(
        title="Отчёт о мониторинге библиотечных фондов за 2026/27 учебный год",
        title_page=title_page(header),
        blocks=tuple(blocks),
        author="Информационно-методический отдел",
        subject="Мониторинг библиотечных фондов",
    )
