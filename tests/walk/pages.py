"""Every address of the portal with what it answers to whom: the literal side of the walk."""

from dataclasses import dataclass, field
from typing import Any

# The columns of the answers below. `own` answers for school A, whose objects stand in the addresses,
# `other` for school B; `nobody` has no role at all.
USERS = ("own", "other", "nobody", "juror", "assistant", "methodist", "director", "head", "admin")


@dataclass(frozen=True)
class Page:
    """An address: its arguments by their words in the world, what it answers to a GET and to a POST.

    `body` is what the right user would post, so that nobody is stopped by a blank field instead of a rule.
    """

    name: str
    args: tuple[str, ...] = ()
    get: str = "405 " * 9
    post: str = "405 " * 9
    body: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    json: Any = None
    # Tables that a GET may write to.
    leaves: frozenset[str] | set[str] = frozenset()


CAMPAIGN = {
    "version": "@version",
    "title": "Новый",
    "period_kind": "school_year",
    "period_start": "2026-09-01",
    "due_at": "2099-01-01T12:00",
    "grace_hours": "0",
    "reminder_days": "1",
}
ORGANIZATION = {
    "full_name": "Муниципальная школа",
    "short_name": "Школа В",
    "kind": "school",
    "type": "budgetary",
    "status": "active",
}
CONTINGENT = {"school_year": "2026", "pupils": "10", "groups": "1", "counted_on": "2026-10-01"}
REOPEN = {"comment": "Ошибка", "due_at": "2099-01-01T12:00"}
EDITS = {"key": "k1", "base": 0, "edits": [{"address": "1/01/4", "value": "11", "was": None}]}
REPORT = {"introduction": "Введение", "conclusion": "Выводы", "revision": "0"}
DETAILS = {"last_name": "Другая", "first_name": "Анна", "email": ""}

KEPT_SUMS = {"monitoring_summaryrollup"}
# The first opening is kept, and what the portal knows is put in.
OPENING = {"monitoring_cellchange", "monitoring_response", "monitoring_responseevent"}

