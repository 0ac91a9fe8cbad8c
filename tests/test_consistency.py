"""Conventions of the project that a reader of one file can't see: floors, side doors, secrets, sources."""

import re
from pathlib import Path

import pghistory.models
import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from apps.core.dbroles import append_only_tables

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
# docs/architecture.md; apps of one floor do not know each other.
FLOORS = {
    "core": 0,
    "organizations": 1,
    "accounts": 2,
    "workflow": 3,
    "papers": 4,
    "notices": 4,
    "teachers": 5,
    "monitoring": 6,
    "planning": 6,
    "questionnaires": 6,
    "office": 7,
    "analytics": 7,
    "api": 8,
    "portal": 9,
    "reports": 8,
}
# Folders of templates that belong to no app: everybody may take from them, they take from no app.
SHARED = {"layout", "ui", "pdf", "errors", "admin"}


def own_models() -> list[type[models.Model]]:
    return [one for one in apps.get_models() if one.__module__.startswith("apps.")]


def is_event(model: type) -> bool:
    return issubclass(model, pghistory.models.Event)


def may_use(user: str, used: str) -> bool:
    return user == used or FLOORS[user] > FLOORS[used]


def sources(pattern: str = "**/*.py") -> list[Path]:
    found = (ROOT / "apps").glob(pattern)
    return sorted(path for path in found if "migrations" not in path.parts and "demo" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- floors ---


def test_every_app_has_its_floor():
    assert {config.label for config in apps.get_app_configs() if config.name.startswith("apps.")} == set(
        FLOORS
    )


def test_foreign_keys_lead_down():
    """A key to the user is free (docs/architecture.md), events of history follow their own table."""
    up = [
        f"{model._meta.label}.{one.name} → {one.related_model._meta.label}"
        for model in own_models()
        for one in model._meta.get_fields()
        if one.is_relation and one.concrete and one.related_model is not None
        and not is_event(model)
        and one.related_model._meta.label != settings.AUTH_USER_MODEL
        and one.related_model._meta.app_label in FLOORS
        and not may_use(model._meta.app_label, one.related_model._meta.app_label)
    ]  # fmt: skip
    assert up == []


TAKEN = re.compile(r"""{%-?\s*(?:include|extends)\s+["']([\w-]+)/""")


def test_templates_take_from_lower_floors():
    up = []
    for path in sorted(TEMPLATES.rglob("*.*")):
        owner = path.relative_to(TEMPLATES).parts[0]
        for used in TAKEN.findall(path.read_text()) if path.suffix in (".html", ".txt", ".svg") else ():
            if used in FLOORS and (owner not in FLOORS or not may_use(owner, used)):
                up.append(f"{name_of(path)} takes from {used}")
    assert up == []


def test_included_names_are_literal_or_given_by_a_registry():
    """A name in a variable escapes the test above: each such place is listed with its reason."""
    anonymous = re.compile(r"""{%-?\s*(?:include|extends)\s+(?!["'])""")
    found = {name_of(path) for path in TEMPLATES.rglob("*.html") if anonymous.search(path.read_text())}
    assert found <= {
        "templates/organizations/organization_detail.html",  # panels of the card come from a registry
        "templates/papers/report/document.html",  # a template for each kind of block, of the same folder
        "templates/portal/home.html",  # panels of the home page come from a registry
    }


# --- models ---


def test_constraints_speak_russian():
    mute = [
        f"{model._meta.label}: {one.name}"
        for model in own_models()
        for one in model._meta.constraints
        if not re.search("[а-яё]", str(one.violation_error_message).lower())
    ]
    assert mute == []


def test_rows_of_an_organisation_know_who_sees_them():
    blind = [
        model._meta.label
        for model in own_models()
        if not is_event(model)
        and any(one.name == "organization" and one.is_relation for one in model._meta.fields)
        and not hasattr(model._default_manager.all(), "visible_to")
    ]
    assert blind == []


# Rows that belong to a response know it too, and those reached only through their parent stand here.
THROUGH_PARENT = {"monitoring.RemarkMessage", "monitoring.Reminder", "monitoring.SummaryRollup"}


def test_rows_of_a_response_know_who_sees_them():
    blind = {
        model._meta.label
        for model in own_models()
        if model._meta.app_label == "monitoring"
        and not is_event(model)
        and not hasattr(model._default_manager.all(), "visible_to")
    }
    assert blind == THROUGH_PARENT


def test_journal_tables_are_append_only():
    tables = set(append_only_tables())
    assert {one._meta.db_table for one in own_models() if is_event(one)} <= tables
    assert {
        "core_journalrecord",
        "monitoring_cellchange",
        "monitoring_extension",
        "monitoring_remarkmessage",
        "monitoring_submission",
        "pghistory_context",
        "workflow_transitionrecord",
    } <= tables


SECRETS = {"password", "session_salt", "token_hash", "token", "secret", "key", "last_login"}
DOCUMENTS = {"values", "vector", "answers", "open_rows", "definition", "figures", "snapshot"}


# The new columns of one event of a plan: what the amendment is about, and small.
KEPT = {"planning.AmendmentLineEvent.values"}


def test_history_keeps_no_secret_and_no_document():
    kept = {
        f"{model._meta.label}.{one.name}"
        for model in own_models()
        if is_event(model)
        for one in model._meta.fields
        if one.name in SECRETS | DOCUMENTS
    }
    assert kept == KEPT


def test_every_tracked_model_leaves_insert_update_and_delete():
    tracked = {one.pgh_tracked_model._meta.label for one in own_models() if is_event(one)}
    assert tracked >= {
        "api.AccessKey",
        "accounts.Invitation",
        "accounts.RoleGrant",
        "accounts.User",
        "monitoring.Attachment",
        "monitoring.Campaign",
        "monitoring.ForeignBlank",
        "monitoring.Form",
        "monitoring.FormVersion",
        "monitoring.MonitoringReport",
        "monitoring.Remark",
        "monitoring.Response",
        "organizations.Contingent",
        "organizations.Organization",
        "papers.Paper",
        "planning.Amendment",
        "planning.AmendmentLine",
        "planning.Edition",
        "planning.Holding",
        "planning.Plan",
        "planning.PlanItem",
        "planning.Programme",
    }


# --- side doors ---

DOORS = re.compile(r"(^|/)(views|columns|filters|widgets|templatetags|panels)(/|\.py$)")
# Rows the sentence beside them narrows; each place by its file and the model.
JUSTIFIED = {
    ("apps/accounts/views/acceptance.py", "RoleGrant"),  # one's own grants only
    ("apps/accounts/views/account.py", "User"),  # one's own row, read afresh
    ("apps/accounts/views/second_factor.py", "StaticToken"),  # one's own device
    ("apps/accounts/views/second_factor.py", "TOTPDevice"),  # one's own device
    ("apps/monitoring/views/amendments.py", "TransitionRecord"),  # `.of` an amendment found through it
    ("apps/monitoring/views/reports.py", "Department"),  # a single row, no secret
    ("apps/monitoring/views/reports.py", "TransitionRecord"),  # `.of` a subject found through visible_to
    ("apps/monitoring/views/responses/news.py", "CellChange"),  # of a response found through visible_to
    ("apps/monitoring/views/responses/page.py", "RemarkMessage"),  # of such a response's remarks
    ("apps/monitoring/views/responses/page.py", "TransitionRecord"),
    ("apps/office/views/staffing.py", "TransitionRecord"),  # `.of` an edition found through visible_to
    ("apps/reports/views/reports.py", "Department"),  # a single row, no secret
    ("apps/reports/views/reports.py", "TransitionRecord"),  # `.of` a report found through visible_to
    ("apps/organizations/views/imports.py", "StoredFile"),  # one's own upload
    # A `queryset` of pages, narrowed by their base class.
    ("apps/planning/views/amendments.py", "Amendment"),
    ("apps/planning/views/amendments.py", "AmendmentLine"),
    ("apps/planning/views/common.py", "Plan"),
    ("apps/planning/views/execution.py", "Holding"),
    ("apps/questionnaires/views/common.py", "Questionnaire"),
    ("apps/planning/views/items.py", "PlanItem"),
    ("apps/planning/views/amendments.py", "PlanItem"),  # of a line found through visible_to
    ("apps/planning/views/amendments.py", "TransitionRecord"),  # `.of` a plan found through visible_to
    ("apps/planning/views/amendments.py", "User"),  # co-executors named by such a line
    ("apps/planning/views/cuts.py", "WorkdayException"),  # the public calendar
    ("apps/planning/views/imports.py", "StoredFile"),  # one's own upload
    ("apps/monitoring/views/blanks.py", "StoredFile"),  # one's own upload
    ("apps/monitoring/views/responses/workbook.py", "StoredFile"),  # one's own upload
    ("apps/monitoring/views/xlsform.py", "StoredFile"),  # one's own upload
    ("apps/monitoring/views/ministry.py", "StoredFile"),  # one's own upload
    ("apps/monitoring/views/responses/ministry.py", "StoredFile"),  # one's own upload
    ("apps/planning/views/items.py", "TransitionRecord"),  # of the holdings of an event found so
    ("apps/portal/views/pages.py", "Department"),  # a single row, no secret
    ("apps/planning/views/printing.py", "Department"),  # a single row, no secret
}
MANAGER = re.compile(r"\b([A-Z]\w+)\.(?:objects|_default_manager|_base_manager)\b")


def test_views_ask_visible_to():
    """A `queryset` of a page is narrowed by its base class; any other manager says `visible_to` at once."""
    found = set()
    for path in sources():
        if not DOORS.search(name_of(path)):
            continue
        text = path.read_text()
        for match in MANAGER.finditer(text):
            line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
            after = text[match.end() : match.end() + 60]
            if re.fullmatch(r"\s+queryset = ", line) or ".visible_to(" in after:
                continue
            found.add((name_of(path), match[1]))
    assert found - JUSTIFIED == set()


def test_justified_places_are_still_there():
    for name, model in JUSTIFIED:
        assert f"{model}.objects" in (ROOT / name).read_text(), name


# --- pages ---

EVENT_ATTRIBUTE = re.compile(r"""<[^>]*\s(on[a-z]+)\s*=\s*["']""")
INLINE_STYLE = re.compile(r"""<[^>]*\sstyle\s*=\s*["']""")
INLINE_BLOCK = re.compile(r"<(script|style)\b(?![^>]*\b(src|nonce)=)[^>]*>", re.IGNORECASE)
# Pages that no browser opens: WeasyPrint reads them, and a letter is plain.
PRINTED = re.compile(r"(^|/)(pdf|print)(/|_)|_pdf\.html$|^templates/papers/report/")


def test_pages_hold_no_inline_script_or_style():
    faults = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        text = re.sub(r"{#.*?#}", "", path.read_text())
        if PRINTED.search(name_of(path)):
            continue
        for pattern in (EVENT_ATTRIBUTE, INLINE_STYLE, INLINE_BLOCK):
            faults += [f"{name_of(path)}: {match[0][:60]}" for match in pattern.finditer(text)]
    assert faults == []


def test_templates_do_not_switch_escaping_off():
    """Letters in plain text have nothing to escape."""
    raw = re.compile(r"\|\s*safe\b|autoescape\s+off|safeseq")
    assert [name_of(path) for path in TEMPLATES.rglob("*.html") if raw.search(path.read_text())] == []


# Files that join strings which have been escaped before; each says so where it does it.
MARKS_SAFE = {
    "apps/accounts/admin.py",
    "apps/core/charts/__init__.py",
    "apps/core/charts/shapes.py",
    "apps/core/qr.py",
    "apps/core/templatetags/ui.py",
    "apps/monitoring/printing.py",
    "apps/monitoring/skeleton/__init__.py",
    "apps/monitoring/skeleton/build.py",
    "apps/monitoring/skeleton/fields.py",
    "apps/monitoring/skeleton/parts.py",
    "apps/monitoring/skeleton/tables.py",
    "apps/monitoring/views/amendments.py",
    "apps/monitoring/views/designer.py",
    "apps/monitoring/views/forms.py",
    "apps/monitoring/views/responses/marks.py",
    "apps/monitoring/views/responses/page.py",
    "apps/monitoring/views/trial.py",
    "apps/papers/reports/html.py",
    "apps/portal/guides.py",
    "apps/portal/queries.py",
}


def test_safe_strings_are_made_in_known_places():
    made = re.compile(r"\bmark_safe\(|\bSafeString\(|__html__")
    found = {name_of(path) for path in sources() if made.search(path.read_text())}
    assert found - MARKS_SAFE == set()


def test_nothing_is_loaded_from_outside():
    outside = re.compile(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""")
    pages = [path for path in TEMPLATES.rglob("*.html") if outside.search(path.read_text())]
    assert [name_of(path) for path in pages] == []


def test_htmx_is_pinned_to_its_second_version():
    text = (ROOT / "static/vendor/htmx/htmx.min.js").read_text()
    assert re.search(r'version:"2\.0\.\d+"', text)


# --- sources of libraries ---


@pytest.mark.parametrize(
    "name", ["requirements.in", "requirements-dev.in", "requirements.txt", "requirements-dev.txt"]
)
def test_requirements_name_no_mirror(name):
    lines = [line for line in (ROOT / name).read_text().splitlines() if not line.lstrip().startswith("#")]
    for line in lines:
        assert not re.search(r"https?://|find-links|index-url|trusted-host|file:", line), line


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_locked_requirements_have_hashes(name):
    text = re.sub(r"\\\n", " ", (ROOT / name).read_text())
    pinned = [line for line in text.splitlines() if re.match(r"[a-zA-Z0-9]", line)]
    assert pinned
    assert [line.split()[0] for line in pinned if "--hash=sha256:" not in line] == []
