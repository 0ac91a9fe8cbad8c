import pytest

from apps.core.declension import Case, Gender, decline_name, decline_phrase, guess_gender, number_in_words


@pytest.mark.parametrize(
    ("name", "gender", "dative"),
    [
        (("Черных", "Анна", "Ивановна"), "female", "Черных Анне Ивановне"),
        (("Ким", "Анна", "Ивановна"), "female", "Ким Анне Ивановне"),
        (("Ким", "Олег", "Лукич"), "male", "Киму Олегу Лукичу"),
        (("Шевченко", "Пётр", "Ильич"), "male", "Шевченко Петру Ильичу"),
        (("Дурново", "Вера", "Кузьминична"), "female", "Дурново Вере Кузьминичне"),
        (("Салтыкова-Щедрина", "Анна", ""), "female", "Салтыковой-Щедриной Анне"),
        (("Соболева", "Любовь", "Львовна"), "female", "Соболевой Любови Львовне"),
    ],
)
def test_name_in_the_dative(name, gender, dative):
    assert decline_name(*name, Case.DATIVE, gender) == dative


def test_stored_form_wins_over_rules():
    assert decline_name("Заяц", "Олег", "", "dative", "male", "Заяцу Олегу") == "Заяцу Олегу"


def test_gender_is_told_from_the_patronymic():
    assert guess_gender("Ким", "Саша", "Ивановна") is Gender.FEMALE
    assert decline_name("Ким", "Саша", "Ивановна", "dative", None) == "Ким Саше Ивановне"


def test_unknown_gender_leaves_the_name_as_it_is():
    assert guess_gender("Ким", "", "") is None
    assert decline_name("Ким", "", "", "dative", None) == "Ким"


IMO_DECLINED = ("информационно-методического отдела", "информационно-методическому отделу")


@pytest.mark.parametrize(
    ("position", "genitive", "dative"),
    [
        (
            "заведующий информационно-методическим отделом",
            "заведующего информационно-методическим отделом",
            "заведующему информационно-методическим отделом",
        ),
        (
            "Исполняющий обязанности заведующего отделом",
            "Исполняющего обязанности заведующего отделом",
            "Исполняющему обязанности заведующего отделом",
        ),
        ("старший методист", "старшего методиста", "старшему методисту"),
        ("ведущий методист отдела", "ведущего методиста отдела", "ведущему методисту отдела"),
        ("учитель-логопед", "учителя-логопеда", "учителю-логопеду"),
        ("педагог-организатор", "педагога-организатора", "педагогу-организатору"),
        ("пресс-секретарь", "пресс-секретаря", "пресс-секретарю"),
        ("тьютор", "тьютора", "тьютору"),
        ("методист, учитель физики", "методиста, учителя физики", "методисту, учителю физики"),
        ("заведующая библиотекой", "заведующей библиотекой", "заведующей библиотекой"),
        ("старшая вожатая", "старшей вожатой", "старшей вожатой"),
        ("зам. директора", "зам. директора", "зам. директора"),
        ("и. о. заведующего", "и. о. заведующего", "и. о. заведующего"),
        ("информационно-методический отдел", *IMO_DECLINED),
        ("советник директора", "советника директора", "советнику директора"),
    ],
)  # fmt: skip
def test_position(position, genitive, dative):
    assert decline_phrase(position, "genitive") == genitive
    assert decline_phrase(position, "dative") == dative


def test_accusative_depends_on_being_alive():
    assert decline_phrase("старший методист", "accusative") == "старшего методиста"
    assert decline_phrase("методический отдел", "accusative") == "методический отдел"
    assert decline_phrase("тьютор", "accusative") == "тьютора"


@pytest.mark.parametrize("text", ["", " ", "12 ", "№ 5", "x" * 100_000, "а" * 100_000, "\ud800", "()" * 10])
def test_what_is_no_position_comes_back(text):
    assert decline_phrase(text, "genitive") == text


def test_number_in_words():
    assert number_in_words(21, "f") == "двадцать одна"
    assert number_in_words(1234) == "одна тысяча двести тридцать четыре"
