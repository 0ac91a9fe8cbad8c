import pytest
from django.core.exceptions import ValidationError

from apps.core.clauses import all_clauses, clause_choices, clauses_of, find_clause, validate_clause


def test_every_clause_once_in_order():
    codes = [clause.code for clause in all_clauses()]
    assert len(codes) == len(set(codes)) == 65
    assert codes[:9] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1", "2.2", "3.1.1"]
    assert codes.index("3.1.10") == codes.index("3.1.9") + 1
    assert codes[-3:] == ["10.1", "10.2", "10.3"]


def test_bullets_of_section_three():
    counts = [
        sum(c.section == section for c in all_clauses()) for section in ("3.1", "3.2", "3.3", "3.4", "3.5")
    ]
    assert counts == [11, 8, 9, 4, 6]


def test_every_clause_is_filled_in():
    for clause in all_clauses():
        assert clause.title
        assert clause.does
        assert clause.figure
        assert clause.apps
        assert clause.section_title


def test_clauses_of_an_app():
    assert [clause.code for clause in clauses_of("monitoring")] == ["3.1.1", "3.1.5", "3.1.8"]


def test_lookup():
    assert find_clause("3.1.1").section_title == "Аналитическая деятельность"
    assert find_clause("3.1.12") is None
    assert ("10.3", "10.3 Взносы не уменьшают бюджетного финансирования") in clause_choices()
    with pytest.raises(ValidationError, match="нет в Положении"):
        validate_clause("99")
