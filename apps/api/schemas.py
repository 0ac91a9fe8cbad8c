"""What the interface gives, field by field. The descriptions are the documentation its readers see."""

import datetime
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, Field

T = TypeVar("T")


class Fault(BaseModel):
    name: str = Field(description="Параметр запроса")
    message: str = Field(description="Что с ним не так")


class RefusalBody(BaseModel):
    code: str = Field(description="Код отказа для программы")
    message: str = Field(description="Причина для человека")
    fields: list[Fault] = Field(description="Ошибки отдельных параметров")


class Page(BaseModel, Generic[T]):
    items: list[T] = Field(description="Записи страницы")
    next_cursor: str | None = Field(
        description="Курсор следующей страницы; null — записей больше нет. Обрезанных списков не бывает"
    )


class OrganizationItem(BaseModel):
    id: int = Field(description="Номер организации на портале")
    short_name: str = Field(description="Краткое наименование")
    full_name: str = Field(description="Полное наименование")
    kind: str = Field(description="Вид: код")
    kind_title: str = Field(description="Вид: название")
    type: str = Field(description="Тип учреждения: код")
    type_title: str = Field(description="Тип учреждения: название")
    levels: list[str] = Field(description="Уровни образования: коды")
    parent_id: int | None = Field(description="Головная организация; null — юридическое лицо")
    inn: str = Field(description="ИНН")
    kpp: str = Field(description="КПП")
    ogrn: str = Field(description="ОГРН")
    address: str = Field(description="Фактический адрес")
    district: str = Field(description="Микрорайон, посёлок")
    site: str = Field(description="Сайт")
    status: str = Field(description="Состояние: код")
    status_title: str = Field(description="Состояние: название")
    opened_on: datetime.date | None = Field(description="Дата открытия")
    closed_on: datetime.date | None = Field(description="Дата закрытия")
    pupils: int | None = Field(description="Обучающихся за последний внесённый год")
    groups: int | None = Field(description="Классов, групп за последний внесённый год")


class VersionItem(BaseModel):
    id: int = Field(description="Номер версии на портале")
    number: int = Field(description="Порядковый номер версии")
    state: str = Field(description="Состояние: draft — черновик, published — опубликована")
    note: str = Field(description="Что изменилось")
    published_at: datetime.datetime | None = Field(description="Когда опубликована")


class FormItem(BaseModel):
    id: int = Field(description="Номер формы на портале")
    code: str = Field(description="Код формы")
    title: str = Field(description="Название")
    clause: str = Field(description="Пункт Положения")
    is_archived: bool = Field(description="В архиве")
    versions: list[VersionItem] = Field(description="Версии, последняя — первой")


class VersionDocument(VersionItem):
    form_id: int = Field(description="Форма")
    definition: dict[str, Any] = Field(description="Определение формы: разделы, вопросы, соотношения")
    old_codes: dict[str, str] = Field(
        description="Код строки, графы, вопроса прежней версии → код в этой; пусто — его нет"
    )


class CellItem(BaseModel):
    address: str = Field(description="Адрес ячейки, например 1/01/4: раздел, строка, графа")
    title: str = Field(description="Название показателя")
    type: str = Field(description="Тип значения")
    unit: str = Field(description="Единица измерения")
    decimals: int = Field(description="Знаков после запятой")
    is_computed: bool = Field(description="Вычисляется порталом")
    choices: dict[str, str] = Field(description="Код варианта ответа → название")


class CampaignItem(BaseModel):
    id: int = Field(description="Номер мониторинга на портале")
    title: str = Field(description="Название")
    form_id: int = Field(description="Форма")
    version_id: int = Field(description="Версия формы")
    period_kind: str = Field(description="Вид периода")
    period_start: datetime.date = Field(description="Начало периода или дата")
    period_title: str = Field(description="Период словами")
    state: str = Field(description="Состояние: draft, running, closed")
    state_title: str = Field(description="Состояние словами")
    due_at: datetime.datetime = Field(description="Срок")
    previous_id: int | None = Field(description="Мониторинг прошлого периода")
    started_at: datetime.datetime | None = Field(description="Когда запущен")
    closed_at: datetime.datetime | None = Field(description="Когда завершён")
    asked: int = Field(description="Опрошено организаций")
    answered: int = Field(description="Отправили отчёт")
    accepted: int = Field(description="Принято отчётов")


class GroupItem(BaseModel):
    key: str = Field(description="Ключ группы для параметра group")
    title: str = Field(description="Название группы")
    organizations: int = Field(description="Организаций в группе")
    pupils: int = Field(description="Обучающихся в них")


class SummaryHead(BaseModel):
    campaign_id: int = Field(description="Мониторинг")
    asked: int = Field(description="Опрошено организаций")
    included: int = Field(description="Отчётов в своде")
    late: int = Field(description="Из них отправлены после срока")
    missing: int = Field(description="Отчётов не отправлено")
    waiting: int = Field(description="Отправлено и ждёт приёмки")
    groups: list[GroupItem] = Field(description="Группы организаций, по которым есть итоги")


class FigureItem(BaseModel):
    address: str = Field(description="Адрес ячейки")
    title: str = Field(description="Название показателя")
    unit: str = Field(description="Единица измерения")
    value: str | None = Field(description="Итог: число строкой, чтобы не терять точность; null — не заполнен")
    filled: int | None = Field(description="Сколько организаций заполнили; null — показатель не числовой")
    answers: dict[str, int] = Field(description="Код варианта ответа → сколько раз выбран")


class ResponseItem(BaseModel):
    id: int = Field(description="Номер отчёта на портале")
    campaign_id: int = Field(description="Мониторинг")
    campaign_title: str = Field(description="Название мониторинга")
    version_id: int = Field(description="Версия формы")
    period_title: str = Field(description="Период словами")
    organization_id: int = Field(description="Организация")
    organization: str = Field(description="Краткое наименование организации")
    state: str = Field(description="Состояние: not_started, draft, submitted, returned, accepted")
    state_title: str = Field(description="Состояние словами")
    is_overdue: bool = Field(description="Срок нарушен")
    due_at: datetime.datetime = Field(description="Срок, с учётом продления")
    opened_at: datetime.datetime | None = Field(description="Впервые открыт")
    saved_at: datetime.datetime | None = Field(description="Последнее изменение")
    submitted_at: datetime.datetime | None = Field(description="Отправлен")
    accepted_at: datetime.datetime | None = Field(description="Принят")
    filled: int = Field(description="Заполнено ячеек")
    submitted_by: str | None = Field(None, description="Кто отправил; поле есть только у ролей департамента")
    values: dict[str, str] | None = Field(
        None, description="Адрес ячейки → значение строкой; поле есть, если запрошено values=true"
    )


class AnswerItem(BaseModel):
    address: str = Field(description="Адрес ячейки")
    title: str = Field(description="Название показателя")
    type: str = Field(description="Тип значения")
    unit: str = Field(description="Единица измерения")
    value: str | None = Field(description="Значение строкой, дробная часть через точку; null — не заполнено")
    text: str = Field(description="Значение, как его видят на странице отчёта")
