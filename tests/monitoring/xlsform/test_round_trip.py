"""Out and back: pyxform accepts the workbook, and what XLSForm can hold comes back as it was."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.monitoring.definition import load
from apps.monitoring.xlsform import write_xlsform
from tests.monitoring.small import SMALL
from tests.monitoring.xlsform.books import read_bytes

TITLES = st.text("абвгд АБВ№«»,.", min_size=1, max_size=20).map(str.strip).filter(bool)
VALUES = st.sampled_from(
    [
        {"type": "integer"}, {"type": "integer", "allow_negative": True}, {"type": "text", "required": True},
        {"type": "integer", "minimum": "5", "maximum": "9"}, {"type": "decimal", "decimals": 3},
        {"type": "date"}, {"type": "choice", "choices": "yn"}, {"type": "yes_no"},
    ]
)  # fmt: skip
MORE = st.sampled_from(
    [{"type": "long_text"}, {"type": "multi_choice", "choices": "yn"},
     {"type": "scale", "minimum": "1", "maximum": "5"}]
)  # fmt: skip
WHENS = st.sampled_from(
    ["", "вопрос first > 3", "вопрос first <> 7", "вопрос first заполнена", "вопрос first = 1 или 2",
     "вопрос first >= 2 и вопрос first < 9"]
)  # fmt: skip


@st.composite
def forms(draw):
    """Forms within the reach of XLSForm: questions, one open table and one coded table, sections in sections."""  # noqa: E501
    first = {"type": "question", "code": "first", "title": "Сколько", "value": {"type": "integer"}}
    questions = [first]
    for number in range(draw(st.integers(0, 4))):
        item = {"type": "question", "code": f"q{number}", "title": draw(TITLES), "value": draw(VALUES | MORE)}
        when = draw(WHENS)
        questions.append(item | ({"when": when} if when else {}))
    sections = [
        {
            "code": "s1",
            "number": draw(st.sampled_from(["s1", "1.1"])),
            "title": draw(TITLES),
            "items": questions,
        }
    ]
    columns = [{"code": str(n), "title": draw(TITLES), "value": draw(VALUES)} for n in range(3, 5)]
    if draw(st.booleans()):
        table = {
            "type": "open_table",
            "columns": columns,
            "total": draw(st.booleans()),
            "min_rows": 1,
            "max_rows": 9,
        }
        sections.append({"code": "s2", "title": draw(TITLES), "items": [table]})
    if draw(st.booleans()):
        rows = [{"code": f"0{n}", "title": draw(TITLES), "level": n} for n in range(2)]
        sections.append(
            {
                "code": "s3",
                "title": draw(TITLES),
                "items": [{"type": "table", "columns": columns, "rows": rows}],
            }
        )
    if draw(st.booleans()):
        sections[0]["sections"] = [
            {
                "code": "in",
                "title": "Внутри",
                "items": [{"type": "question", "code": "z", "title": "Я", "value": {"type": "text"}}],
            }
        ]
    form = {"schema": "imo-form/1", "code": "trip", "title": draw(TITLES), "sections": sections}
    used = "'yn'" in str(sections)
    yes_no = {"choices": {"yn": [{"code": "yes", "title": "Да"}, {"code": "2", "title": "Нет"}]}}
    return form | (yes_no if used else {})


@settings(max_examples=40, deadline=None)
@given(forms())
def test_comes_back_as_it_was(document):
    original = load(document)
    content, _ = write_xlsform(original)
    back = read_bytes(content)
    assert back.errors == []
    assert load(back.definition) == original


def test_pyxform_accepts_it(tmp_path):
    xls2xform = pytest.importorskip("pyxform.xls2xform", reason="the oracle is a development dependency")
    document = copy.deepcopy(SMALL)
    document["relations"] = [{"code": "r", "text": "вопрос speed = 1 или 2", "message": "Не так: ${x}"}]
    path = tmp_path / "form.xlsx"
    path.write_bytes(write_xlsform(load(document))[0])
    assert "<h:title>Читатели</h:title>" in xls2xform.convert(xlsform=str(path)).xform


def test_what_does_not_fit_is_listed():
    document = copy.deepcopy(SMALL)
    document["relations"] = [
        {"code": "r1", "section": "1", "text": "гр.3 >= гр.4"},
        {"code": "r2", "text": "", "enabled": False},
    ]
    _, misfits = write_xlsform(load(document))
    assert [(one.place, one.told) for one in misfits if one.place.startswith("соотношение")] == [
        ("соотношение r1", "не выгружено: гр.3 >= гр.4"),
        ("соотношение r2", "отключённое соотношение не выгружается"),
    ]


def test_relation_over_one_question_comes_back():
    document = copy.deepcopy(SMALL)
    document["relations"] = [
        {"code": "k1", "text": "вопрос speed = 1 или 2", "severity": "error", "message": "Код"}
    ]
    back = read_bytes(write_xlsform(load(document))[0])
    assert back.definition["relations"] == document["relations"]
