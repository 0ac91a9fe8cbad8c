"""The forms of the demo, from `fixtures/forms`, published."""

import datetime
import json

from django.conf import settings

from apps.accounts.models import User
from apps.monitoring.actions.forms import import_definition, publish
from apps.monitoring.actions.library import create_element
from apps.monitoring.models import Form, FormVersion

# Form code → clause of the statute it serves.
CLAUSES = {"library": "8.1", "ict": "3.5.3", "cpd": "3.1.10", "needs": "3.1.5", "oo2": "8.1"}


def load_forms(by: User, published_at: datetime.datetime) -> dict[str, FormVersion]:
    """Form code → its published first version, older than the first round; two of them ask one element."""
    create_element(
        by=by,
        code="pupils",
        title="Численность обучающихся, воспитанников",
        unit="человек",
        help="По приказам о зачислении и отчислении на начало периода, вместе с филиалами.",
    )
    versions = {}
    for code, clause in CLAUSES.items():
        path = settings.BASE_DIR / "fixtures" / "forms" / f"{code}.json"
        definition = json.loads(path.read_text(encoding="utf-8"))
        version = publish(version=import_definition(definition=definition, by=by), by=by)
        FormVersion.objects.filter(pk=version.pk).update(created_at=published_at, published_at=published_at)
        Form.objects.filter(pk=version.form_id).update(clause=clause, created_at=published_at)
        version.refresh_from_db()
        versions[code] = version
    return versions
