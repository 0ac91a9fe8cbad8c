"""Parts of pages and Russian filters; a builtin library: no {% load %} is needed."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from apps.core import russian
from apps.core.columns import cells, state_badge
from apps.core.enums import JobState
from apps.core.magadan import in_magadan
from apps.core.models import Job
from apps.core.pagination import Pages

register = template.Library()

ALERT_ICONS = {
    "success": "check-circle",
    "warning": "exclamation-triangle",
    "danger": "x-circle",
    "info": "info-circle",
}
# Levels of django.contrib.messages, and words a template may use.
ALERT_KINDS = {"error": "danger", "debug": "info", "": "info"}


# --- Filters ---


@register.filter
def ru_number(value: Any, places: int | None = None) -> str:
    """{{ sum|ru_number:1 }} → 1 234,5"""
    return russian.number(value, places)


@register.filter
def percent(value: Any, places: int = 1) -> str:
    """{{ 94.44|percent }} → 94,4 %; the value is already a percentage."""
    return russian.percent(value, places=places)


@register.filter
def ru_date(value: date | None) -> str:
    """{{ day|ru_date }} → 22.11.2026; of a moment its date in Magadan."""
    return russian.date_short(in_magadan(value) if isinstance(value, datetime) else value)


@register.filter
def ru_datetime(value: datetime | None) -> str:
    """{{ moment|ru_datetime }} → 22.11.2026 14:05 by the clock of Magadan."""
    return russian.datetime_short(value)


@register.filter
def plural(value: Any, forms: str) -> str:
    """{{ n }} {{ n|plural:"организация,организации,организаций" }}: the word alone."""
    one, few, many = forms.split(",")
    return russian.plural(value or 0, one, few, many)


@register.filter
def counted(value: Any, forms: str) -> str:
    """{{ n|counted:"организация,организации,организаций" }} → 51 организация"""
    one, few, many = forms.split(",")
    return russian.counted(value or 0, one, few, many)


# --- Small things, made without a template for speed ---


@register.simple_tag
def icon(name: str, title: str = "", css: str = "") -> SafeString:
    """A symbol of static/icons.svg; without a title it is an ornament that screen readers pass over."""
    use = static("icons.svg")
    if title:
        return format_html(
            '<svg class="icon {}" role="img" aria-label="{}"><use href="{}#{}"/></svg>', css, title, use, name
        )
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}#{}"/></svg>', css, use, name)


@register.simple_tag
def state(member: Any) -> SafeString:
    """{% state row.state_member %}: a member of an enum of states; its own `tone` gives the colour."""
    return state_badge(member)


@register.simple_tag
def badge(text: Any, tone: str = "neutral") -> SafeString:
    return format_html('<span class="state tone-{}">{}</span>', tone, text)


@register.simple_tag
def deadline(moment: datetime | None, late: bool = False) -> SafeString:
    """«до 12.12.2026, 18:00 (магаданское время)»"""
    if moment is None:
        return format_html('<span class="deadline">{}</span>', "без срока")
    local = in_magadan(moment)
    return format_html(
        '<time class="deadline{}" datetime="{}">до {}, {} <small>(магаданское время)</small></time>',
        " late" if late else "",
        local.isoformat(timespec="minutes"),
        russian.date_short(local),
        f"{local:%H:%M}",
    )


@register.simple_tag
def link_button(url: str, label: str, icon_name: str = "", kind: str = "outline-primary") -> SafeString:
    """A link that looks like a button; for acts that change something use `action`."""
    sign = icon(icon_name) if icon_name else ""
    return format_html('<a class="btn btn-{}" href="{}">{}{}</a>', kind, url, sign, label)


# --- Parts with a template ---


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(*pairs: Any) -> dict[str, Any]:
    """{% breadcrumbs "Мониторинги" url_list "Кампании" url_other %}: titles with their addresses in turn."""
    return {"breadcrumbs": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.simple_block_tag
def card(content: str, title: str = "", css: str = "", level: int = 2) -> SafeString:
    """{% card title="Контакты" %}…{% endcard %}: a section with a heading of its own."""
    heading = format_html('<h{0} class="card-heading">{1}</h{0}>', level, title) if title else ""
    return format_html('<section class="panel {}">{}{}</section>', css, heading, content)


@register.simple_block_tag
def alert(content: str, kind: str = "info", title: str = "") -> SafeString:
    """{% alert "warning" %}…{% endalert %}; kinds: info, success, warning, danger."""
    tone = ALERT_KINDS.get(kind, kind)
    head = format_html("<strong>{}</strong> ", title) if title else ""
    return format_html(
        '<div class="alert alert-{}"{}>{}<div>{}{}</div></div>',
        tone,
        SafeString(' role="alert"') if tone == "danger" else "",
        icon(ALERT_ICONS.get(tone, "info-circle")),
        head,
        content,
    )


@register.simple_block_tag
def empty_state(content: str, title: str, icon_name: str = "inbox") -> SafeString:
    """{% empty_state "Кампаний пока нет" %}What will appear here, how to begin.{% endempty_state %}"""
    return format_html(
        '<div class="empty">{}<p class="empty-title">{}</p><div>{}</div></div>',
        icon(icon_name),
        title,
        content,
    )


@register.inclusion_tag("ui/action.html", takes_context=True)
def action(
    context: Context,
    url: str,
    label: str,
    icon_name: str = "",
    kind: str = "outline-primary",
    confirm: str = "",
    idempotent: bool = False,
    **fields: Any,
) -> dict[str, Any]:
    """A form with one POST button: {% action url "Отозвать" confirm="Ссылка перестанет действовать." %}.

    Further keywords become hidden fields. `idempotent` adds the field `key`, a new one on every page.
    """
    return {
        "url": url,
        "label": label,
        "icon_name": icon_name,
        "kind": kind,
        "confirm": confirm,
        "key": uuid.uuid4().hex if idempotent else "",
        "fields": list(fields.items()),
        "csrf_token": context.get("csrf_token", ""),
    }


@register.simple_block_tag(takes_context=True)
def action_form(context: Context, content: str, url: str, confirm: str = "", css: str = "") -> SafeString:
    """A POST form around fields of the page's own: csrf, idempotency key, sent once, asks `confirm` first."""
    return render_to_string(
        "ui/action_form.html",
        {
            "url": url,
            "confirm": confirm,
            "css": css,
            "content": content,
            "key": uuid.uuid4().hex,
            "csrf_token": context.get("csrf_token", ""),
        },
    )


