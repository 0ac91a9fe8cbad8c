from apps.monitoring.models.analyses import SavedAnalysis
from apps.monitoring.models.campaigns import Campaign, Reminder
from apps.monitoring.models.forms import Form, FormVersion
from apps.monitoring.models.ministry import BlankPlace, ForeignBlank
from apps.monitoring.models.reports import MonitoringReport, SummaryRollup
from apps.monitoring.models.responses import (
    Attachment,
    CellChange,
    Explanation,
    Extension,
    Remark,
    RemarkMessage,
    Response,
    Submission,
)

__all__ = [
    "Attachment",
    "BlankPlace",
    "Campaign",
    "CellChange",
    "Explanation",
    "Extension",
    "ForeignBlank",
    "Form",
    "FormVersion",
    "MonitoringReport",
    "Remark",
    "RemarkMessage",
    "Reminder",
    "Response",
    "SavedAnalysis",
    "Submission",
    "SummaryRollup",
]
