"""What the pages that write the registry share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.core import journal
from apps.core.uploads import UploadRefused
from apps.teachers.models import Person
from apps.teachers.records.fields import in_place

REGISTRY = [("Педагоги", "/teachers/")]


def registry() -> str:
    return reverse("teachers:person-list")


def card_of(person: Person) -> str:
    return person.get_absolute_url()


class Placed:
    """`write` acts; a fault that a wall of `walls` tells stands at the field it is about."""

    walls: tuple[type, ...] = ()

    def write(self, form: Any) -> Any:
        raise NotImplementedError

    def act(self, form: Any) -> Any:
        try:
            return self.write(form)
        except ValidationError as error:
            raise in_place(error, *self.walls) from error
        except UploadRefused as refused:
            raise ValidationError({"file": refused.told}) from refused

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"breadcrumbs": REGISTRY, **kwargs})  # type: ignore[misc]


class OfPerson:
    """A form that shows personal data: each opening leaves a line in the journal."""

    request: HttpRequest

    def read_person(self) -> Person:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)  # type: ignore[misc]
        journal.viewed(by=request.user, subject=self.read_person())
        return response