@register.simple_tag
def idempotency_key() -> SafeString:
    """A hidden field `key` for a form that must be acted upon once."""
    return format_html('<input type="hidden" name="key" value="{}">', uuid.uuid4().hex)


@register.inclusion_tag("ui/figure.html")
def figure(value: Any, label: str, url: str = "", detail: str = "", tone: str = "") -> dict[str, Any]:
    """A tile with one number: {% figure 51 "организация отчиталась" url=list_url detail="из 54" %}."""
    return {"value": value, "label": label, "url": url, "detail": detail, "tone": tone}


@register.inclusion_tag("ui/description.html")
def description(rows: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Names with their values; an empty value is a dash."""
    return {"rows": [(name, russian.DASH if value in (None, "") else value) for name, value in rows]}


@register.inclusion_tag("ui/tabs.html", takes_context=True)
def tabs(context: Context, items: Sequence[Any], label: str = "Части страницы") -> dict[str, Any]:
    """Links to the pages of one object: pairs (title, url) or triples with the number in a badge."""
    path = context["request"].path
    made = [
        (item[0], item[1], item[2] if len(item) > 2 else None, item[1].split("?")[0] == path)
        for item in items
    ]
    return {"items": made, "label": label}


@register.inclusion_tag("ui/chart.html")
def chart(chart: Any, table: bool = True) -> dict[str, Any]:
    """A chart of apps.core.charts with the table of the same data under it."""
    return {"chart": chart, "table": chart.table() if table else None, "places": chart.places}


@register.inclusion_tag("ui/table.html")
def table(columns: Sequence[Any], rows: Sequence[Any], caption: str = "", css: str = "") -> dict[str, Any]:
    """A table of `Column`s over objects that is not a list page: no sorting, no pages."""
    heads = [{"column": column, "url": "", "sorted": ""} for column in columns if column.on_page]
    return {"heads": heads, "rows": cells(columns, rows), "caption": caption, "css": css}


@register.simple_tag
def table_rows(rows: Sequence[Sequence[tuple[str, Any]]]) -> SafeString:
    """The body of a table; the first cell heads its row. Joined here: a template takes ten times as long."""
    body = []
    for row in rows:
        (css, first), rest = row[0], row[1:]
        body.append(f'<tr><th scope="row" class="{css}">{conditional_escape(first)}</th>')
        body += [f'<td class="{css}">{conditional_escape(cell)}</td>' for css, cell in rest]
        body.append("</tr>")
    return SafeString("".join(body))


@register.inclusion_tag("ui/pagination.html")
def pagination(pages: Pages) -> dict[str, Any]:
    return {"pages": pages}


@register.inclusion_tag("ui/filter_form.html")
def filter_form(form: Any, q: str | None = None, kept: Any = (), reset_url: str = "?") -> dict[str, Any]:
    """Search and filters as one GET form; `q` None leaves the search out, `kept` are hidden pairs."""
    fields = list(form.visible_fields()) if form is not None else []
    chosen = sum(1 for field in fields if field.value() not in (None, "", [], [""]))
    return {"form": form, "fields": fields, "q": q, "kept": kept, "chosen": chosen, "reset_url": reset_url}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """All errors of a form at its top; each jumps to its field."""
    faults = [
        (field.id_for_label or field.auto_id, field.label, error) for field in form for error in field.errors
    ]
    faults += [("", "", error) for error in form.non_field_errors()]
    return {"faults": faults}


@register.inclusion_tag("ui/form_fields.html")
def form_fields(form: Any) -> dict[str, Any]:
    """The errors and the fields of a form; <form>, csrf and buttons stay with the page."""
    return {"form": form}


@register.inclusion_tag("ui/job.html")
def job_progress(job: Job, url: str, result_url: str = "") -> dict[str, Any]:
    """The bar of a job; asks `url` (which answers with this same part) every second until it is finished."""
    return {
        "job": job,
        "url": url,
        "result_url": result_url or job.result_url,
        "failed": job.state == JobState.FAILED,
        "state_label": JobState(job.state).label,
    }
