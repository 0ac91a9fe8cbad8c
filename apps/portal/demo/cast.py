"""The demo accounts, with invented names; nobody here is a real person."""

from random import Random

from apps.core.roles import Role

# Login → (surname, name, patronymic, position, role, order the right rests on).
STAFF = {
    "head": ("Северова", "Ирина", "Павловна", "Заведующий информационно-методическим отделом", Role.HEAD),
    "methodist": ("Лугова", "Ольга", "Андреевна", "Методист", Role.METHODIST),
    "methodist2": ("Ясенев", "Михаил", "Олегович", "Методист", Role.METHODIST),
    "assistant": ("Тихонова", "Вера", "Сергеевна", "Техник", Role.ASSISTANT),
    "director": ("Берегов", "Алексей", "Ильич", "Руководитель департамента образования", Role.DIRECTOR),
    "juror1": ("Ключевая", "Марина", "Викторовна", "Учитель высшей категории", Role.JUROR),
    "admin": ("Полянский", "Денис", "Романович", "Системный администратор", Role.ADMIN),
}
# Login → short name of its organisation.
REPRESENTATIVES = {
    "school1": "СОШ № 15",
    "school2": "Гимназия № 24",
    "kindergarten1": "МАДОУ «Детский сад № 3»",
    "centre1": "Детский экологический центр",
}
TEACHER_LOGIN, TEACHER_ORGANIZATION = "teacher1", "СОШ № 15"

_SURNAMES = [
    "Абрикосов",
    "Белогорский",
    "Васильков",
    "Градов",
    "Дубравин",
    "Ельников",
    "Заречный",
    "Истомин",
    "Калинкин",
    "Ледников",
    "Малинин",
    "Нагорнов",
    "Озеров",
    "Подгорнов",
    "Ракитин",
    "Снегирёв",
    "Травин",
    "Ухтомов",
    "Фиалкин",
    "Хвойнов",
    "Цветков",
    "Черёмухин",
    "Шиповников",
    "Щеглов",
    "Янтарёв",
    "Боровиков",
    "Ветров",
    "Гречишкин",
    "Дождев",
    "Ежевикин",
    "Жемчугов",
    "Зорин",
    "Кедров",
    "Листопадов",
    "Морошкин",
    "Незабудкин",
    "Осокин",
    "Прибоев",
    "Родников",
    "Сосновцев",
    "Туманов",
    "Холмов",
]
_WOMEN = [
    "Анна",
    "Елена",
    "Татьяна",
    "Наталья",
    "Светлана",
    "Юлия",
    "Екатерина",
    "Людмила",
    "Галина",
    "Надежда",
    "Оксана",
    "Дарья",
]
_MEN = ["Андрей", "Сергей", "Дмитрий", "Николай", "Евгений", "Павел", "Виктор", "Игорь"]
_FATHERS = [
    "Алексеев",
    "Борисов",
    "Владимиров",
    "Георгиев",
    "Дмитриев",
    "Евгеньев",
    "Иванов",
    "Николаев",
    "Петров",
    "Степанов",
]


def invented_name(rng: Random) -> tuple[str, str, str]:
    """Surname, name, patronymic; three of four are women, as in schools."""
    surname, father = rng.choice(_SURNAMES), rng.choice(_FATHERS)
    if rng.random() < 0.75:
        female = surname[:-2] + "ая" if surname.endswith(("ий", "ый")) else surname + "а"
        return female, rng.choice(_WOMEN), father + "на"
    return surname, rng.choice(_MEN), father + "ич"
