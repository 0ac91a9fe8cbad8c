"""Results as an XLSX workbook: the same tables the page shows, what is hidden as a word."""

from collections.abc import Iterator
from typing import Any

from apps.core.exports import Sheet
from apps.questionnaires.enums import Cut, QuestionKind
from apps.questionnaires.results.tables import CutTable, QuestionResult, Results

HIDDEN = "скрыто"
NOTE = "«скрыто» — меньше {} ответов или значение, по которому их можно вычислить"


def shown(value: Any) -> Any:
    return HIDDEN if value is None else value


def result_sheets(results: Results) -> Iterator[Sheet]:
    """«Итоги», then a sheet for each cut, then free answers; a questionnaire with few answers is one line."""
    found = results.all()
    note = NOTE.format(results.threshold)
    yield Sheet(
        "Итоги",
        ["№", "Вопрос", "Ответ", "Человек", "% от ответивших на анкету", "Среднее", "Баллы Борда"],
        list(_totals(results, found)),
        [6, 50, 50, 12, 14, 12, 12],
        note,
    )
    if not found:
        return
    for cut in results.answers.cuts():
        yield Sheet(
            cut.label,
            ["№", "Вопрос", "Показатель", "Группа", "Ответили на анкету", "Значение"],
            list(_of_cut(results, found, cut)),
            [6, 50, 40, 40, 14, 14],
            note,
        )
    if any(one.texts for one in found):
        rows = [(one.number, one.question.text, text) for one in found for text in one.texts]
        yield Sheet("Свободные ответы", ["№", "Вопрос", "Ответ"], rows, [6, 50, 80])


def _totals(results: Results, found: list[QuestionResult]) -> Iterator[tuple[Any, ...]]:
    if not found:
        yield ("", "Ответов меньше порога: итоги не показываются", "", "", "", "", "")
    for one in found:
        head = (one.number, one.question.text)
        if one.is_hidden:
            yield (*head, HIDDEN, HIDDEN, "", "", "")
        for row in one.options:
            yield (*head, row.title, shown(row.count), shown(row.share), "", "")
        for item in one.items:
            title = item.title if item.title != one.question.text else ""
            yield (*head, title, "", "", shown(item.mean), "" if item.borda is None else item.borda)
            for point, count in zip(one.question.options, item.points, strict=False):
                yield (*head, f"{title}: {point}".removeprefix(": "), shown(count), "", "", "")
        if one.question.kind == QuestionKind.NUMBER and not one.is_hidden:
            yield (*head, "среднее", "", "", shown(one.mean), "")
            yield (*head, "медиана", "", "", shown(one.median), "")


def _of_cut(results: Results, found: list[QuestionResult], cut: Cut) -> Iterator[tuple[Any, ...]]:
    for one in found:
        table = None if one.is_hidden else results.cut(one.question, cut)
        if table is not None:
            yield from _rows(one, table)


def _rows(one: QuestionResult, table: CutTable) -> Iterator[tuple[Any, ...]]:
    for row in table.rows:
        for title, cell in zip(table.columns, row.cells, strict=True):
            yield one.number, one.question.text, title, row.title, shown(row.size), shown(cell)
