"""The guide for methodists shows nothing that the parser refuses."""

import re
from pathlib import Path

import pytest

from apps.monitoring.relations import parse, to_text

GUIDE = Path(__file__).parents[3] / "docs/guides/control-relations.md"
EXAMPLES = [
    line
    for block in re.findall(r"```\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.splitlines()
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_of_the_guide_is_accepted(text):
    assert parse(to_text(parse(text))) == parse(text)


def test_the_guide_has_an_example_of_every_kind():
    headings = re.findall(r"^### (.*)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    kinds = {int(number) for heading in headings for number in re.findall(r"K(\d+)", heading)}
    assert kinds == set(range(1, 16))
    assert len(EXAMPLES) >= 30
