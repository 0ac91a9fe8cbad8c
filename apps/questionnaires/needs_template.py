"""A ready questionnaire of professional and information needs (statute 3.1.1, 3.5.1).

Blocks of difficulties follow the diagnosis of professional deficits (распоряжение Минпросвещения России от
27.08.2021 № Р-201): subject, methods, psychology, communication, ICT.
"""

from typing import Any

from django.db import transaction

from apps.questionnaires.actions.questionnaires import create_questionnaire
from apps.questionnaires.actions.questions import add_question
from apps.questionnaires.enums import Audience, Mode, Passport, QuestionKind
from apps.questionnaires.models import Questionnaire

K = QuestionKind
TITLE = "Профессиональные и информационные потребности педагогов"
PURPOSE = (
    "Ответы помогут составить план курсов, семинаров и консультаций так, чтобы он отвечал вашим запросам. "
    "Заполнение занимает около пяти минут."
)
NEED = ["не нужна", "скорее не нужна", "скорее нужна", "очень нужна"]
QUESTIONS: list[dict[str, Any]] = [
    {
        "kind": K.SINGLE,
        "text": "Ваша должность",
        "passport": Passport.POSITION,
        "is_required": True,
        "options": [
            "учитель",
            "воспитатель",
            "педагог дополнительного образования",
            "педагог-психолог, учитель-логопед, дефектолог",
            "заместитель руководителя",
            "другая должность",
        ],
    },
    {
        "kind": K.SINGLE,
        "text": "Ваш педагогический стаж",
        "passport": Passport.EXPERIENCE,
        "is_required": True,
        "options": ["до 3 лет", "от 3 до 10 лет", "от 10 до 20 лет", "более 20 лет"],
    },
    {
        "kind": K.MULTIPLE,
        "text": "По каким темам вам сейчас нужнее всего помощь?",
        "help": "Отметьте одну, две или три темы.",
        "is_required": True,
        "has_other": True,
        "options": [
            "обновлённые федеральные стандарты и рабочие программы",
            "функциональная грамотность обучающихся",
            "подготовка к государственной итоговой аттестации",
            "работа с детьми с ограниченными возможностями здоровья",
            "работа с одарёнными детьми",
            "воспитательная работа и классное руководство",
            "цифровые образовательные ресурсы и средства обучения",
            "аттестация и портфолио педагога",
        ],
    },
    {
        "kind": K.MATRIX,
        "text": "Насколько вам нужна помощь в этих областях?",
        "options": NEED,
        "statements": [
            "предметная: содержание своего предмета, программы",
            "методическая: приёмы и технологии обучения, оценивание",
            "психолого-педагогическая: мотивация, поведение, особые потребности",
            "коммуникативная: работа с родителями, коллегами, конфликты",
            "информационные технологии: сервисы, электронные журналы, ресурсы",
        ],
    },
    {
        "kind": K.RANKING,
        "text": "Какая форма помощи вам удобнее? Расставьте по местам",
        "help": "1 — самая удобная.",
        "options": [
            "курсы повышения квалификации",
            "семинар или мастер-класс",
            "индивидуальная консультация",
            "открытое занятие коллеги",
            "материалы для самостоятельного изучения",
        ],
    },
    {
        "kind": K.SINGLE,
        "text": "Как вам удобнее участвовать?",
        "options": ["очно", "дистанционно", "смешанно: часть очно, часть дистанционно"],
    },
    {
        "kind": K.SINGLE,
        "text": "Когда вам удобнее участвовать в мероприятиях?",
        "options": ["в будни до 14 часов", "в будни после 14 часов", "в субботу", "в каникулы"],
    },
    {
        "kind": K.SCALE,
        "text": "Насколько вы довольны методической помощью в прошлом учебном году?",
        "options": ["совсем не доволен", "скорее не доволен", "трудно сказать", "скорее доволен", "доволен"],
    },
    {
        "kind": K.MULTIPLE,
        "text": "Какая информация вам нужна чаще?",
        "has_other": True,
        "options": [
            "нормативные документы",
            "новинки методической литературы",
            "опыт коллег города и области",
            "афиша мероприятий и конкурсов",
            "электронные образовательные ресурсы",
        ],
    },
    {
        "kind": K.TEXT,
        "text": "Чем ещё информационно-методический отдел может помочь вам?",
        "help": "Не называйте себя и других людей: ответ читают как он написан.",
    },
]


@transaction.atomic
def load_needs_template(*, by: Any) -> Questionnaire:
    """A draft with all the questions, to be looked through, changed and opened."""
    made = create_questionnaire(
        by=by,
        title=TITLE,
        purpose=PURPOSE,
        clause="3.1.1",
        audience=Audience.TEACHERS,
        mode=Mode.ANONYMOUS,
    )
    for values in QUESTIONS:
        add_question(questionnaire=made, by=by, **values)
    return made
