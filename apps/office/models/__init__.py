"""The staff of ИМО."""

from apps.office.models.absences import Absence
from apps.office.models.acts import LocalAct
from apps.office.models.employees import Appointment, Employee, ExperienceNorm, Service, manages_staff
from apps.office.models.orders import Acquaintance, Order
from apps.office.models.rights import ActProposal, Appeal, Encouragement, SafetyBriefing, StaffTraining
from apps.office.models.staffing import Position, StaffingEdition, StaffingLine

__all__ = [
    "Absence",
    "Acquaintance",
    "ActProposal",
    "Appeal",
    "Appointment",
    "Employee",
    "Encouragement",
    "ExperienceNorm",
    "LocalAct",
    "Order",
    "Position",
    "SafetyBriefing",
    "Service",
    "StaffTraining",
    "StaffingEdition",
    "StaffingLine",
    "manages_staff",
]
