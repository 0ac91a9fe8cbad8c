"""Letters: headers nobody can add to, text and HTML of the same words."""

import pytest

from apps.core.mail import absolute, compose, header


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Тема", "Тема"),
        ("Тема\r\nBcc: x@else.example", "Тема Bcc: x@else.example"),
        ("a\x00b\x85c\u2028d", "a b c d"),
        ("  края  ", "края"),
        ("я" * 300, "я" * 200),
    ],
)
def test_header(text, expected):
    assert header(text) == expected


def test_absolute(settings):
    settings.PORTAL_URL = "https://imo.example"

    assert absolute("/account/") == "https://imo.example/account/"


def test_letter_is_text_and_html():
    user = {"username": "<b>имя</b>"}
    letter = compose(
        to="a@imo.example\nBcc: x@else.example",
        subject="Тема",
        template="accounts/mail/password",
        context={"user": user, "link": "https://imo.example/x?a=1&b=2"},
    )

    assert letter.to == ["a@imo.example Bcc: x@else.example"]
    assert "«<b>имя</b>»" in letter.body
    assert "https://imo.example/x?a=1&b=2" in letter.body
    html = letter.alternatives[0].content
    assert "«&lt;b&gt;имя&lt;/b&gt;»" in html
    assert 'href="https://imo.example/x?a=1&amp;b=2"' in html
