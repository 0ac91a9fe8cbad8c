"""Pages that write a person's card and the rows about him."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from apps.core.access import found, require
from apps.core.files import downloaded
from apps.core.pages import ActingForm, FormPage, ObjectFormPage, pressed
from apps.teachers import actions, permissions
from apps.teachers.actions.people import NOT_THEIRS, ONLY_KEEPERS, persons_of
from apps.teachers.models import Employment, Mentorship, Person
from apps.teachers.records.kinds import Kind, kind_of
from apps.teachers.records.person_forms import PersonCreateForm, PersonForm
from apps.teachers.records.row_forms import ScannedForm
from apps.teachers.views.common import REGISTRY, OfPerson, Placed, card_of, registry

NOT_FOR_YOU = "Реестр педагогов ведут ответственный от организации и сотрудники ИМО."


class PersonCreate(Placed, ActingForm, FormPage):
    form_class = PersonCreateForm
    title = "Новый педагог"
    lead = "Карточка с первым местом работы. Образование, категории и обучение добавляют на самой карточке."
    button = "Создать"
    done = "Карточка создана."
    walls = (Person, Employment)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(permissions.can_keep(request.user), NOT_FOR_YOU)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def write(self, form: PersonCreateForm) -> Person:
        return actions.create_person(by=self.request.user, employment=form.post(), **form.details())

    def success_url(self) -> str:
        made = getattr(self, "made", None)
        return card_of(made) if made else registry()


class PersonEdit(OfPerson, Placed, ActingForm, ObjectFormPage):
    queryset = Person.objects
    form_class = PersonForm
    title = "Карточка педагога"
    lead = "Места работы, категории и обучение меняют на самой карточке."
    refusal = ONLY_KEEPERS
    walls = (Person,)

    def get_queryset(self) -> Any:
        return super().get_queryset().present()

    def is_allowed(self) -> bool:
        return permissions.can_keep(self.request.user, self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        """A second copy: the form writes into it what was typed, the page must not show that as saved."""
        return {**super().get_form_kwargs(), "by": self.request.user, "instance": self.get_object()}

    def read_person(self) -> Person:
        return self.object

    def write(self, form: PersonForm) -> Person:
        return actions.change_person(by=self.request.user, person=self.object, **form.details())

    def success_url(self) -> str:
        return card_of(self.object)


class RecordPage(Placed, ActingForm, ObjectFormPage):
    """The form of a row of the kind that stands in the address; `form_class` names the field of a scan."""

    form_class = ScannedForm
    refusal = ONLY_KEEPERS
    kind: Kind
    person: Person
    record: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.kind = kind_of(kwargs["kind"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def walls(self) -> tuple[type, ...]:  # type: ignore[override]
        return (self.kind.model,)

    def get_form_class(self) -> type:
        return self.kind.form

    def get_form_kwargs(self) -> dict[str, Any]:
        given = {"by": self.request.user, "person": self.person, "instance": self.record}
        return {**super().get_form_kwargs(), **given}

    def write(self, form: Any) -> Any:
        record = form.fill()
        if not self.kind.has_scan:
            return actions.save_record(by=self.request.user, record=record)
        given = form.cleaned_data
        return actions.save_with_scan(
            by=self.request.user, record=record, file=given["file"], drop=given.get("drop_scan", False)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [*REGISTRY, (self.person.full_name, card_of(self.person))]
        texts = {"title": self.kind.title, "lead": self.kind.lead, "breadcrumbs": crumbs}
        return super().get_context_data(**{**texts, **kwargs})

    def success_url(self) -> str:
        return card_of(self.person)


class RecordCreate(RecordPage):
    """A new row; the person stands in the address."""

    queryset = Person.objects
    button = "Добавить"

    def get_queryset(self) -> Any:
        return super().get_queryset().present()

    def is_allowed(self) -> bool:
        self.person = self.object
        self.record = self.kind.new(self.person)
        self.done = self.kind.saved
        return permissions.can_keep(self.request.user, self.person)


class RecordEdit(OfPerson, RecordPage):
    template_name = "teachers/records/record_form.html"
    refusal = NOT_THEIRS

    def get_queryset(self) -> Any:
        return self.kind.model.objects.visible_to(self.request.user)  # type: ignore[attr-defined]

    def is_allowed(self) -> bool:
        self.person = persons_of(self.object)[-1]
        self.record = self.get_object()
        return permissions.can_keep_record(self.request.user, self.object)

    def read_person(self) -> Person:
        return self.person

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = [self.kind.slug, self.object.pk]
        scan = self.kind.has_scan and self.object.scan_id
        return super().get_context_data(
            delete_url=reverse("teachers:record-delete", args=given),
            scan_url=reverse("teachers:record-scan", args=given) if scan else "",
            links=post_links(self.request.user, self.object),
            **kwargs,
        )


def post_links(user: Any, record: Any) -> list[tuple[str, str]]:
    """What else may be done with a post or a pair: (address, label)."""
    if isinstance(record, Mentorship) and not record.terminated_by:
        return [(reverse("teachers:mentorship-end", args=[record.pk]), "Прекратить досрочно")]
    if not isinstance(record, Employment) or record.ended_on is not None:
        return []
    links = [(reverse("teachers:employment-dismiss", args=[record.pk]), "Уволить")]
    if permissions.is_keeper(user):
        links.append((reverse("teachers:employment-transfer", args=[record.pk]), "Перевести"))
    return links


def record_of(request: HttpRequest, kind: str, pk: int) -> Any:
    """A row the user sees; `Http404` otherwise."""
    return found(kind_of(kind).model.objects.visible_to(request.user), pk=pk)  # type: ignore[attr-defined]


@require_POST
def record_delete(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    record = record_of(request, kind, pk)
    require(permissions.can_keep_record(request.user, record), NOT_THEIRS)
    to = card_of(persons_of(record)[-1])
    return pressed(request, actions.remove_with_scan, "Запись удалена.", to, record=record)


@require_GET
def record_scan(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """The scan, for whoever keeps the card and for the person himself."""
    record = record_of(request, kind, pk)
    person = persons_of(record)[-1]
    require(permissions.can_see_private(request.user, person), "Сканы видят те, кто ведёт карточку.")
    return downloaded(request.user, record, getattr(record, "scan", None), title=str(person))
