"""Every address that takes a file: the right one, the wrong person, the wrong file."""

import inspect
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from openpyxl import load_workbook

from tests.core.containers import archive, xlsx
from tests.monitoring.ministry.books import blank_of_library, filled
from tests.monitoring.small import SMALL
from tests.walk.conftest import signed_in_as
from tests.walk.pages import PAGES
from tests.walk.parts import VIEWS, view_class
from tests.walk.test_addresses import address_of, parted
from tests.walk.test_exports import fetched
from tests.walk.world import PNG, changed_tables

pytestmark = pytest.mark.django_db
BY_NAME = {page.name: page for page in PAGES}
PROGRAM = b"MZ\x90\x00" + b"\x00" * 200
ORGANIZATIONS = [["Название", "Вид организации", "Тип"], ["Школа № 78", "школа", "бюджетное"]]
XLSFORM = [["type", "name", "label"], ["integer", "pupils", "Сколько учеников"]]
BLANK = [["Показатель", "Код", "Всего"], [1, 2, 3], ["Ученики", "01", None]]
PLAN = [["Раздел", "Мероприятие", "Срок", "Ответственный"], ["3.1", "Мониторинг", "март", "Лугова"]]


@dataclass(frozen=True)
class Upload:
    """`good` makes the content of a right file; `taken` are tables that it is written to."""

    user: str
    file: str
    good: Callable[[], bytes]
    taken: str
    more: dict = field(default_factory=dict)


UPLOADS = {
    "organizations:organization-import": Upload(
        "methodist", "Список.xlsx", lambda: xlsx(ORGANIZATIONS), "core_storedfile"
    ),
    "monitoring:form-import": Upload(
        "methodist", "форма.json", lambda: json.dumps(SMALL).encode(), "monitoring_formversion"
    ),
    "monitoring:xlsform-import": Upload(
        "methodist", "Форма.xlsx", lambda: xlsx(XLSFORM, "survey"), "core_storedfile"
    ),
    "monitoring:blank-import": Upload("methodist", "Бланк.xlsx", lambda: xlsx(BLANK), "core_storedfile"),
    "monitoring:blank-create": Upload("methodist", "ФОНД.xlsx", blank_of_library, "core_storedfile"),
    "monitoring:response-blanks": Upload(
        "own", "Наш ФОНД.xlsx", lambda: filled({"F9": 11}), "core_storedfile"
    ),
    "monitoring:campaign-earlier": Upload(
        "methodist", "Прошлый.xlsx", bytes, "monitoring_campaign", {"period_start": "2024-09-01"}
    ),
    "monitoring:response-workbook": Upload("own", "Бланк.xlsx", bytes, "core_storedfile"),
    "monitoring:attachment-upload": Upload(
        "own", "скан.png", lambda: PNG, "core_storedfile", {"kind": "scan"}
    ),
    "office:order-scan-upload": Upload("head", "скан.png", lambda: PNG, "core_storedfile"),
    "papers:attachment-add": Upload(
        "methodist", "скан.png", lambda: PNG, "core_storedfile", {"kind": "scan"}
    ),
    "planning:plan-import": Upload("methodist", "План.xlsx", lambda: xlsx(PLAN), "core_storedfile"),
    "office:act-upload": Upload("head", "скан.png", lambda: PNG, "core_storedfile"),
    # teachers: records
    "teachers:record-create": Upload(
        "own", "диплом.png", lambda: PNG, "core_storedfile", {"degree": "master"}
    ),
    "teachers:record-edit": Upload("own", "диплом.png", lambda: PNG, "core_storedfile", {"degree": "master"}),
}


def takes_files(name: str) -> bool:
    """The form of the page has a file, or its view reads the posted files."""
    fields = getattr(getattr(view_class(name), "form_class", None), "base_fields", {})
    if any(isinstance(one, forms.FileField) for one in fields.values()):
        return True
    view = view_class(name) or inspect.unwrap(VIEWS[name])
    return "request.FILES" in inspect.getsource(view)


def test_every_upload_has_its_line():
    assert {name for name in VIEWS if takes_files(name)} == set(UPLOADS)


def content_of(name: str, world, sessions) -> bytes:
    """The earlier round and the answers of a school are loaded back in the workbooks the portal gives."""
    if name == "monitoring:response-workbook":
        url = address_of(world, BY_NAME["monitoring:response-template"])
        return fetched(signed_in_as(sessions, "own"), url)[1]
    if name != "monitoring:campaign-earlier":
        return UPLOADS[name].good()
    url = address_of(world, BY_NAME["monitoring:campaign-earlier-blank"])
    return filled_blank(fetched(signed_in_as(sessions, "methodist"), url)[1])


def filled_blank(blank: bytes) -> bytes:
    """The blank with one figure of the first organisation; its second row names the columns."""
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(blank)).active.iter_rows()]
    rows[2][rows[0].index("1/01/4")] = 9
    return xlsx([[value if value is not None else "" for value in row] for row in rows])


def posted(client, name: str, world, content: bytes, file: str = ""):
    upload = UPLOADS[name]
    body = {**upload.more, "file": SimpleUploadedFile(file or upload.file, content)}
    return client.post(address_of(world, BY_NAME[name]), body)


@pytest.mark.parametrize("name", UPLOADS)
def test_right_file(name, world, sessions, untouched):
    upload = UPLOADS[name]
    content = content_of(name, world, sessions)
    mark = transaction.savepoint()
    response = posted(signed_in_as(sessions, upload.user), name, world, content)
    assert response.status_code == 302, response.content.decode()
    assert upload.taken in changed_tables(untouched)
    transaction.savepoint_rollback(mark)


@pytest.mark.parametrize("name", UPLOADS)
def test_right_file_of_the_wrong_person(name, world, sessions, untouched):
    content = content_of(name, world, sessions)
    refused, _ = parted(BY_NAME[name].post)
    assert len(refused) >= 5
    answers = {
        word: posted(signed_in_as(sessions, word), name, world, content).status_code for word in refused
    }
    assert answers == refused
    assert changed_tables(untouched) == set()


def bomb() -> bytes:
    """Forty megabytes of zeros under the name of a sheet."""
    parts = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
    return archive(parts | {"xl/worksheets/sheet1.xml": b"\x00" * 40_000_000}, zipfile.ZIP_DEFLATED)


WRONG = {
    "renamed program": lambda: (PROGRAM, ""),
    "program": lambda: (PROGRAM, "setup.exe"),
    "empty": lambda: (b"", ""),
    "bomb": lambda: (bomb(), "Список.xlsx"),
    "cut": lambda: (xlsx(ORGANIZATIONS)[:200], "Список.xlsx"),
    "page": lambda: (b"<!doctype html><script>alert(1)</script>", "страница.html"),
}


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("name", UPLOADS)
def test_wrong_file(name, kind, world, sessions, untouched):
    content, file = WRONG[kind]()
    response = posted(signed_in_as(sessions, UPLOADS[name].user), name, world, content, file)
    assert response.status_code == 422
    assert changed_tables(untouched) == set()
    assert TOLD.search(response.content.decode())


# A sentence about the file, whichever check it met first.
TOLD = re.compile("не принимаются|не принимается|пуст|слишком велик|повреждён|не читается", re.IGNORECASE)
