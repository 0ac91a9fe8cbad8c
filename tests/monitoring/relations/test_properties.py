"""Properties that hold for every relation, form and set of values."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.monitoring.relations import RelationError, expand, parse, to_text
from apps.monitoring.relations import nodes as n
from tests.monitoring.relations.forms import compiled, rule, section, table

few = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])

codes = st.sampled_from(["01", "1", "101", "102", "103", "3", "4", "2.1", "5а", "А1", "x", "строка 1"])
ranges = st.builds(n.CodeRange, codes, st.one_of(st.just(""), codes))
selections = st.builds(
    n.Selection,
    st.lists(ranges, min_size=1, max_size=3).map(tuple),
    st.one_of(st.just(()), st.lists(ranges, min_size=1, max_size=2).map(tuple)),
)
numbers = st.decimals(min_value=0, max_value=10**9, places=2).map(n.Number)
sections = st.sampled_from(["", "2", "2.1"])
sources = st.sampled_from([{}, {"previous": True}, {"form": "library"}])


def _ref(rows, columns, each, section, copy, source):
    if rows is None or columns is None:
        each = ""
    return n.Ref(rows, columns, each, section, copy if section else "", **source)


refs = st.builds(
    _ref,
    st.none() | selections,
    st.none() | selections,
    st.sampled_from(["", "", "rows", "columns"]),
    sections,
    st.sampled_from(["", "", "*", "o"]),
    sources,
)
questions = st.builds(
    lambda code, source: n.Question(code, **source), st.sampled_from(["q1", "q2.1"]), sources
)
places = refs | questions


def _grown(inner):
    return st.one_of(
        st.builds(n.Absolute, inner),
        st.builds(n.Round, inner, st.integers(0, 4)),
        st.builds(n.Share, inner, inner),
        st.builds(n.Negative, inner),
        st.lists(st.tuples(st.sampled_from([1, -1]), inner), min_size=2, max_size=3).map(
            lambda terms: n.Add(((1, terms[0][1]), *terms[1:]))
        ),
        st.lists(st.tuples(st.sampled_from("*/"), inner), min_size=2, max_size=3).map(
            lambda factors: n.Multiply((("*", factors[0][1]), *factors[1:]))
        ),
        st.builds(
            n.Aggregate,
            st.sampled_from(["sum", "min", "max", "mean", "count"]),
            st.lists(inner, min_size=1, max_size=2).map(tuple),
        ),
    )


leaves = st.one_of(
    places,
    numbers,
    st.decimals(min_value=0, max_value=100, places=1).map(n.Percent),
    st.dates().filter(lambda day: day.year > 1000).map(lambda day: n.Date(day.isoformat())),
    st.sampled_from(["да", "филиал № 2"]).map(n.Text),
    st.just(n.PrecedingSum()),
)
values = st.recursive(leaves, _grown, max_leaves=5)
operators = st.sampled_from(["=", "<>", "<=", ">=", "<", ">"])
comparisons = st.one_of(
    st.builds(lambda a, b, op: n.Compare((a, b), (op,)), values, values, operators),
    st.builds(lambda a, b, c: n.Compare((a, b, c), ("<=", "<")), values, values, values),
    st.builds(lambda a, b, c: n.OneOf(a, (b, c)), values, numbers, numbers),
    st.builds(n.Filled, places, st.booleans()),
    st.builds(n.Contains, places, numbers, st.booleans()),
)


def _joined(inner):
    items = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(n.Not, inner), st.builds(n.And, items), st.builds(n.Or, items))


conditions = st.recursive(comparisons, _joined, max_leaves=4)
bodies = conditions | st.builds(n.Implies, conditions, conditions)
scopes = st.none() | st.builds(
    lambda section, rows, columns: n.Scope(
        section or ("2" if not (rows or columns) else ""), "", rows, columns
    ),
    sections,
    st.none() | selections | st.just(n.Selection()),
    st.none() | selections | st.just(n.Selection()),
)
relations = st.builds(n.Relation, bodies, scopes)


@few
@given(relations)
def test_a_printed_tree_parses_to_the_same_tree(relation):
    assert parse(to_text(relation)) == relation


FORM = compiled(
    section("2", table("01 1 101 102 103", "3 4 5", x=[["102", "4"]])),
    section(
        "2.1",
        {"type": "question", "code": "q1", "title": "?", "value": {"type": "integer"}},
        {"type": "question", "code": "q2.1", "title": "?", "value": {"type": "text"}},
        table("01 1 101", "3 4"),
    ),
)


@few
@given(relations, st.sampled_from(["", "2", "2.1", "9"]))
def test_expanding_answers_or_refuses_in_russian(relation, home):
    try:
        expand(relation, FORM.layout, home)
    except RelationError as fault:
        assert fault.message


@few
@given(st.text(alphabet="гртсо.0123456789 ,–-()=<>+×/:;«»еилмупк%@*\n", max_size=60))
def test_any_text_parses_or_is_refused(text):
    try:
        expand(parse(text), FORM.layout, "2")
    except RelationError as fault:
        assert str(fault)


WORDS = (
    "гр. 3 4 101 102 стр. = >= сумме по строкам графам : ( ) если то и или не раздел 2 2.1 × / − + , процент "
    "от прошлый период заполнена вопрос q1 форма a Итого предыдущих строк соответственно кроме"
)
words = st.sampled_from(WORDS.split())


@few
@given(st.lists(words, max_size=14).map(" ".join))
def test_any_sequence_of_words_parses_or_is_refused(text):
    try:
        instances = expand(parse(text), FORM.layout, "2")
    except RelationError:
        return
    assert instances


SUMS = compiled(
    section("2", table("101 102 103 104", "3 4 5")),
    relations=[
        {**rule("гр.3 = сумме гр.4, 5"), "code": "A"},
        {**rule("стр.101 >= сумме стр.102–104"), "code": "B"},
        {**rule("если стр.101 гр.3 > 5, то стр.104 гр.5 > 0"), "code": "C"},
        {**rule("гр.4 × 100 / гр.3 <= 50"), "code": "D"},
    ],
)
documents = st.dictionaries(
    st.sampled_from(SUMS.numeric), st.integers(0, 20).map(str) | st.just(""), max_size=12
)


@few
@given(documents)
def test_a_sum_counts_blanks_as_zero(values):
    found = {one.instance: one for one in SUMS.check(values) if one.relation == "A"}
    for row in ("101", "102", "103", "104"):
        texts = [values.get(f"2/{row}/{column}", "") for column in "345"]
        left, *parts = (Decimal(text or 0) for text in texts)
        expected = any(texts) and left != sum(parts)
        assert (f"A::{row}::" in found) is expected


@few
@given(documents, documents)
def test_an_incremental_check_is_the_full_one_restricted(before, change):
    after = {**before, **change}
    delta = SUMS.check_changed(after, change)
    full_before = {one.instance: one for one in SUMS.check(before)}
    full_after = {one.instance: one for one in SUMS.check(after)}
    assert {one.instance: one for one in delta.violations} == {
        key: one for key, one in full_after.items() if key in delta.instances
    }
    untouched = {key: one for key, one in full_before.items() if key not in delta.instances}
    assert untouched == {key: one for key, one in full_after.items() if key not in delta.instances}
