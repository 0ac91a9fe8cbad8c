import re

import pytest

from apps.papers.codes import ALPHABET, canonical_code, new_code


def test_a_code_is_three_groups_of_four():
    assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", new_code())


def test_codes_differ():
    assert len({new_code() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "typed",
    [
        "ACEH-KMPT-XY34",
        "acehkmptxy34",
        "  aceh kmpt xy34 ",
        "ACEH–KMPT—XY34",
        "асен-кмрт-хузч",  # typed on the Russian layout, every letter a look-alike
        "ACEH.KMPT/XY34",
        "A C E H K M P T X Y 3 4",
    ],
)
def test_how_it_is_typed_does_not_matter(typed):
    assert canonical_code(typed) == "ACEH-KMPT-XY34"


def test_twins_of_digits_are_read_as_digits():
    assert canonical_code("ZGQб-AAAA-AAAA") == "2696-AAAA-AAAA"


@pytest.mark.parametrize("typed", ["", "ACEH", "ACEH-KMPT-XY34-X", "ЩЩЩЩ-ЩЩЩЩ-ЩЩЩЩ", "\0" * 12, "0" * 10**5])
def test_what_can_be_no_code_gives_none(typed):
    assert canonical_code(typed) is None
