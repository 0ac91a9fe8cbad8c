import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from apps.core.charts import Chart, Series
from apps.core.charts.shapes import scale_for, wrapped

KINDS = ["bar", "column", "stacked_bar", "stacked_column", "line"]
SVG = "{http://www.w3.org/2000/svg}"


def chart(kind="bar", categories=("Школы", "Сады"), series=(("Сдали", (12, 30)),), **more):
    rows = tuple(Series(title, values) for title, values in series)
    return Chart(kind, "Отчёты", "Сколько организаций сдали отчёт.", categories, rows, **more)


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_has_a_title_a_description_and_its_values(kind):
    made = chart(kind).svg()

    root = ElementTree.fromstring(made)
    assert root.get("role") == "img"
    names = root.get("aria-labelledby").split()
    assert [root.find(f".//*[@id='{name}']").text for name in names] == [
        "Отчёты",
        "Сколько организаций сдали отчёт.",
    ]
    assert {"Школы", "Сады", "12", "30"} <= set(texts(made))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_a_strict_policy_forbids(kind):
    made = chart(kind, series=(("А", (1, 2)), ("Б", (3, None)), ("В", (5, 6)))).svg()

    assert "style=" not in made
    assert "<style" not in made
    assert 'font-family="PT Sans, sans-serif"' in made


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_typed_stays_text(kind):
    made = Chart(
        kind, "<script>1</script>", "</desc><b>", ['"><script>', "&"], [Series("</svg>", [1, 2])] * 2
    ).svg()

    root = ElementTree.fromstring(made)
    assert root.find(f"{SVG}title").text == "<script>1</script>"
    assert root.find(f"{SVG}desc").text == "</desc><b>"
    assert "<script" not in made


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("series", [(), (("Сдали", (None, None)),), (("Сдали", (Decimal("NaN"), None)),)])
def test_without_data_there_is_a_sentence(kind, series):
    assert chart(kind, series=series).svg() == '<p class="hint">Нет данных для диаграммы.</p>'


@pytest.mark.parametrize("kind", KINDS)
def test_values_nobody_expects_do_not_break_the_picture(kind):
    values = (Decimal(10) ** 40, Decimal("-0.001"), 0, None, Decimal("Infinity"))
    made = chart(kind, categories=("б" * 300, "", " ", "a b", "я"), series=(("С", values),)).svg()

    ElementTree.fromstring(made)
    assert not re.search(r'(width|height)="-', made)


def test_series_differ_without_colour_too():
    made = chart("column", series=(("А", (1, 2)), ("Б", (3, 4)))).svg()

    root = ElementTree.fromstring(made)
    patterns = {node.get("id") for node in root.iter(f"{SVG}pattern")}
    fills = {node.get("fill") for node in root.iter(f"{SVG}rect")}
    assert len(patterns) == 1
    assert f"url(#{patterns.pop()})" in fills


def test_two_pictures_on_a_page_share_no_names():
    first = chart("bar", series=(("А", (1, 2)), ("Б", (3, 4)))).svg()
    second = chart("bar", series=(("А", (1, 2)), ("Б", (3, 5)))).svg()

    names = re.compile(r' id="([^"]+)"')
    assert set(names.findall(first)).isdisjoint(names.findall(second))


def test_a_missing_value_is_a_dash_and_interrupts_a_line():
    assert "—" in texts(chart("column", series=(("А", (1, None)),)).svg())
    assert "<polyline" not in chart("line", ("1", "2", "3"), (("А", (1, None, 3)),)).svg()


def test_values_bear_their_unit_and_places():
    made = chart(series=(("Доля", (Decimal("94.44"), Decimal("70"))),), unit="%", places=1).svg()

    assert "94,4\u00a0%" in texts(made)
    assert "70,0\u00a0%" in texts(made)
    assert "100\u00a0%" in texts(made)


def test_columns_with_long_names_lie_down():
    names = ("Муниципальное общеобразовательное учреждение",) * 8
    values = (("А", tuple(range(1, 9))),)

    lying = chart("column", names, values).svg()

    assert lying == chart("bar", names, values).svg()


def test_the_table_has_the_same_data():
    table = chart(series=(("Сдали", (12, None)), ("Должны", (14, 30)))).table()

    assert table.header == ["", "Сдали", "Должны"]
    assert table.rows == [["Школы", 12, 14], ["Сады", None, 30]]


def test_a_series_of_another_length_is_refused():
    with pytest.raises(ValueError, match="value for each category"):
        chart(series=(("А", (1,)),))


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="no such kind"):
        chart("donut")


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([12, 30], [0, 10, 20, 30]),
        ([94.4], [0, 20, 40, 60, 80, 100]),
        ([-12.5, 8], [-15, -10, -5, 0, 5, 10]),
        ([0.3], [0, 0.1, 0.2, 0.3]),
        ([0], [0, 1]),
        ([-3, -1], [-3, -2, -1, 0]),
    ],
)
def test_ticks_are_round_and_include_nought(values, ticks):
    assert scale_for(values).ticks == ticks


def test_long_words_are_wrapped_and_cut():
    assert wrapped("Детский сад присмотра и ухода", 100) == ["Детский сад", "присмотра и", "ухода"]
    assert wrapped("Детский сад присмотра и ухода", 100, 2) == ["Детский сад", "присмотра и…"]
    assert wrapped("", 100) == [""]
