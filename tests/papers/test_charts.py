from decimal import Decimal

from apps.core.charts import Chart, Series
from apps.papers.reports.charts import data_table
from apps.papers.reports.words import cell_text


def lines(chart):
    table = data_table(chart)
    header = [[head.text for head in row] for row in table.header]
    return header + [[cell_text(cell) for cell in row.cells] for row in table.rows]


def test_a_few_categories_stand_in_columns():
    chart = Chart("line", "Т", "О", ("2024", "2025"), (Series("Фонд", (1500, None)),))
    assert lines(chart) == [["Показатель", "2024", "2025"], ["Фонд", "1\u00a0500", "—"]]


def test_many_categories_stand_in_rows():
    names = tuple(f"Школа {n}" for n in range(1, 8))
    series = Series("Доля", tuple(Decimal(n) / 2 for n in range(1, 8)))
    chart = Chart("bar", "Т", "О", names, (series,), places=1)
    assert lines(chart)[:3] == [["Показатель", "Доля"], ["Школа 1", "0,5"], ["Школа 2", "1,0"]]


def test_as_many_series_as_categories_stay_in_columns():
    chart = Chart("bar", "Т", "О", ("а",), (Series("Р", (1,)),))
    assert lines(chart) == [["Показатель", "Р"], ["а", "1"]]
