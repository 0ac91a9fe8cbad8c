from apps.monitoring.models.amendments import Amendment, ResponseEdition
from apps.monitoring.models.analyses import SavedAnalysis
from apps.monitoring.models.campaigns import Campaign, Reminder
from apps.monitoring.models.drafts import DraftEdit
from apps.monitoring.models.forms import Form, FormVersion
from apps.monitoring.models.helpers import Part, PhoneCall
from apps.monitoring.models.library import DataElement, ElementType
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
    "Amendment",
    "Attachment",
    "BlankPlace",
    "Campaign",
    "CellChange",
    "DataElement",
    "DraftEdit",
    "ElementType",
    "Explanation",
    "Extension",
    "ForeignBlank",
    "Form",
    "FormVersion",
    "MonitoringReport",
    "Part",
    "PhoneCall",
    "Remark",
    "RemarkMessage",
    "Reminder",
    "Response",
    "ResponseEdition",
    "SavedAnalysis",
    "Submission",
    "SummaryRollup",
]
