"""Demo accounts as ./start shows them."""

from collections.abc import Sequence

PASSWORD = "demo"  # noqa: S105
LOGINS = {
    "head": "заведующий ИМО",
    "methodist": "методист",
    "methodist2": "методист",
    "assistant": "вспомогательный персонал",
    "director": "руководитель департамента",
    "school1": "ответственный от школы",
    "school2": "ответственный от школы",
    "kindergarten1": "ответственный от детского сада",
    "centre1": "ответственный от центра дополнительного образования",
    "teacher1": "педагог",
    "juror1": "член жюри, эксперт",
    "admin": "администратор",
}


def login_table(logins: Sequence[str]) -> str:
    """Lines «login — who it is» under a heading with the password."""
    lines = [f"  {login:<14} {LOGINS[login]}" for login in logins]
    return "\n".join([f"Демонстрационные учётные записи (пароль у всех: {PASSWORD}):", *lines])
