"""The OpenAPI document and the page made of it."""

import re

from django.test import Client

from apps.api.reference import parts_of, type_of
from apps.api.service import document

ADDRESSES = [
    "/api/v1/organizations",
    "/api/v1/organizations/{pk}",
    "/api/v1/forms",
    "/api/v1/forms/{pk}",
    "/api/v1/versions/{pk}",
    "/api/v1/versions/{pk}/cells",
    "/api/v1/campaigns",
    "/api/v1/campaigns/{pk}",
    "/api/v1/campaigns/{pk}/summary",
    "/api/v1/campaigns/{pk}/figures",
    "/api/v1/responses",
    "/api/v1/responses/{pk}",
    "/api/v1/responses/{pk}/cells",
]


def test_document_lists_every_address_for_reading_only(db):
    answer = Client().get("/api/openapi.json")
    given = answer.json()
    assert given["openapi"].startswith("3.")
    assert {path: list(methods) for path, methods in given["paths"].items()} == {
        path: ["get"] for path in ADDRESSES
    }
    assert given["components"]["securitySchemes"] == {"OwnRights": {"type": "http", "scheme": "bearer"}}


def test_every_address_and_field_is_explained():
    for part in parts_of(document(), {}):
        for one in part.addresses:
            assert re.search("[А-яё]", one.title), one.path
            assert re.search("[А-яё]", one.text), one.path
            assert one.fields, one.path
            for line in one.parameters + one.fields:
                assert re.search("[А-яё]", line.text), (one.path, line.name)
                assert "любое" not in line.type, (one.path, line.name)


def test_refusals_are_described():
    for methods in document()["paths"].values():
        statuses = {int(status) for status in methods["get"]["responses"]}
        assert statuses == {200, 400, 401, 403, 404, 405, 409, 422, 429, 503}


def test_parameters_and_fields_of_a_list():
    (one,) = [
        one for part in parts_of(document(), {}) for one in part.addresses if one.path.endswith("/campaigns")
    ]
    assert [(line.name, line.type) for line in one.parameters] == [
        ("form", "целое число"),
        ("state", "одно из: draft, running, closed"),
        ("limit", "целое число"),
        ("cursor", "строка"),
    ]
    assert [line.name for line in one.fields][:4] == [
        "items",
        "items[].id",
        "items[].title",
        "items[].form_id",
    ]


def test_types_in_words():
    assert type_of({}, {"type": "array", "items": {"type": "string"}}) == "список: строка"
    assert type_of({}, {"type": "string", "format": "date-time"}) == "дата и время"


def test_page_loads_nothing_from_outside(signed_in, methodist):
    answer = signed_in(methodist).get("/api/docs")
    page = answer.text
    assert all(f"GET {path}" in page for path in ADDRESSES)
    assert re.findall(r"""(?:src|href)=["']https?://""", page) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_page_is_for_those_who_sign_in(db):
    assert Client().get("/api/docs")["Location"] == "/login/?next=/api/docs"
