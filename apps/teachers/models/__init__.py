from apps.teachers.models.books import (
    AwardKind,
    CategoryRule,
    CoverageRule,
    DutyKind,
    Position,
    Provider,
    Subject,
    TermNotice,
    TrainingRule,
    YoungRule,
)
from apps.teachers.models.career import AcademicDegree, Award, Category, Education
from apps.teachers.models.changes import ChangeRow, ChangeSet
from apps.teachers.models.consents import Consent
from apps.teachers.models.employment import Duty, Employment, Leave, Vacancy
from apps.teachers.models.mentoring import Mentorship
from apps.teachers.models.people import Person, Standing
from apps.teachers.models.registry import Erasure, Merge, NotSame, SavedFilter, UpdateRound
from apps.teachers.models.retention import RetentionKind, RetentionRule
from apps.teachers.models.training import ObligatoryKind, Training

__all__ = [
    "AcademicDegree",
    "Award",
    "AwardKind",
    "Category",
    "CategoryRule",
    "ChangeRow",
    "ChangeSet",
    "Consent",
    "CoverageRule",
    "Duty",
    "DutyKind",
    "Education",
    "Employment",
    "Erasure",
    "Leave",
    "Mentorship",
    "Merge",
    "NotSame",
    "ObligatoryKind",
    "Person",
    "Position",
    "Provider",
    "RetentionKind",
    "RetentionRule",
    "SavedFilter",
    "Standing",
    "Subject",
    "TermNotice",
    "Training",
    "TrainingRule",
    "UpdateRound",
    "Vacancy",
    "YoungRule",
]
