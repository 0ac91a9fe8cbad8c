from apps.papers.reports import (
    BulletList,
    Cell,
    DataTable,
    Footnotes,
    Head,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Report,
    Row,
    TitlePage,
    text_blocks,
)
from apps.papers.reports.placing import place

TITLE = TitlePage(issuer=("Департамент",), heading="ОТЧЁТ", lines=(), place="г. Магадан")


def report(*blocks):
    return Report(title="Отчёт", title_page=TITLE, blocks=blocks)


def table(title="Т", wide=False, rows=(), note=""):
    return DataTable(title, ((Head("А"), Head("Б")),), rows, wide=wide, note=note)


def kinds(section):
    return [item.kind for item in section.items]


def test_headings_are_numbered_by_level():
    [section] = place(
        report(
            Heading("Введение", numbered=False),
            Heading("Фонд"),
            Heading("Учебники", 2),
            Heading("Издания", 2),
            Heading("Техника"),
            Heading("Интернет", 2),
            Heading("Скорость", 3),
        )
    )
    assert [item.number for item in section.items] == ["", "1", "1.1", "1.2", "2", "2.1", "2.1.1"]


def test_tables_are_counted_through_the_report():
    sections = place(report(table(), table(wide=True), table()))
    assert [item.number for section in sections for item in section.items] == ["1", "2", "3"]


def test_notes_are_numbered_in_the_order_of_reading():
    rows = (Row((Cell(("а", Note("вторая"))), Cell(5))),)
    [section] = place(
        report(
            Paragraph(("Слова", Note("первая"))),
            table(rows=rows, note=("под таблицей", Note("третья"))),
            BulletList((("пункт", Note("четвёртая")),)),
        )
    )
    assert kinds(section) == ["paragraph", "table", "bullet_list", "footnotes"]
    assert [(note.number, note.text) for note in section.items[-1].notes] == [
        (1, "первая"),
        (2, "вторая"),
        (3, "третья"),
        (4, "четвёртая"),
    ]


def test_a_block_of_footnotes_takes_those_since_the_last_one():
    [section] = place(
        report(Paragraph((Note("а"),)), Footnotes(), Paragraph((Note("б"),)), Footnotes("Пояснения"))
    )
    assert [note.text for note in section.items[1].notes] == ["а"]
    assert [note.text for note in section.items[3].notes] == ["б"]
    assert kinds(section) == ["paragraph", "footnotes", "paragraph", "footnotes"]


def test_a_wide_table_turns_the_page_and_takes_its_headings_along():
    sections = place(
        report(Paragraph("а"), Heading("Таблицы"), Heading("Сведения", 2), table(wide=True), Paragraph("б"))
    )
    assert [section.landscape for section in sections] == [False, True, False]
    assert [kinds(section) for section in sections] == [
        ["paragraph"],
        ["heading", "heading", "table"],
        ["paragraph"],
    ]


def test_a_page_break_at_a_turn_leaves_no_empty_page():
    sections = place(report(Paragraph("а"), PageBreak(), table(wide=True), PageBreak(), Paragraph("б")))
    assert [kinds(section) for section in sections] == [["paragraph"], ["table"], ["paragraph"]]


def test_a_report_that_begins_wide_has_no_empty_section():
    assert [section.landscape for section in place(report(table(wide=True)))] == [True]


def test_typed_text_becomes_paragraphs_and_lists():
    assert text_blocks("Первый.\r\n\r\nВторой:\n- раз\n— два\nТретий.\0") == [
        Paragraph("Первый."),
        Paragraph("Второй:"),
        BulletList(("раз", "два")),
        Paragraph("Третий."),
    ]
    assert text_blocks("  \n ") == []
