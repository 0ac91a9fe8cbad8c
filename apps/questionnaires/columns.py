"""Columns of the lists of questionnaires."""

from apps.core.columns import Column, Kind
from apps.questionnaires.enums import Audience, Mode

QUESTIONNAIRES = [
    Column("title", "Анкета", sort="title", url=lambda row: row.get_absolute_url(), width=60),
    Column("state", "Состояние", "state_member", kind=Kind.STATE, sort="state"),
    Column("mode", "Как отвечают", lambda row: str(Mode(row.mode).label), sort="mode", width=40),
    Column("audience", "Кто отвечает", lambda row: str(Audience(row.audience).label), sort="audience"),
    Column("clause", "Пункт", sort="clause", width=8),
    Column("opens_on", "Начат", kind=Kind.DATE, sort="opens_on"),
    Column("closes_on", "Последний день", kind=Kind.DATE, sort="closes_on"),
]
DIRECTIONS = [
    Column("title", "Направление", sort="title", url=lambda row: row.get_absolute_url(), width=60),
    Column("questionnaire", "По анкете", "questionnaire.title", sort="questionnaire__title", width=40),
    Column("clause", "Пункт", "questionnaire.clause", sort="questionnaire__clause", width=8),
    Column("created_at", "Выбрано", kind=Kind.DATETIME, sort="created_at"),
    Column("done_on", "Выполнено", kind=Kind.DATE, sort="done_on"),
]
