from imo_portal.launch.demo import login_table


def test_only_the_accounts_that_are_there_are_shown():
    assert login_table(["head", "school1"]) == (
        "Демонстрационные учётные записи (пароль у всех: demo):\n"
        "  head           заведующий ИМО\n"
        "  school1        ответственный от школы"
    )
