"""Cards that look like one person: the list, the preview of a merge, and taking it back."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from apps.core import journal
from apps.core.access import found, require
from apps.core.pages import ActingForm, FormPage, pressed
from apps.core.russian import date_short
from apps.teachers import actions, permissions
from apps.teachers.actions.merging import ONLY_DECIDERS
from apps.teachers.duplicates import SIGNS, candidates, pairs
from apps.teachers.merging.preview import FILLED, preview
from apps.teachers.models import Merge, Person

LIST = [("Педагоги", "/teachers/")]
SIZE = 25


class SignForm(forms.Form):
    sign = forms.ChoiceField(label="Признак", choices=[("", "любой"), *SIGNS.items()], required=False)


class DuplicateList(TemplateView):
    template_name = "teachers/personal/duplicates.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(permissions.can_merge(request.user), ONLY_DECIDERS)
        response = super().get(request, *args, **kwargs)
        journal.viewed(by=request.user, title="Возможные повторы карточек")
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SignForm(self.request.GET)
        sign = form.cleaned_data["sign"] if form.is_valid() else ""
        rows = [row for row in candidates() if not sign or row[2] == sign]
        page = Paginator(rows, SIZE).get_page(self.request.GET.get("page"))
        merges = Merge.objects.visible_to(self.request.user).select_related("kept", "gone", "merged_by")
        return super().get_context_data(
            title="Возможные повторы",
            breadcrumbs=LIST,
            form=form,
            sign=sign,
            total=len(rows),
            page=page,
            pairs=pairs(list(page.object_list)),
            merges=merges[:SIZE],
            **kwargs,
        )


def pair_of(request: HttpRequest, first: int, second: int) -> tuple[Person, Person]:
    """Two present cards; 404 for one card twice, for a merged and an erased one."""
    rows = Person.objects.visible_to(request.user).present().select_related("user", "standing__organization")
    if first == second:
        raise Http404
    both = found(rows, pk=first), found(rows, pk=second)
    require(permissions.can_merge(request.user), ONLY_DECIDERS)
    return both


class MergePreview(ActingForm, FormPage):
    """The first card of the address stays, the second goes into it."""

    template_name = "teachers/personal/merge.html"
    form_class = forms.Form
    button = "Объединить карточки"
    done = "Карточки объединены."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        self.kept, self.gone = pair_of(request, kwargs["first"], kwargs["second"])
        self.preview = preview(self.kept, self.gone)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        for person in (self.kept, self.gone):
            journal.viewed(by=request.user, subject=person, note="сравнение карточек")
        return response

    def get_form(self, form_class: Any = None) -> forms.Form:
        form = super().get_form(form_class)
        for clash in self.preview.clashes:
            form.fields[clash.key] = forms.ChoiceField(
                label=clash.title,
                choices=clash.options,
                initial=clash.options[0][0],
                widget=forms.RadioSelect,
            )
        return form

    def act(self, form: forms.Form) -> Merge:
        return actions.merge(by=self.request.user, kept=self.kept, gone=self.gone, choices=form.cleaned_data)

    def success_url(self) -> str:
        return self.kept.get_absolute_url()

    def back(self) -> str:
        return reverse("teachers:duplicate-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title="Объединение карточек",
            breadcrumbs=[*LIST, ("Возможные повторы", reverse("teachers:duplicate-list"))],
            kept=self.kept,
            gone=self.gone,
            preview=self.preview,
            details=list(self.details()),
            **kwargs,
        )

    def details(self) -> Any:
        """Title, what the kept card says, what the other says, whether it is put in."""
        yield "ФИО", self.kept.full_name, self.gone.full_name, False
        for person_field in FILLED:
            values = [shown(person, person_field) for person in (self.kept, self.gone)]
            if any(values):
                title = str(Person._meta.get_field(person_field).verbose_name)  # type: ignore[union-attr]
                yield title[:1].upper() + title[1:], *values, person_field in self.preview.filled


def shown(person: Person, name: str) -> str:
    value = getattr(person, name)
    if name == "gender":
        return person.get_gender_display()
    return date_short(value) if name.endswith("_on") and value else str(value or "")


@require_POST
def not_same(request: HttpRequest, first: int, second: int) -> HttpResponse:
    one, other = pair_of(request, first, second)
    told = "Отмечено: это разные люди. Пара больше не предлагается."
    return pressed(
        request, actions.say_not_same, told, reverse("teachers:duplicate-list"), first=one, second=other
    )


@require_POST
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(Merge.objects.visible_to(request.user), pk=pk)
    require(permissions.can_merge(request.user), ONLY_DECIDERS)
    return pressed(
        request,
        actions.undo_merge,
        "Объединение отменено: обе карточки снова стоят отдельно.",
        reverse("teachers:duplicate-list"),
        merge=row,
    )
