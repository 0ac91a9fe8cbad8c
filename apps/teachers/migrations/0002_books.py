"""The reference books as the acts have them today; the department edits them later by hand."""

import json
from pathlib import Path

from django.db import migrations

FIXTURE = Path(__file__).resolve().parents[3] / "fixtures" / "teachers.json"
RULES = {
    "training_rules": "TrainingRule",
    "category_rules": "CategoryRule",
    "coverage_rules": "CoverageRule",
    "young_rules": "YoungRule",
    "term_notices": "TermNotice",
}


def load(apps, schema_editor):
    if apps.get_model("teachers", "Position").objects.exists():
        return
    books = json.loads(FIXTURE.read_text(encoding="utf-8"))
    positions = _named(apps.get_model("teachers", "Position"), books["positions"])
    _named(apps.get_model("teachers", "Subject"), books["subjects"])
    _named(apps.get_model("teachers", "AwardKind"), books["awards"])
    duties = _named(apps.get_model("teachers", "DutyKind"), books["duties"])
    _obligatory(apps.get_model("teachers", "ObligatoryKind"), books["obligatory"], positions, duties)
    for key, model in RULES.items():
        for row in books[key]:
            apps.get_model("teachers", model).objects.create(**row)


def _named(model, rows):
    made = {}
    for row in sorted(rows, key=lambda row: row["predecessor"] is not None):
        made[row["code"]] = model.objects.create(**{**row, "predecessor": made.get(row["predecessor"])})
    return made


def _obligatory(model, rows, positions, duties):
    must = [(row["code"], row.pop("positions"), row.pop("duties")) for row in rows]
    made = _named(model, rows)
    for code, of_positions, of_duties in must:
        made[code].positions.set([positions[one] for one in of_positions])
        made[code].duties.set([duties[one] for one in of_duties])


class Migration(migrations.Migration):
    dependencies = [("teachers", "0001_registry")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
