"""The guard itself: what it must hear, it hears."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def login_page(city, open_browser):
    page = open_browser().new_page()
    page.goto("/login/")
    return page


def heard(page, script: str) -> str:
    guard = page.context.guard
    guard.expect(".")
    page.evaluate(script)
    page.wait_for_timeout(300)
    return "\n".join(guard.heard)


def test_inline_style_violates_the_policy(login_page):
    script = "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">.</p>')"

    assert "Content Security Policy" in heard(login_page, script)


def test_inline_script_violates_the_policy(login_page):
    script = """() => {
        const script = document.createElement("script");
        script.textContent = "window.bad = 1";
        document.body.append(script);
    }"""

    assert "Content Security Policy" in heard(login_page, script)
    assert login_page.evaluate("window.bad === undefined")


def test_another_host_is_not_called(login_page):
    found = heard(login_page, "fetch('https://elsewhere.example/x').catch(() => {})")

    assert "Content Security Policy" in found


def test_an_error_of_a_script_is_heard(login_page):
    assert "error: " in heard(login_page, "setTimeout(() => { throw new Error('broken') }, 0)")


def test_a_page_that_is_not_there_is_heard(login_page):
    assert "status of 404" in heard(login_page, "fetch('/static/nothing.css')")
