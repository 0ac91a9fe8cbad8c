"""The home page of a person without any role tells whom to ask."""

import re

from tests.papers.conftest import make_department


def test_whom_to_ask(signed_in, nobody):
    department = make_department()
    department.phone, department.email = "+7 (4132) 00-00-00", "imo@example.test"
    department.save()
    told = signed_in(nobody).get("/").content.decode()
    assert "У вас пока нет прав в портале." in told
    assert department.imo_name in told
    assert "+7 (4132) 00-00-00" in told
    assert 'href="mailto:imo@example.test"' in told
    assert "Сейчас от вас ничего не ждут" not in told


def test_portal_without_a_department_names_the_administrator(signed_in, nobody):
    told = re.sub(r"\s+", " ", signed_in(nobody).get("/").content.decode())
    assert "Права выдаёт администратор портала: назовите" in told


def test_those_with_a_role_are_not_told_so(signed_in, methodist):
    make_department()
    assert "У вас пока нет прав" not in signed_in(methodist).get("/").content.decode()
