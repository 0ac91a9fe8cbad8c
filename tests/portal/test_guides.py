from types import SimpleNamespace

import pytest

from apps.portal import guides
from apps.portal.guides import render


def test_blocks():
    text = "## Как начать\n\nОткройте **портал** и `вход`.\nДальше — *сами*.\n\n- раз\n- два\n  и ещё\n\n"
    text += "1. один\n2. два"
    assert render(text) == (
        "<h2>Как начать</h2>\n"
        "<p>Откройте <strong>портал</strong> и <code>вход</code>. Дальше — <em>сами</em>.</p>\n"
        "<ul><li>раз</li><li>два и ещё</li></ul>\n"
        "<ol><li>один</li><li>два</li></ol>"
    )


def test_table():
    html = render("| Роль | Что видит |\n|---|---|\n| педагог | своё |")
    assert '<thead><tr><th scope="col">Роль</th><th scope="col">Что видит</th></tr></thead>' in html
    assert "<tbody><tr><td>педагог</td><td>своё</td></tr></tbody>" in html


def test_code_block_keeps_its_text():
    assert render("```\n<b> **не жирно**\n```") == (
        '<pre tabindex="0"><code>&lt;b&gt; **не жирно**</code></pre>'
    )


def test_html_is_text():
    assert render("<script>x</script> & **<i>**") == (
        "<p>&lt;script&gt;x&lt;/script&gt; &amp; <strong>&lt;i&gt;</strong></p>"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[отчёты](/monitoring/)", '<p><a href="/monitoring/">отчёты</a></p>'),
        ("[сайт](https://portal.example/)", '<p><a href="https://portal.example/">сайт</a></p>'),
        ("[школа](school.md)", '<p><a href="/help/school/">школа</a></p>'),
        ("[зло](javascript:alert)", "<p>[зло](javascript:alert)</p>"),
        ("[зло](//host/)", "<p>[зло](//host/)</p>"),
    ],
)
def test_links(text, html):
    assert render(text) == html


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(guides, "FOLDER", tmp_path)
    return tmp_path


@pytest.mark.django_db
def test_pages(signed_in, nobody, folder):
    client = signed_in(nobody)
    assert "Руководств пока нет" in client.get("/help/").content.decode()
    (folder / "common.md").write_text("# Школе\n\nКак заполнить отчёт.\n", encoding="utf-8")
    (folder / "draft.md").write_text("без заголовка", encoding="utf-8")
    assert [one.title for one in client.get("/help/").context["guides"]] == ["Школе"]
    page = client.get("/help/common/").content.decode()
    assert "<h1>Школе</h1>" in page and "<p>Как заполнить отчёт.</p>" in page
    assert client.get("/help/draft/").status_code == 404
    assert client.get("/help/no-such/").status_code == 404


@pytest.mark.django_db
def test_help_is_behind_sign_in(client):
    assert client.get("/help/")["Location"].startswith("/login/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("representative", ["school"]),
        ("head", ["head", "plans", "staff", "control-relations", "methodist", "school"]),
        ("methodist", ["control-relations", "methodist", "plans", "staff", "school"]),
        ("director", ["staff", "plans"]),
        (
            "admin",
            ["administrator", "head", "control-relations", "methodist", "school", "plans", "staff"],
        ),
    ],
)
def test_each_role_is_offered_its_own_guides_first(role, names):
    user = SimpleNamespace(roles=frozenset({role}))
    found = [one.name for one in guides.guides_for(user)]
    assert sorted(found) == sorted(names)
    assert found[0] == names[0]
