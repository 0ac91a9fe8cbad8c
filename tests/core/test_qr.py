import re

import pytest

from apps.core.qr import qr_svg


def test_code_is_a_labelled_picture_without_styles():
    svg = qr_svg("https://portal.example/verify/1/", label='Код <"1">')
    assert "style" not in svg
    assert "<title>Код &lt;&quot;1&quot;&gt;</title>" in svg


def test_finder_pattern_stands_in_the_corner_after_the_quiet_zone():
    svg = qr_svg("https://portal.example/verify/1/")
    assert 'd="M4 4h7v1h-7z' in svg
    assert "M4 5h1v1h-1zM10 5h1v1h-1z" in svg
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    assert max(int(x) for x in re.findall(r"M(\d+) ", svg)) < side - 4


@pytest.mark.parametrize("text", ["", "x" * 1001])
def test_too_little_or_too_much(text):
    with pytest.raises(ValueError, match="QR"):
        qr_svg(text)
