"""Cells, computing, hiding, completeness."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.monitoring.definition import Completeness, RelationSpec, compile_form, covered_cells, load
from tests.monitoring.definition.test_load import FULL
from tests.monitoring.relations.forms import compiled, document, rule, section, table


def test_cells_in_reading_order_with_titles_and_types():
    form = compile_form(load(FULL), [("7", "Ола")])
    assert list(form.cells)[:5] == ["q1", "q2", "q3", "2/101/3", "2/101/4"]
    cell = form.cell("2/102/4")
    assert (cell.type, cell.decimals, cell.required, cell.unit.name) == ("decimal", 2, True, "единица")
    assert cell.title == "разд. 2.1, стр. 102, гр. 4"
    assert form.cell("2/103/4").is_x
    assert form.cell("2/101/3").computed == "сумма стр.102, 103"
    assert form.cell("3@7/n12/1").title == "разд. 3 (Ола), стр. n12, гр. 1"
    assert form.cell("3@7/n12/1").prefill == "organization.full_name"
    assert form.cell("3@7/total/2").is_x
    assert form.cell("3.1@7/01/1") is not None
    assert form.cell("3/n1/1") is None
    assert form.numeric == ("2/101/3", "2/101/4", "2/102/3", "2/102/4", "2/103/3", "3.1@7/01/1")
    assert form.copies("3") == (("7", "Ола"),)


def test_conditions_hide_rows_sections_and_questions():
    form = compile_form(load(FULL), [("7", "Ола")])
    hidden = form.hidden_parts({"q1": "0", "q2": "2"})
    assert hidden.sections == {"2"}
    assert hidden.rows == {"2/103"}
    assert hidden.items == {"1#0"}
    assert {"2/101/3", "2/103/3"} <= hidden.addresses
    assert form.hidden({"q1": "1", "q2": "1,2"}) == frozenset()
    assert form.hidden({"q1": "1", "q2": "1"}) == {"q3"}
    assert "q3" in form.hidden({"q1": "1"})  # a premise over a blank is false


def test_hidden_cells_are_out_of_completeness_and_relations():
    form = compile_form(load(FULL), [("7", "Ола")])
    values = {"q1": "1", "2/102/3": "5", "2/102/4": "1.5", "2/103/3": "2"}
    assert form.compute(values) == {"2/101/3": "7", "2/101/4": "2"}  # 1.5 in a column of integers
    assert form.completeness(values) == Completeness(2, 2, ())
    values["q1"] = "0"
    assert form.compute(values) == {"2/101/3": "", "2/101/4": ""}
    assert form.completeness(values) == Completeness(1, 1, ())
    assert form.completeness({"q1": "1"}) == Completeness(1, 2, ("2/102/4",))


def test_a_hidden_row_leaves_the_sum():
    rows = [{"code": "101", "title": "а"}, {"code": "102", "title": "б", "when": "вопрос q = 1"}]
    question = {"type": "question", "code": "q", "title": "?", "value": {"type": "yes_no"}}
    form = compiled(
        section(
            "1",
            question,
            {
                **table("1", "3"),
                "rows": [*rows, {"code": "103", "title": "в", "value": {"computed": "сумма стр.101, 102"}}],
            },
        ),
        relations=[
            rule("стр.102 гр.3 <= стр.101 гр.3", "1"),
            {**rule("стр.103 = сумме стр.101, 102", "1"), "code": "S"},
        ],
    )
    values = {"1/101/3": "1", "1/102/3": "5", "1/103/3": "6", "q": "1"}
    assert form.compute(values) == {"1/103/3": "6"}
    assert [one.relation for one in form.check(values)] == ["K"]
    values["q"] = "0"
    assert form.compute(values, ["q"]) == {"1/103/3": "1"}
    assert form.check(values) == []
    assert form.check_changed(values, ["q"]).relations == {"K", "S"}


def test_blank_and_zero_and_division_in_computed_cells():
    cells = [
        {
            "row": "101",
            "column": "5",
            "value": {"type": "decimal", "decimals": 1, "computed": "процент гр.4 от гр.3"},
        }
    ]
    form = compiled(section("2", table("101", "3 4 5", cells=cells)))
    assert form.compute({}) == {"2/101/5": ""}
    assert form.compute({"2/101/3": "0", "2/101/4": "1"}) == {"2/101/5": ""}
    assert form.compute({"2/101/3": "3", "2/101/4": "2"}) == {"2/101/5": "66.7"}
    assert form.compute({"2/101/3": "8", "2/101/4": "2"}) == {"2/101/5": "25"}
    assert form.dependents("2/101/3") == ("2/101/5",)


def test_rows_of_an_open_table_are_computed_and_checked_one_by_one():
    columns = [
        {"code": "1", "title": "Имя", "value": {"type": "text", "required": True}},
        {"code": "2", "title": "А"},
        {"code": "3", "title": "Б", "value": {"computed": "гр.2 × 2"}},
    ]
    form = compiled(
        section("2", {"type": "open_table", "columns": columns, "min_rows": 2}),
        relations=[rule("гр.3 <= 10")],
    )
    values = {"2/n2/2": "3", "2/n10/2": "7"}
    computed = form.compute(values)
    assert computed == {"2/n2/3": "6", "2/n10/3": "14", "2/total/2": "10", "2/total/3": "20"}
    assert [one.instance for one in form.check(values | computed)] == ["K::total::", "K::n10::"]
    assert form.compute(values | computed, ["2/n2/2"]) == computed
    assert form.completeness(values) == Completeness(0, 2, ("2/n2/1", "2/n10/1"))
    assert form.completeness({}) == Completeness(0, 2, ("2/n1/1", "2/n2/1"))


CHAIN = compiled(
    section(
        "1",
        {"type": "question", "code": "q", "title": "?", "value": {"type": "integer"}},
        table(
            "101 102 103 104 105",
            "3 4",
            cells=[
                {"row": "101", "column": "3", "value": {"computed": "сумма стр.102, 103"}},
                {"row": "105", "column": "3", "value": {"computed": "стр.101 гр.3 + стр.104 гр.4"}},
                {"row": "105", "column": "4", "value": {"computed": "раздел 2 стр.1 гр.3 − стр.105 гр.3"}},
            ],
        ),
    ),
    section(
        "2",
        table("1 2", "3", cells=[{"row": "2", "column": "3", "value": {"computed": "стр.1 гр.3 × 2"}}]),
        when="вопрос q > 3",
    ),
    section(
        "3",
        {"type": "open_table", "columns": [{"code": "3", "title": "А"}]},
        when="раздел 1 стр.101 гр.3 > 4",
    ),
    relations=[{**rule("гр.3 >= гр.4", "1"), "code": "A"}, {**rule("гр.3 <= 5", "3"), "code": "B"}],
)
TYPED = [one for one in CHAIN.numeric if CHAIN.cells[one].computed is None]
DOCUMENTS = st.dictionaries(
    st.sampled_from([*TYPED, "q", "3/n1/3", "3/n2/3"]), st.integers(0, 9).map(str) | st.just(""), max_size=8
)


@settings(max_examples=300, deadline=None)
@given(DOCUMENTS, DOCUMENTS)
def test_computing_and_checking_in_steps_equals_doing_it_at_once(before, change):
    values = {**before, **CHAIN.compute(before)}
    old = {one.instance: one for one in CHAIN.check(values)}
    values.update(change)
    step = CHAIN.compute(values, change)
    values.update(step)
    assert {**values, **CHAIN.compute(values)} == values
    delta = CHAIN.check_changed(values, change)
    kept = {key: one for key, one in old.items() if key not in delta.instances}
    assert {**kept, **{one.instance: one for one in delta.violations}} == {
        one.instance: one for one in CHAIN.check(values)
    }


def large_form() -> dict:
    """15 tables of 25 rows and 8 columns, 400 relations over ranges."""
    sections, relations = [], []
    for number in range(1, 16):
        cells = [
            {"row": "100", "column": str(c), "value": {"computed": "сумма стр.101–124"}} for c in range(3, 11)
        ]
        rows = " ".join(str(code) for code in range(100, 125))
        sections.append(section(str(number), table(rows, "3 4 5 6 7 8 9 10", cells=cells)))
    shapes = (
        "по строкам {a}–{b}: гр.3 >= сумме гр.4, 5",
        "по графам 3–10: стр.100 >= сумме стр.{a}–{b}",
        "гр.6 × 1000 / гр.3 <= 100000",
        "если стр.{a} гр.3 > 0, то стр.{b} гр.3 > 0",
        "стр.{a} по гр.3, 5, 7 >= стр.{b} по гр.3, 5, 6 соответственно",
    )
    for number in range(400):
        a, b = 101 + number % 10, 112 + number % 12
        text = shapes[number % 5].format(a=a, b=b)
        relations.append({"code": f"R{number}", "section": str(number % 15 + 1), "text": text})
    return document(*sections, relations=relations)


def test_of_a_form_of_3000_cells_and_400_relations_a_step_checks_what_depends_on_the_cell():
    form = compile_form(load(large_form()))
    assert len(form.cells) == 3_000
    chance = random.Random(1)
    values = {address: str(chance.randrange(1_000)) for address in form.numeric}
    values.update(form.compute(values))
    violations = form.check(values)
    delta = form.check_changed(values, ["3/105/3"])
    assert violations
    assert len(delta.instances) < 100


def test_a_relation_not_saved_yet_shows_what_it_covers():
    spec = RelationSpec(code="new", section="1", text="стр.105 = сумме стр.101, 102")
    assert covered_cells(CHAIN, spec)[:3] == ["1/105/3", "1/101/3", "1/102/3"]
