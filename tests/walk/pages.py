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

# What the department reads, and what nobody may post there.
CITY = "403 403 403 403 200 200 200 200 403"
CITY_405 = "403 403 403 403 405 405 405 405 403"
# The same where a row is asked for: what is not his is not there.
CITY_404 = "404 404 404 404 200 200 200 200 404"
CITY_404_405 = "404 404 404 404 405 405 405 405 404"
# The two heads.
HEADS = "403 403 403 403 403 403 200 200 403"
HEADS_405 = "403 403 403 403 403 403 405 405 403"
ACTIVITY = {"kind": "activity", "title": "Отчёт", "first_day": "2025-09-01", "last_day": "2026-08-31"}
SECTION = {"kind": "table", "title": "Организации", "indicators": ["organizations-active"]}

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
    Page("reports:statute-map", get=CITY, post=CITY_405),
    Page("reports:clause-detail", ("clause",), get=CITY, post=CITY_405),
    Page("reports:figure-detail", ("indicator",), get=CITY, post=CITY_405),
    Page("reports:statute-pdf", get=CITY),
    Page("reports:statute-docx", get=CITY),
    Page("reports:report-list", get=CITY),
    Page(
        "reports:report-create",
        get="403 403 403 403 403 200 403 200 403",
        post="403 403 403 403 403 302 403 302 403",
        body=ACTIVITY,
    ),
    Page("reports:week", get=HEADS, post=HEADS_405),
    Page("reports:week-figure", ("person indicator", "methodist"), get=HEADS, post=HEADS_405),
    Page("reports:report-detail", ("draft activity",), get=CITY_404, post=CITY_404_405),
    Page(
        "reports:report-edit",
        ("draft activity",),
        get="404 404 404 404 403 200 403 200 404",
        post="404 404 404 404 403 302 403 302 404",
        body=ACTIVITY,
    ),
    Page("reports:report-delete", ("draft activity",), post="404 404 404 404 403 302 403 302 404"),
    Page("reports:report-send", ("draft activity",), post="404 404 404 404 403 302 403 302 404"),
    Page(
        "reports:report-return",
        ("waiting activity",),
        get="404 404 404 404 403 403 403 200 404",
        post="404 404 404 404 403 403 403 302 404",
        body={"comment": "Дополните"},
    ),
    Page("reports:report-approve", ("waiting activity",), post="404 404 404 404 403 403 403 302 404"),
    Page("reports:report-pdf", ("draft activity",), get=CITY_404),
    Page("reports:report-docx", ("draft activity",), get=CITY_404),
    Page(
        "reports:section-create",
        ("draft activity",),
        get="404 404 404 404 403 200 403 200 404",
        post="404 404 404 404 403 302 403 302 404",
        body=SECTION,
    ),
    Page(
        "reports:section-edit",
        ("section",),
        get="404 404 404 404 403 200 403 200 404",
        post="404 404 404 404 403 302 403 302 404",
        body=SECTION,
    ),
    Page("reports:section-move", ("section", "way"), post="404 404 404 404 403 302 403 302 404"),
    Page("reports:section-delete", ("section",), post="404 404 404 404 403 302 403 302 404"),
    Page("reports:figure-behind", ("figure",), get=CITY_404, post=CITY_404_405),
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
    Page("office:employee-list", get="403 403 403 403 200 200 200 200 403"),
    Page(
        "office:employee-create",
        get="403 403 403 403 403 403 200 200 403",
        post="403 403 403 403 403 403 302 302 403",
        body={"last_name": "Новая", "first_name": "Анна"},
    ),
    Page(
        "office:employee-detail",
        ("employee",),
        get="404 404 404 404 403 200 200 200 404",
        post="404 404 404 404 403 405 405 405 404",
    ),
    Page(
        "office:employee-edit",
        ("employee",),
        get="404 404 404 404 403 403 200 200 404",
        post="404 404 404 404 403 403 302 302 404",
        body={"last_name": "Новая", "first_name": "Анна"},
    ),
    Page("office:employee-delete", ("mistaken employee",), post="404 404 404 404 403 403 302 302 404"),
    Page(
        "office:service-create",
        ("employee",),
        get="404 404 404 404 403 403 200 200 404",
        post="404 404 404 404 403 403 302 302 404",
        body={
            "place": "Школа",
            "post": "Учитель",
            "kind": "teaching",
            "starts_on": "2010-01-01",
            "ends_on": "2011-01-01",
        },
    ),
    Page(
        "office:service-edit",
        ("service",),
        get="404 404 404 404 404 403 200 200 404",
        post="404 404 404 404 404 403 302 302 404",
        body={
            "place": "Школа",
            "post": "Учитель",
            "kind": "teaching",
            "starts_on": "2010-01-01",
            "ends_on": "2011-01-01",
        },
    ),
    Page("office:service-delete", ("service",), post="404 404 404 404 404 403 302 302 404"),
    Page(
        "office:appointment-create",
        ("mistaken employee",),
        get="404 404 404 404 403 403 200 200 404",
        post="404 404 404 404 403 403 302 302 404",
        body={
            "position": "@position",
            "units": "1",
            "starts_on": "2026-01-01",
            "order_number": "9",
            "order_date": "2025-12-30",
        },
    ),
    Page(
        "office:appointment-end",
        ("appointment",),
        get="404 404 404 404 404 403 200 200 404",
        post="404 404 404 404 404 403 302 302 404",
        body={"ends_on": "2026-10-01"},
    ),
    Page("office:position-list", get="403 403 403 403 200 200 200 200 403"),
    Page(
        "office:position-create",
        get="403 403 403 403 403 403 200 200 403",
        post="403 403 403 403 403 403 302 302 403",
        body={"title": "Лаборант", "category": "technical", "service_kind": "other"},
    ),
    Page(
        "office:position-edit",
        ("position",),
        get="404 404 404 404 403 403 200 200 404",
        post="404 404 404 404 403 403 302 302 404",
        body={"title": "Старший методист", "category": "methodist", "service_kind": "teaching"},
    ),
    Page("office:edition-list", get="403 403 403 403 200 200 200 200 403"),
    Page(
        "office:edition-create",
        get="403 403 403 403 403 403 200 200 403",
        post="403 403 403 403 403 403 302 302 403",
        body={"in_force_from": "2097-01-01"},
    ),
    Page(
        "office:edition-detail",
        ("waiting edition",),
        get="404 404 404 404 200 200 200 200 404",
        post="404 404 404 404 405 405 405 405 404",
    ),
    Page(
        "office:edition-edit",
        ("draft edition",),
        get="404 404 404 404 403 403 200 200 404",
        post="404 404 404 404 403 403 302 302 404",
        body={"in_force_from": "2097-01-01"},
    ),
    Page("office:edition-delete", ("draft edition",), post="404 404 404 404 403 403 302 302 404"),
    Page("office:edition-send", ("draft edition",), post="404 404 404 404 403 403 302 302 404"),
    Page(
        "office:edition-approve",
        ("waiting edition",),
        get="404 404 404 404 403 403 200 403 404",
        post="404 404 404 404 403 403 302 403 404",
        body={"order_number": "7", "order_date": "2026-01-10", "seen": "@seen revision"},
    ),
    Page(
        "office:edition-return",
        ("waiting edition",),
        get="404 404 404 404 403 403 200 403 404",
        post="404 404 404 404 403 403 302 403 404",
        body={"comment": "Исправьте"},
    ),
    Page("office:edition-pdf", ("approved edition",), get="404 404 404 404 403 403 200 200 404"),
    Page("office:edition-xlsx", ("approved edition",), get="404 404 404 404 403 403 200 200 404"),
    Page(
        "office:line-create",
        ("draft edition",),
        get="404 404 404 404 403 403 200 200 404",
        post="404 404 404 404 403 403 302 302 404",
        body={"position": "@new position", "units": "0.5"},
    ),
    Page(
        "office:line-edit",
        ("line",),
        get="404 404 404 404 403 403 200 200 404",
        post="404 404 404 404 403 403 302 302 404",
        body={"position": "@head position", "units": "1"},
    ),
    Page("office:line-delete", ("line",), post="404 404 404 404 403 403 302 302 404"),
    Page("office:vacancy-list", get="403 403 403 403 200 200 200 200 403"),
    Page("office:order-list", get="403 403 403 403 200 200 200 200 403"),
    Page(
        "office:order-create",
        query="?kind=other",
        get="403 403 403 403 403 403 200 200 403",
        post="403 403 403 403 403 403 302 302 403",
        body={"title": "Об ином", "body": "Сделать"},
    ),
    Page(
        "office:order-detail",
        ("recorded order",),
        get="404 404 404 404 404 200 200 200 404",
        post="404 404 404 404 404 405 405 405 404",
    ),
    Page(
        "office:order-edit",
        ("draft order",),
        get="404 404 404 404 404 404 200 200 404",
        post="404 404 404 404 404 404 302 302 404",
        body={"title": "Об ином", "body": "Сделать"},
    ),
    Page("office:order-delete", ("draft order",), post="404 404 404 404 404 404 302 302 404"),
    Page(
        "office:order-record",
        ("draft order",),
        get="404 404 404 404 404 404 200 200 404",
        post="404 404 404 404 404 404 302 302 404",
        body={"number": "5-к", "date": "2026-01-12"},
    ),
    Page(
        "office:order-scan-upload",
        ("recorded order",),
        get="404 404 404 404 404 403 200 200 404",
        post="404 404 404 404 404 403 422 422 404",
    ),
    Page("office:order-scan", ("recorded order",), get="404 404 404 404 404 200 200 200 404"),
    Page("office:order-pdf", ("recorded order",), get="404 404 404 404 404 200 200 200 404"),
    Page("office:order-docx", ("recorded order",), get="404 404 404 404 404 200 200 200 404"),
    Page(
        "office:order-sheet",
        ("recorded order",),
        get="404 404 404 404 404 403 200 200 404",
        post="404 404 404 404 404 403 302 302 404",
        body={"employees": "@chief"},
    ),
    Page("office:order-sheet-pdf", ("recorded order",), get="404 404 404 404 404 403 200 200 404"),
    Page(
        "office:acquaintance-read",
        (
            "recorded order",
            "acquaintance",
        ),
        post="404 404 404 404 404 302 302 302 404",
    ),
    Page(
        "office:acting-end",
        ("acting order",),
        get="404 404 404 404 404 403 200 200 404",
        post="404 404 404 404 404 403 302 302 404",
        body={"ends_on": "2091-06-05", "reason": "Вышел"},
    ),
    Page("office:absence-list", get="403 403 403 403 200 200 200 200 403"),
    Page(
        "office:absence-create",
        get="403 403 403 403 403 403 200 200 403",
        post="403 403 403 403 403 403 302 302 403",
        body={"employee": "@chief", "kind": "leave", "starts_on": "2092-01-01", "ends_on": "2092-01-02"},
    ),
    Page(
        "office:absence-edit",
        ("absence",),
        get="404 404 404 404 404 403 200 200 404",
        post="404 404 404 404 404 403 302 302 404",
        body={"employee": "@employee", "kind": "leave", "starts_on": "2092-01-01", "ends_on": "2092-01-02"},
    ),
    Page("office:absence-delete", ("absence",), post="404 404 404 404 404 403 302 302 404"),
    Page("office:act-list", get="403 403 403 403 200 200 200 200 403"),
    Page(
        "office:act-create",
        get="403 403 403 403 403 403 200 200 403",
        post="403 403 403 403 403 403 302 302 403",
        body={"kind": "other", "title": "Иные правила"},
    ),
    Page(
        "office:act-detail",
        ("act",),
        get="404 404 404 404 200 200 200 200 404",
        post="404 404 404 404 405 405 405 405 404",
    ),
    Page(
        "office:act-edit",
        ("draft statute",),
        get="404 404 404 404 403 403 200 200 404",
        post="404 404 404 404 403 403 302 302 404",
        body={"kind": "imo_statute", "title": "Положение"},
    ),
    Page("office:act-delete", ("draft statute",), post="404 404 404 404 403 403 302 302 404"),
    Page("office:act-consent", ("draft statute",), post="404 404 404 404 403 403 403 302 404"),
    Page(
        "office:act-enforce",
        ("description",),
        get="404 404 404 404 403 403 200 200 404",
        post="404 404 404 404 403 403 302 302 404",
        body={"in_force_from": "2026-01-01"},
    ),
    Page(
        "office:act-end",
        ("act",),
        get="404 404 404 404 403 403 200 200 404",
        post="404 404 404 404 403 403 302 302 404",
        body={"in_force_to": "2026-12-31"},
    ),
    Page(
        "office:act-upload",
        ("act",),
        get="404 404 404 404 403 403 200 200 404",
        post="404 404 404 404 403 403 422 422 404",
    ),
    Page("office:act-file", ("act",), get="404 404 404 404 200 200 200 200 404"),
    Page("office:proposal-list", get="403 403 403 403 200 200 200 200 403"),
    Page(
        "office:proposal-create",
        get="403 403 403 403 200 200 200 200 403",
        post="403 403 403 403 302 302 422 302 403",
        body={"text": "Предлагаю"},
    ),
    Page(
        "office:proposal-detail",
        ("proposal",),
        get="404 404 404 404 404 200 200 200 404",
        post="404 404 404 404 404 405 405 405 404",
    ),
    Page(
        "office:proposal-answer",
        ("proposal",),
        get="404 404 404 404 404 403 200 200 404",
        post="404 404 404 404 404 403 302 302 404",
        body={"is_taken": "yes", "answer": "Учтём"},
    ),
    Page("office:encouragement-list", get="403 403 403 403 200 200 200 200 403"),
    Page(
        "office:encouragement-create",
        get="403 403 403 403 403 403 200 200 403",
        post="403 403 403 403 403 403 302 302 403",
        body={"employee": "@chief", "kind": "gratitude", "reason": "За труд", "given_on": "2026-05-01"},
    ),
    Page(
        "office:encouragement-edit",
        ("encouragement",),
        get="404 404 404 404 404 403 200 200 404",
        post="404 404 404 404 404 403 302 302 404",
        body={"employee": "@chief", "kind": "gratitude", "reason": "За труд", "given_on": "2026-05-01"},
    ),
    Page("office:encouragement-delete", ("encouragement",), post="404 404 404 404 404 403 302 302 404"),
    Page("office:briefing-list", get="403 403 403 403 200 200 200 200 403"),
    Page(
        "office:briefing-create",
        get="403 403 403 403 403 403 200 200 403",
        post="403 403 403 403 403 403 302 302 403",
        body={"employee": "@chief", "kind": "repeated", "held_on": "2026-05-01", "instructor": "Инженер"},
    ),
    Page(
        "office:briefing-edit",
        ("briefing",),
        get="404 404 404 404 404 403 200 200 404",
        post="404 404 404 404 404 403 302 302 404",
        body={"employee": "@chief", "kind": "repeated", "held_on": "2026-05-01", "instructor": "Инженер"},
    ),
    Page("office:briefing-delete", ("briefing",), post="404 404 404 404 404 403 302 302 404"),
    Page("office:training-list", get="403 403 403 403 200 200 200 200 403"),
    Page(
        "office:training-create",
        get="403 403 403 403 200 200 200 200 403",
        post="403 403 403 403 302 302 302 302 403",
        body={
            "employee": "@chief",
            "title": "Курс",
            "provider": "Институт",
            "hours": "16",
            "starts_on": "2026-01-01",
            "ends_on": "2026-02-01",
        },
    ),
    Page(
        "office:training-edit",
        ("training",),
        get="404 404 404 404 404 403 200 200 404",
        post="404 404 404 404 404 403 302 302 404",
        body={
            "employee": "@chief",
            "title": "Курс",
            "provider": "Институт",
            "hours": "16",
            "starts_on": "2026-01-01",
            "ends_on": "2026-02-01",
        },
    ),
    Page("office:training-delete", ("training",), post="404 404 404 404 404 403 302 302 404"),
    Page("office:appeal-list", get="403 403 403 403 200 200 200 200 403"),
    Page(
        "office:appeal-create",
        get="403 403 403 403 200 200 200 200 403",
        post="403 403 403 403 302 302 422 302 403",
        body={"addressee": "director", "subject": "О работе", "text": "Прошу"},
    ),
    Page(
        "office:appeal-detail",
        ("appeal",),
        get="404 404 404 404 404 200 404 200 404",
        post="404 404 404 404 404 405 404 405 404",
    ),
    Page(
        "office:appeal-answer",
        ("appeal",),
        get="404 404 404 404 404 403 404 200 404",
        post="404 404 404 404 404 403 404 302 404",
        body={"answer": "Рассмотрено"},
    ),
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
