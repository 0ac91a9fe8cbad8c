import datetime
import re
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, RequestContext, Template

from apps.core.charts import Chart, Series
from apps.core.columns import Column
from apps.core.enums import JobState
from apps.core.models import Job

MOMENT = datetime.datetime(2026, 12, 12, 7, 0, tzinfo=datetime.UTC)


def shown(text: str, **values) -> str:
    return Template(text).render(Context(values)).strip()


@pytest.mark.parametrize(
    ("text", "value", "result"),
    [
        ("{{ v|ru_number }}", Decimal("1234.5"), "1\u00a0234,5"),
        ("{{ v|ru_number:0 }}", Decimal("2.5"), "3"),
        ("{{ v|percent }}", Decimal("94.44"), "94,4\u00a0%"),
        ("{{ v|ru_date }}", datetime.date(2026, 11, 22), "22.11.2026"),
        # 22:30 in London is already the next day in Magadan.
        ("{{ v|ru_date }}", datetime.datetime(2026, 11, 22, 22, 30, tzinfo=datetime.UTC), "23.11.2026"),
        ("{{ v|ru_datetime }}", MOMENT, "12.12.2026\u00a018:00"),
        ('{{ v|plural:"балл,балла,баллов" }}', 21, "балл"),
        ('{{ v|plural:"балл,балла,баллов" }}', 12, "баллов"),
        ('{{ v|counted:"балл,балла,баллов" }}', 3, "3\u00a0балла"),
    ],
)
def test_filters(text, value, result):
    assert shown(text, v=value) == result


def test_a_deadline_names_the_clock():
    made = shown("{% deadline v %}", v=MOMENT)

    assert "до 12.12.2026, 18:00 <small>(магаданское время)</small>" in made
    assert 'datetime="2026-12-12T18:00+11:00"' in made


def test_no_deadline():
    assert shown("{% deadline v %}", v=None) == '<span class="deadline">без срока</span>'


def test_an_icon_is_an_ornament_unless_it_has_a_title():
    assert 'aria-hidden="true"' in shown('{% icon "bell" %}')
    assert 'aria-label="Уведомления"' in shown('{% icon "bell" title="Уведомления" %}')


def test_every_icon_named_in_templates_is_in_the_sprite(settings):
    sprite = (settings.BASE_DIR / "static" / "icons.svg").read_text()
    named = re.compile(r'{% icon "([^"]+)"|icon_name="([^"]+)"')
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        for name in {one or other for one, other in named.findall(path.read_text())}:
            assert f'<symbol id="{name}"' in sprite, (path.name, name)


def test_a_block_part_escapes_its_title_and_keeps_its_content():
    made = shown("{% card title=v %}<p>{{ v }}</p>{% endcard %}", v="<Школа>")

    assert '<h2 class="card-heading">&lt;Школа&gt;</h2>' in made
    assert "<p>&lt;Школа&gt;</p>" in made


@pytest.mark.parametrize(("level", "kind"), [("error", "danger"), ("success", "success"), ("", "info")])
def test_alerts_know_the_levels_of_messages(level, kind):
    assert f"alert-{kind}" in shown("{% alert v %}Текст{% endalert %}", v=level)


def test_an_action_is_a_post_form_that_asks_first(rf):
    made = Template('{% action "/x/" "Удалить" confirm=v idempotent=True row=7 %}').render(
        RequestContext(rf.get("/"), {"v": "Пропадёт «А» & Б"})
    )

    assert 'method="post"' in made
    assert 'data-confirm="Пропадёт «А» &amp; Б"' in made
    assert '<input type="hidden" name="row" value="7">' in made
    assert made.count('name="key" value="') == 1
    assert 'name="csrfmiddlewaretoken" value=""' not in made


def test_every_key_is_new():
    assert shown("{% idempotency_key %}") != shown("{% idempotency_key %}")


class SampleForm(forms.Form):
    name = forms.CharField(label="Название")

    def clean(self):
        raise forms.ValidationError("ИНН и вид не согласуются.")


def test_errors_stand_at_the_top_and_lead_to_their_fields():
    made = shown("{% form_fields form %}", form=SampleForm({"name": ""}))

    assert '<a href="#id_name">Название: Обязательное поле.</a>' in made
    assert made.count("ИНН и вид не согласуются.") == 1


def test_a_form_without_errors_has_no_summary():
    assert "error-summary" not in shown("{% form_fields form %}", form=SampleForm())


def test_a_chart_has_its_table_under_it():
    made = shown("{% chart c %}", c=Chart("bar", "Отчёты", "По видам.", ["Школы"], [Series("Сдали", [12])]))

    assert "<svg" in made
    assert '<th scope="row">Школы</th><td class="text-end">12</td>' in made


def test_a_table_of_columns():
    columns = [Column("a", "Первая"), Column("b", "Вторая", on_page=False)]
    made = shown(
        '{% table columns rows caption="Список" %}', columns=columns, rows=[{"a": "<1>", "b": "тайна"}]
    )

    assert '<th scope="row" class="cell-text">&lt;1&gt;</th>' in made
    assert "тайна" not in made


@pytest.mark.parametrize(
    ("state", "polls", "told"),
    [
        (JobState.RUNNING, True, "Выполняется, 40 %"),
        (JobState.DONE, False, "готово"),
        (JobState.FAILED, False, "Файл повреждён."),
    ],
)
def test_a_job_asks_again_until_it_is_finished(state, polls, told):
    job = Job(title="Выгрузка", state=state, done=4, total=10, message="Файл повреждён.")
    made = shown('{% job_progress job "/jobs/1/" %}', job=job)

    assert ('hx-get="/jobs/1/"' in made) is polls
    assert told in made


def test_tabs_mark_the_present_page(rf):
    tabs = [("Ход", "/a/"), ("Свод", "/b/", 3)]
    made = Template("{% tabs tabs %}").render(RequestContext(rf.get("/b/"), {"tabs": tabs}))

    assert made.count('aria-current="page"') == 1
    assert (
        '<a class="nav-link active" href="/b/" aria-current="page">Свод <span class="nav-badge">3</span></a>'
        in made
    )
