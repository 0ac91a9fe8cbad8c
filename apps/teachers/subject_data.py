"""All the portal knows of one person as one file: JSON for machines, PDF for reading (152-ФЗ ст. 14)."""

import io
import json
import zipfile
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q
from django.utils import timezone

from apps.core.models import JournalRecord
from apps.core.russian import DASH, date_long, date_short, datetime_short
from apps.organizations.models import Department
from apps.papers.reports import Cell, Column, DataTable, Head, Heading, Report, Row, TitlePage
from apps.papers.reports.pdf import to_pdf
from apps.teachers.merging.links import moved_links
from apps.teachers.models import Leave, Person

SKIPPED = frozenset({"id", "person", "surname_key", "first_key", "name_key", "undo", "details"})
Chapters = dict[str, list[dict[str, Any]]]


def collect(person: Person) -> Chapters:
    """Title of a kind → its rows as title of a column → value; who opened the card comes last."""
    found: Chapters = {"Педагог": [said(person)]}
    numbers = [person.pk, *person.merged.values_list("pk", flat=True)]
    for link in [one for one in moved_links() if one.model is not Person]:
        rows = link.model._base_manager.filter(**{f"{link.name}__in": numbers}).order_by("pk")
        title = _title(link)
        if rows:
            found[title] = [said(row) for row in rows]
    leaves = Leave.objects.filter(employment__person__in=numbers)
    if leaves:
        found["Длительные отпуска"] = [said(row) for row in leaves]
    found["Кто обращался к карточке"] = _journal(numbers)
    return found


def _title(link: Any) -> str:
    title = str(link.model._meta.verbose_name_plural)
    extra = f": {link.verbose_name}" if link.name != "person" else ""
    return title[:1].upper() + title[1:] + extra


def said(row: Model) -> dict[str, Any]:
    """Title of a column → what it says, empty ones left out; a choice by its words."""
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name in SKIPPED:
            continue
        shown = getattr(row, f"get_{field.name}_display", None)
        value = shown() if shown else getattr(row, field.name)
        if value not in (None, "", [], {}):
            values[str(field.verbose_name)] = str(value) if isinstance(value, Model) else value
    return values


def _journal(numbers: list[int]) -> list[dict[str, Any]]:
    """Of the card itself: when, who, what he did."""
    about = Q(subject_type="teachers.person", subject_id__in=[str(one) for one in numbers])
    rows = JournalRecord.objects.filter(about).select_related("user").order_by("at", "pk")
    return [
        {
            "когда": one.at,
            "кто": str(one.user or ""),
            "действие": one.get_verb_display(),
            "примечание": one.note,
        }
        for one in rows
    ]


def archive(person: Person) -> bytes:
    """A ZIP with both files."""
    chapters = collect(person)
    text = json.dumps(chapters, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("данные.json", text)
        file.writestr("данные.pdf", to_pdf(report(person, chapters)))
    return packed.getvalue()


def report(person: Person, chapters: Chapters) -> Report:
    department, today = Department.objects.get(), timezone.localdate()
    blocks: list[Any] = []
    for title, rows in chapters.items():
        blocks += [Heading(title), _table(rows)]
    return Report(
        title=f"Персональные данные: {person.full_name}",
        title_page=TitlePage(
            issuer=(department.full_name, department.imo_name),
            heading="СВЕДЕНИЯ",
            lines=("о персональных данных, которые обрабатываются в портале", person.full_name),
            place=f"на {date_long(today)}",
            is_draft=False,
            compact=True,
        ),
        blocks=tuple(blocks),
        contents=False,
    )


def _table(rows: list[dict[str, Any]]) -> DataTable:
    lines = [
        Row((Cell(number if first else ""), Cell(title), Cell(_printed(value))))
        for number, row in enumerate(rows, 1)
        for first, (title, value) in ((at == 0, pair) for at, pair in enumerate(row.items()))
    ]
    return DataTable(
        title="",
        header=((Head("№"), Head("Графа"), Head("Значение")),),
        rows=tuple(lines),
        columns=(Column(1), Column(4), Column(7)),
    )


def _printed(value: Any) -> str:
    if isinstance(value, bool):
        return "да" if value else "нет"
    if hasattr(value, "hour"):
        return datetime_short(value)
    if hasattr(value, "year"):
        return date_short(value)
    return str(value) or DASH
