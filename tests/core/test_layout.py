import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.template.loader import render_to_string

from apps.core import errors
from apps.core.access import Refused

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)


def page(request, user, text: str) -> str:
    request.user = user
    return engines["django"].from_string(text).render({}, request)


@pytest.mark.parametrize("layout", ["base", "bare", "print"])
def test_a_page_for_an_anonymous_visitor(rf, db, layout):
    text = page(rf.get("/"), AnonymousUser(), f'{{% extends "layout/{layout}.html" %}}')

    assert '<html lang="ru">' in text
    assert text.count("<h1") == 1
    assert text.count("<main") == 1
    assert 'name="q"' not in text


def test_a_page_of_a_user(rf, methodist):
    text = page(
        rf.get("/"),
        methodist,
        '{% extends "layout/base.html" %}{% block heading %}Мои задачи{% endblock %}'
        '{% block breadcrumbs %}{% breadcrumbs "Главная" "/" %}{% endblock %}',
    )

    assert "<h1>Мои задачи</h1>" in text
    assert 'action="/search/"' in text
    assert '<span class="user-role">методист</span>' in text
    assert '<li><a href="/">Главная</a></li>' in text
    assert text.index('class="skip-link"') < text.index("<header")


def test_the_organisation_of_a_representative_is_shown(rf, responsible_a, school_a):
    request = rf.get("/")
    request.current_organization = school_a

    text = page(request, responsible_a, '{% extends "layout/base.html" %}')

    assert '<span class="user-role">Школа А</span>' in text


def test_error_pages_without_a_database(rf):
    for template in ("500.html", "503.html", "403_csrf.html"):
        assert "<h1>" in render_to_string(template)
    assert errors.server_error(rf.get("/")).status_code == 500


def test_a_refusal_tells_its_sentence_and_nothing_of_the_inside(rf, methodist):
    request = rf.get("/")
    request.user = methodist

    told = errors.forbidden(request, Refused("Принимает отчёты методист.")).content.decode()
    silent = errors.forbidden(request, Exception("secret table")).content.decode()

    assert "Принимает отчёты методист." in told
    assert "secret table" not in silent
    assert "У вашей роли нет права на это действие." in silent


def test_a_page_that_is_not_there(rf, methodist):
    request = rf.get("/x/")
    request.user = methodist

    response = errors.not_found(request)

    assert response.status_code == 404
    assert "Страница не найдена" in response.content.decode()


def test_a_broken_request_needs_no_user(rf):
    assert errors.bad_request(rf.get("/")).status_code == 400


def test_templates_have_nothing_inline(settings):
    """A strict Content-Security-Policy would silently switch it off. Letters are no pages."""
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        relative = path.relative_to(settings.BASE_DIR / "templates").as_posix()
        if "mail/" in relative or relative.startswith(("pdf/", "papers/report/", "layout/letter")):
            continue
        assert not INLINE.search(path.read_text()), relative


def test_no_font_is_a_subset(settings):
    """Subsets under one family name make PDF print wrong glyphs."""
    fonts = settings.BASE_DIR / "static" / "fonts"

    sizes = {path.name: path.stat().st_size for path in fonts.glob("*.ttf")}

    assert sorted(sizes) == [
        f"PT{face}F.ttf" for face in ("F55", "F56", "F75", "F76", "S55", "S56", "S75", "S76")
    ]
    assert min(sizes.values()) > 250_000
