"""The norms of experience that the statute sets; the department edits them later by hand."""

import json
from pathlib import Path

from django.db import migrations

FIXTURE = Path(__file__).resolve().parents[3] / "fixtures" / "experience_norms.json"


def load(apps, schema_editor):
    norms = apps.get_model("office", "ExperienceNorm")
    if not norms.objects.exists():
        for row in json.loads(FIXTURE.read_text(encoding="utf-8")):
            norms.objects.create(**row)


class Migration(migrations.Migration):
    dependencies = [("office", "0001_staff")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
