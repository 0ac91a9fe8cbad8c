"""Cells in words."""

import copy

import pytest

from apps.monitoring.cellnames import cell_name
from apps.monitoring.definition import compile_form, load
from tests.monitoring.responses.definitions import LIBRARY

LONG = "Учебники и учебные пособия для обучающихся по программам начального общего образования"


def compiled(definition=LIBRARY):
    return compile_form(load(definition))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("1/02/4", "печатные (стр. 02) · в том числе: учебники (гр. 4)"),
        ("1/01/3", "Поступило (стр. 01) · Всего (гр. 3)"),
        ("2/n3/1", "Строка 3 · Название (гр. 1)"),
        ("2/total/2", "Итого · Участников (гр. 2)"),
        ("speed", "Скорость"),
        ("9/09/9", "9/09/9"),
    ],
)
def test_words_of_a_cell(address, name):
    assert cell_name(compiled(), address).full == name


def test_long_title_is_cut_at_a_word_and_kept_whole_beside():
    definition = copy.deepcopy(LIBRARY)
    definition["sections"][0]["items"][0]["rows"][1]["title"] = LONG

    name = cell_name(compiled(definition), "1/02/4")

    assert name.short == (
        "Учебники и учебные пособия для обучающихся по программам… (стр. 02) · в том числе: учебники (гр. 4)"
    )
    assert name.full == f"{LONG} (стр. 02) · в том числе: учебники (гр. 4)"
