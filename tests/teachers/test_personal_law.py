"""docs/152-fz.md tells of every field with personal data: purpose, basis, readers, term."""

from django.apps import apps
from django.conf import settings

from apps.teachers.merging.links import links_to_person
from apps.teachers.models import Leave, NotSame, Person, Standing

# Computed of the other rows, or nothing but a pair of numbers; acts name the card alone.
NOTHING_OF_ITS_OWN = {Standing, NotSame, apps.get_model("teachers.Erasure")}
TECHNICAL = {"id", "created_at"}


def lines() -> dict[str, list[str]]:
    text = (settings.BASE_DIR / "docs/152-fz.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if "`" in line
    ]
    return {row[0].strip("`"): row[1:] for row in rows if row[0].startswith("`")}


def test_every_field_with_personal_data_has_its_line():
    own = {field.model for _, field in links_to_person() if field.model._meta.app_label == "teachers"}
    models = (own | {Person, Leave}) - NOTHING_OF_ITS_OWN
    fields = {
        f"{model.__name__}.{field.name}"
        for model in models
        for field in model._meta.concrete_fields
        if field.name not in TECHNICAL
    }
    assert set(lines()) == fields


def test_every_line_says_everything():
    for name, cells in lines().items():
        assert len(cells) == 5 and all(cells), name