PAGES = [
    Page("portal:home", get="200 200 200 200 200 200 200 200 200"),
    Page("portal:search", query="?q=Школа", get="200 200 200 200 200 200 200 200 200"),
    Page("portal:journal-list", get="403 403 403 403 403 403 403 200 200"),
    Page(
        "portal:journal-history",
        ("tracked", "organization"),
        get="403 404 404 404 403 403 403 200 200",
        post="403 404 404 404 403 403 403 405 405",
    ),
    Page("portal:help", get="200 200 200 200 200 200 200 200 200"),
    Page("portal:guide", ("guide",), get="200 200 200 200 200 200 200 200 200"),
    Page(
        "portal:setup", get="404 404 404 404 404 404 404 404 404", post="404 404 404 404 404 404 404 404 404"
    ),
    Page(
        "accounts:login",
        get="302 302 302 302 302 302 302 302 302",
        post="302 302 302 302 302 302 302 302 302",
    ),
    Page(
        "accounts:login-code",
        get="302 302 302 302 302 302 302 302 302",
        post="302 302 302 302 302 302 302 302 302",
    ),
    Page("accounts:logout", post="302 302 302 302 302 302 302 302 302"),
    Page(
        "accounts:password-reset",
        get="200 200 200 200 200 200 200 200 200",
        post="422 422 422 422 422 422 422 422 422",
    ),
    Page(
        "accounts:password-set",
        (
            "uid",
            "reset",
        ),
        get="200 200 200 200 200 200 200 200 200",
        post="422 422 422 422 422 422 422 422 422",
    ),
    Page("accounts:account", get="200 200 200 200 200 200 200 200 200"),
    Page(
        "accounts:details-edit",
        get="200 200 200 200 200 200 200 200 200",
        post="422 422 422 422 422 422 422 422 422",
        body=DETAILS,
    ),
    Page(
        "accounts:password-change",
        get="200 200 200 200 200 200 200 200 200",
        post="422 422 422 422 422 422 422 422 422",
    ),
    Page(
        "accounts:second-factor",
        get="200 200 200 200 200 200 200 200 200",
        post="422 422 422 422 422 422 422 422 422",
    ),
    Page(
        "accounts:sign-out-everywhere",
        get="200 200 200 200 200 200 200 200 200",
        post="422 422 422 422 422 422 422 422 422",
    ),
    Page(
        "accounts:organization-switch",
        post="302 404 404 404 404 404 404 404 404",
        body={"organization": "@organization"},
    ),
    Page(
        "accounts:place-hand-over",
        ("grant",),
        get="200 404 404 404 404 404 404 404 404",
        post="200 404 404 404 404 404 404 404 404",
        body={"email": ""},
    ),
    Page("accounts:invitation-list", get="403 403 403 403 403 200 403 200 200"),
    Page(
        "accounts:invitation-create",
        get="403 403 403 403 403 200 403 200 200",
        post="403 403 403 403 403 200 403 200 200",
        body={"role": "representative", "organization": "@organization"},
    ),
    Page(
        "accounts:invitation-bulk",
        get="403 403 403 403 403 200 403 200 200",
        post="403 403 403 403 403 302 403 302 302",
    ),
    Page(
        "accounts:invitation-detail",
        ("invitation",),
        get="403 404 404 404 403 200 403 200 200",
        post="403 404 404 404 403 405 403 405 405",
    ),
    Page("accounts:invitation-reissue", ("invitation",), post="403 404 404 404 403 200 403 403 403"),
    Page("accounts:invitation-revoke", ("invitation",), post="403 404 404 404 403 302 403 302 302"),
    Page(
        "accounts:invitation-accept",
        ("token",),
        get="200 200 200 200 200 200 200 200 200",
        post="409 302 302 302 302 409 302 302 302",
    ),
    Page("core:health", get="200 200 200 200 200 200 200 200 200"),
    Page("core:job-detail", ("job",), get="200 404 404 404 404 404 404 404 404"),
    Page("core:job-file", ("job",), get="200 404 404 404 404 404 404 404 404"),
    Page("organizations:organization-list", get="200 200 403 403 200 200 200 200 200"),
    Page(
        "organizations:organization-create",
        get="403 403 403 403 403 200 403 200 200",
        post="403 403 403 403 403 302 403 302 302",
        body=ORGANIZATION,
    ),
    Page(
        "organizations:organization-import",
        get="403 403 403 403 403 200 403 200 200",
        post="403 403 403 403 403 422 403 422 422",
    ),
    Page("organizations:organization-import-template", get="403 403 403 403 403 200 403 200 200"),
    Page(
        "organizations:organization-import-preview",
        ("import",),
        get="404 404 404 404 404 200 404 404 404",
        post="404 404 404 404 404 409 404 404 404",
    ),
    Page(
        "organizations:organization-detail",
        ("organization",),
        get="200 404 404 404 200 200 200 200 200",
        post="405 404 404 404 405 405 405 405 405",
    ),
    Page(
        "organizations:organization-edit",
        ("organization",),
        get="403 404 404 404 403 200 403 200 200",
        post="403 404 404 404 403 302 403 302 302",
        body=ORGANIZATION,
    ),
    Page(
        "organizations:organization-contacts",
        ("organization",),
        get="200 404 404 404 403 200 403 200 200",
        post="302 404 404 404 403 302 403 302 302",
        body={"head_name": "Иванов Иван Иванович"},
    ),
    Page(
        "organizations:contingent-edit",
        ("organization",),
        get="200 404 404 404 200 200 403 200 200",
        post="302 404 404 404 302 302 403 302 302",
        body=CONTINGENT,
    ),
    Page("monitoring:home", get="200 200 403 403 200 200 200 200 403"),
    Page("monitoring:campaign-list", get="403 403 403 403 200 200 200 200 403"),
    Page(
        "monitoring:campaign-create",
        get="403 403 403 403 403 200 403 200 403",
        post="403 403 403 403 403 302 403 302 403",
        body=CAMPAIGN,
    ),
    Page(
        "monitoring:campaign-detail",
        ("closed campaign",),
        get="403 404 404 404 200 200 200 200 404",
        post="403 404 404 404 405 405 405 405 404",
    ),
    Page("monitoring:campaign-figures", ("closed campaign",), get="403 404 404 404 200 200 200 200 404"),
    Page(
        "monitoring:campaign-edit",
        ("draft campaign",),
        get="404 404 404 404 403 200 403 200 404",
        post="404 404 404 404 403 302 403 302 404",
        body=CAMPAIGN,
    ),
    Page(
        "monitoring:campaign-recipients",
        ("draft campaign",),
        get="404 404 404 404 403 200 403 200 404",
        post="404 404 404 404 403 302 403 302 404",
        body={"organizations": "@organization"},
    ),
    Page(
        "monitoring:campaign-add",
        ("draft campaign",),
        get="404 404 404 404 403 200 403 200 404",
        post="404 404 404 404 403 422 403 422 404",
        body={"organization": "@organization"},
    ),
    Page(
        "monitoring:campaign-earlier",
        ("closed campaign",),
        get="403 404 404 404 403 200 403 200 404",
        post="403 404 404 404 403 422 403 422 404",
    ),
    Page(
        "monitoring:campaign-earlier-blank", ("closed campaign",), get="403 404 404 404 403 200 403 200 404"
    ),
    Page("monitoring:campaign-start", ("draft campaign",), post="404 404 404 404 403 302 403 302 404"),
    Page("monitoring:campaign-close", ("submitted campaign",), post="403 403 404 404 403 302 403 302 404"),
    Page(
        "monitoring:campaign-reopen",
        ("closed campaign",),
        get="403 404 404 404 403 200 403 200 404",
        post="403 404 404 404 403 302 403 302 404",
        body=REOPEN,
    ),
    Page("monitoring:campaign-remind", ("not_started campaign",), post="403 403 404 404 403 302 403 302 404"),
    Page("monitoring:campaign-again", ("closed campaign",), post="403 404 404 404 403 302 403 302 404"),
    Page("monitoring:campaign-delete", ("draft campaign",), post="404 404 404 404 403 302 403 302 404"),
    Page(
        "monitoring:campaign-summary",
        ("closed campaign",),
        get="403 404 404 404 200 200 200 200 404",
        post="403 404 404 404 405 405 405 405 404",
        leaves=KEPT_SUMS,
    ),
    Page(
        "monitoring:campaign-behind",
        ("closed campaign",),
        query="?cell=1/01/4",
        get="403 404 404 404 200 200 200 200 404",
        post="403 404 404 404 405 405 405 405 404",
        leaves=KEPT_SUMS,
    ),
    Page(
        "monitoring:campaign-export",
        ("closed campaign",),
        get="403 404 404 404 200 200 200 200 404",
        leaves=KEPT_SUMS,
    ),
    Page("monitoring:campaign-export-csv", ("closed campaign",), get="403 404 404 404 200 200 200 200 404"),
    Page(
        "monitoring:campaign-report",
        ("closed campaign",),
        get="403 404 404 404 200 200 200 200 404",
        post="403 404 404 404 403 403 403 403 404",
        body=REPORT,
        leaves=KEPT_SUMS,
    ),
    Page("monitoring:report-send", ("submitted campaign",), post="403 403 404 404 403 302 403 302 404"),
    Page(
        "monitoring:report-return",
        ("accepted campaign",),
        post="403 403 404 404 403 403 403 302 404",
        body={"comment": "Исправьте"},
    ),
    Page(
        "monitoring:report-approve",
        ("accepted campaign",),
        post="403 403 404 404 403 403 403 302 404",
        body={"seen": "@seen"},
    ),
    Page(
        "monitoring:report-pdf",
        ("closed campaign",),
        get="403 404 404 404 200 200 200 200 404",
        leaves=KEPT_SUMS,
    ),
    Page(
        "monitoring:report-docx",
        ("submitted campaign",),
        get="403 403 404 404 200 200 200 200 404",
        leaves=KEPT_SUMS,
    ),
    Page("monitoring:form-list", get="403 403 403 403 200 200 200 200 403"),
    Page(
        "monitoring:form-import",
        get="403 403 403 403 403 200 403 200 403",
        post="403 403 403 403 403 422 403 422 403",
    ),
    Page(
        "monitoring:form-detail",
        ("form",),
        get="404 404 404 404 200 200 200 200 404",
        post="404 404 404 404 405 405 405 405 404",
    ),
    Page("monitoring:form-copy", ("form",), post="404 404 404 404 403 302 403 302 404"),
    Page("monitoring:version-publish", ("draft version",), post="404 404 404 404 403 302 403 302 404"),
    Page("monitoring:version-delete", ("draft version",), post="404 404 404 404 403 302 403 302 404"),
    Page("monitoring:version-download", ("version",), get="404 404 404 404 200 200 200 200 404"),
    Page(
        "monitoring:version-preview",
        ("version",),
        get="404 404 404 404 200 200 200 200 404",
        post="404 404 404 404 405 405 405 405 404",
    ),
    Page(
        "monitoring:version-relations",
        ("version",),
        get="404 404 404 404 200 200 200 200 404",
        post="404 404 404 404 405 405 405 405 404",
    ),
    Page(
        "monitoring:response-detail",
        ("not_started",),
        get="200 404 404 404 200 200 200 200 404",
        post="302 404 404 404 403 403 403 403 404",
        body={"do": "save", "c:1/01/4": "12"},
        leaves=OPENING,
    ),
    Page("monitoring:response-cells", ("draft",), post="200 404 404 404 403 403 403 403 404", json=EDITS),
    Page("monitoring:response-news", ("draft",), get="200 404 404 404 200 200 200 200 404"),
    Page(
        "monitoring:response-check",
        ("draft",),
        get="302 404 404 404 302 302 302 302 404",
        post="302 404 404 404 403 403 403 403 404",
    ),
    Page(
        "monitoring:response-submit",
        ("draft",),
        get="302 404 404 404 302 302 302 302 404",
        post="302 404 404 404 403 403 403 403 404",
        body={"key": "k2"},
    ),
    Page(
        "monitoring:response-explain",
        ("draft",),
        post="409 404 404 404 403 403 403 403 404",
        body={"instance": "r2:5", "text": "Так"},
    ),
    Page(
        "monitoring:response-receipt",
        (
            "submitted",
            "submitted submission",
        ),
        get="200 404 404 404 200 200 200 200 404",
    ),
    Page("monitoring:response-last-values", ("draft",), get="200 404 404 404 200 200 200 200 404"),
    Page(
        "monitoring:response-rows",
        ("draft",),
        post="200 404 404 404 403 403 403 403 404",
        body={"do": "add", "section": "2"},
    ),
    Page(
        "monitoring:response-history",
        ("draft",),
        query="?cell=1/01/4",
        get="200 404 404 404 200 200 200 200 404",
    ),
    Page("monitoring:attachment-upload", ("draft",), post="422 404 404 404 403 403 403 403 404"),
    Page(
        "monitoring:attachment-download",
        (
            "draft",
            "draft attachment",
        ),
        get="200 404 404 404 200 200 200 200 404",
    ),
    Page(
        "monitoring:attachment-remove",
        (
            "draft",
            "draft attachment",
        ),
        post="302 404 404 404 403 403 403 403 404",
    ),
    Page(
        "monitoring:remark-create",
        ("submitted",),
        post="403 404 404 404 403 302 403 302 404",
        body={"cell": "1/01/4", "text": "Проверьте"},
    ),
    Page(
        "monitoring:remark-answer",
        (
            "returned",
            "returned remark",
        ),
        post="302 404 404 404 403 403 403 403 404",
        body={"text": "Исправлено"},
    ),
    Page(
        "monitoring:remark-resolve",
        (
            "submitted",
            "submitted remark",
        ),
        post="403 404 404 404 403 302 403 302 404",
    ),
    Page(
        "monitoring:response-return",
        ("submitted",),
        post="403 404 404 404 403 302 403 302 404",
        body={"comment": "Исправьте"},
    ),
    Page("monitoring:response-accept", ("submitted",), post="403 404 404 404 403 409 403 409 404"),
    Page(
        "monitoring:response-reopen",
        ("accepted",),
        post="403 404 404 404 403 302 403 302 404",
        body={"comment": "Ошибка"},
    ),
    Page(
        "monitoring:response-extend",
        ("draft",),
        post="403 404 404 404 403 302 403 302 404",
        body={"due_at": "2099-01-01T12:00", "reason": "болезнь"},
    ),
    Page("monitoring:response-print", ("draft",), get="200 404 404 404 200 200 200 200 404"),
    Page("papers:paper-list", get="403 403 403 403 200 200 200 200 403"),
    Page(
        "papers:paper-detail",
        ("paper",),
        get="404 404 404 404 200 200 200 200 404",
        post="404 404 404 404 405 405 405 405 404",
    ),
    Page("papers:paper-file", ("paper",), get="404 404 404 404 200 200 200 200 404"),
    Page(
        "papers:paper-revoke",
        ("paper",),
        get="404 404 404 404 403 403 403 200 404",
        post="404 404 404 404 403 403 403 302 404",
        body={"reason": "Ошибка"},
    ),
    Page(
        "papers:paper-register",
        ("paper",),
        get="404 404 404 404 403 200 403 200 404",
        post="404 404 404 404 403 422 403 422 404",
        body={"department_number": "1", "department_date": "2026-11-01"},
    ),
    Page("papers:paper-verify-form", get="200 200 200 200 200 200 200 200 200"),
    Page("papers:paper-verify", ("code",), get="200 200 200 200 200 200 200 200 200"),
    Page("notices:notice-list", get="200 200 200 200 200 200 200 200 200"),
    Page("notices:notices-read", post="302 302 302 302 302 302 302 302 302"),
    Page("notices:frequency-edit", post="302 302 302 302 302 302 302 302 302", body={"frequency": "never"}),
    Page(
        "notices:notice-open",
        ("notice",),
        get="302 404 404 404 404 404 404 404 404",
        leaves={"notices_notice"},
    ),
    Page("notices:notice-read", ("notice",), post="302 404 404 404 404 404 404 404 404"),
    Page("notices:delivery-list", get="403 403 403 403 403 200 403 200 200"),
    Page(
        "notices:delivery-detail",
        ("delivery",),
        get="404 404 404 404 404 200 404 200 200",
        post="404 404 404 404 404 405 404 405 405",
    ),
    Page("notices:delivery-resend", ("delivery",), post="404 404 404 404 404 302 404 302 302"),
]

# Open to whoever is not signed in, with what they answer to a GET and a POST; the rest leads to signing in.
PUBLIC = {
    "portal:setup": (404, 404),
    "accounts:login": (200, 422),
    "accounts:login-code": (302, 302),
    "accounts:logout": (405, 302),
    "accounts:password-reset": (200, 422),
    "accounts:password-set": (200, 422),
    "accounts:invitation-accept": (200, 422),
    "core:health": (200, 405),
    "papers:paper-verify-form": (200, 405),
    "papers:paper-verify": (200, 405),
}
