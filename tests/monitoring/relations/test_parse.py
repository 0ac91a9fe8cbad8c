"""The notation: spellings that mean the same, and faults with their places."""

from decimal import Decimal

import pytest

from apps.monitoring.relations import RelationSyntaxError, parse, parse_condition, parse_expression, to_text
from apps.monitoring.relations import nodes as n


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("гр.3 = сумме гр.4, 5", "ГР. 3 = СУММЕ ГРАФ 4, 5"),
        ("гр.3 = сумме гр.4, 5", "графа 3 равна сумме граф 4 и 5"),
        ("гр.3 = гр.4", "гр3=гр4"),
        ("гр.3 <= 5", "гр.3 ≤ 5"),
        ("гр.3 <= 5", "гр. 3 не больше 5"),
        ("гр.3 >= 5", "графа 3 не менее 5."),
        ("гр.3 <> 5", "гр.3 ≠ 5"),
        ("гр.3 × 2 = 4", "гр.3 * 2 = 4"),
        ("гр.3 × 2 = 4", "гр.3 х 2 = 4"),
        ("гр.3 × 2 = 4", "гр.3 x 2 = 4"),
        ("стр.101–105 по гр.3 = 1", "строки 101 - 105 по графам 3 = 1"),
        ("гр.3 = 0,5", "гр.3 = 0.5"),
        ("гр.3 = 10003", "гр.3 = 10 003"),
        ("гр.3 = 10003", "гр.3 = 10\u00a0003"),
        ("стр.1 гр.3 за прошлый год = 1", "прошлый период стр.1 гр.3 = 1"),
        ("стр.1 гр.3 за прошлый отчёт = 1", "стр.1 гр.3 в прошлом отчете = 1"),
        ("раздел 2.1 стр.01 гр.3 = 1", "разд. 2.1, стр. 01, гр. 3 = 1"),
        ("если гр.3 > 0, то гр.4 > 0", "гр.3 > 0 только если гр.4 > 0"),
        ("если гр.3 > 0, то гр.4 > 0", "Если гр.3 больше 0 то гр.4 больше 0"),
        ("стр.5 = 1 или 2 или 3", "стр.5 = 1, 2 или 3"),
        ("по строкам 1, 2 и графам 3: гр.3 = 1", "по строкам 1, 2, графе 3: гр.3 = 1"),
        ("по строкам 1–5, кроме 3: гр.3 = 1", "по строкам 1-5 за исключением строки 3: гр.3 = 1"),
    ],
)
def test_spellings_of_the_same_relation(one, other):
    assert parse(one) == parse(other)


def test_a_list_of_codes_and_a_list_of_cells():
    body = parse("гр.3 = сумме стр.1 гр.3, раздел 2 стр.1 гр.4").body
    assert isinstance(body, n.Compare)
    total = body.operands[1]
    assert isinstance(total, n.Aggregate)
    assert [ref.section for ref in total.arguments] == ["", "2"]


def test_or_between_comparisons_is_not_a_set_of_codes():
    assert isinstance(parse("гр.3 = 1 или гр.4 = 2").body, n.Or)
    assert parse("гр.3 = 1 или 2 или гр.4 = 2").body.items[0] == n.OneOf(
        n.Ref(columns=n.Selection((n.CodeRange("3"),))), (n.Number(Decimal(1)), n.Number(Decimal(2)))
    )


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("", 1, 1, "Пустое соотношение"),
        ("гр.3 = ", 1, 8, "оборвано"),
        ("гр.3 = = 4", 1, 8, "не на месте"),
        ("гр.3 ? 4", 1, 6, "Непонятное слово"),
        ("гр.3 =\nсумме гр.", 2, 9, "Ожидается код графы"),
        ("(гр.3 = 4", 1, 10, "оборвано"),
        ("гр.3 = 4)", 1, 9, "не на месте"),
        ("гр.3 + 4", 1, 1, "нет знака сравнения"),
        ("гр.3 = 31.02.2025", 1, 8, "Нет такой даты"),
        ("гр.3 = " + "9" * 40, 1, 8, "больше 15 цифр"),
        ("гр.3 = NaN", 1, 8, "Непонятное слово"),
        ("гр.3 = 1\x00", 1, 9, "управляющий знак"),
        ("гр.3 = 1\ud800", 1, 9, "управляющий знак"),
        ("сумма стр.102–стр.105 = 1", 1, 14, "без повторения слова"),
        ("1 < гр.3 < 2 < 3", 1, 14, "не больше двух знаков"),
        ("гр.3 > 1 или 2", 1, 1, "только после знака"),
        ("форма a стр.1 гр.1 за прошлый год = 1", 1, 1, "Прошлый период другой формы"),
    ],
)
def test_a_fault_names_its_place(text, line, column, words):
    with pytest.raises(RelationSyntaxError) as caught:
        parse(text)
    assert words in caught.value.message
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        "(" * 10_000 + "гр.3" + ")" * 10_000,
        "а" * 100_000,
        "гр.3 = " + "1 + " * 30_000 + "1",
        "не " * 1_300,
        "−" * 3_900,
        "гр.3 = сумме гр." + "4, " * 1_300,
        "если " * 700,
        " " * 3_999 + "гр",
        "гр." + " " * 3_000 + "3" + " " * 900,
        "гр.3 = " + "((((((((((" * 3 + "1" + "))))))))))" * 3,
        "«" * 4_000,
        "1" * 4_000,
        "стр.1" + ".1" * 1_900,
    ],
)
@pytest.mark.timeout(30)
def test_hostile_texts_are_answered_at_once(text):
    try:
        parse(text)
    except RelationSyntaxError as fault:
        assert len(str(fault)) < 400


def test_a_long_sum_is_no_deep_tree():
    text = "гр.3 = " + " + ".join(["1"] * 900)
    assert parse(to_text(parse(text))) == parse(text)


def test_conditions_and_expressions_refuse_the_other_kind():
    assert parse_expression("сумма гр.4, 5").function == "sum"
    for text in ("гр.3 = 4", "по строкам 1: гр.3"):
        with pytest.raises(RelationSyntaxError):
            parse_expression(text)
    for text in ("если гр.3 = 1, то гр.4 = 1", "по строкам 1: гр.3 = 1", "гр.3"):
        with pytest.raises(RelationSyntaxError):
            parse_condition(text)
