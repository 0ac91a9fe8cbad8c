"""What changed between two versions of a form, and the table of old codes → new codes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from apps.core.access import found, require
from apps.core.pages import ActingForm, ObjectFormPage
from apps.monitoring.actions.forms import save_old_codes
from apps.monitoring.compiled import compiled_version
from apps.monitoring.definition import DefinitionInvalid
from apps.monitoring.models import FormVersion
from apps.monitoring.permissions import can_edit_forms
from apps.monitoring.versions import changes, moves_of, names_of, unmapped
from apps.monitoring.versions.forms import LISTS, SuccessorsForm


class VersionChanges(ActingForm, ObjectFormPage):
    """The version against the one before it, or against `?with=` another one of the same form.

    Old codes are those of the version before, whichever version is compared.
    """

    queryset = FormVersion.objects.select_related("form")
    form_class = SuccessorsForm
    template_name = "monitoring/version_changes.html"
    done = "Соответствие кодов сохранено: прошлые периоды считаются по нему."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except DefinitionInvalid as invalid:
            messages.error(
                request, f"В черновике есть ошибки, их {len(invalid.faults)}: исправьте их сначала."
            )
            return redirect("monitoring:form-detail", pk=self.object.form_id)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(can_edit_forms(request.user), "Формы составляют методисты и заведующий.")
        self._before()
        return super().post(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._before()
        return super().get(request, *args, **kwargs)

    def _before(self) -> FormVersion:
        """The version just before this one; 404 for the first."""
        return found(self._others(), number=self.object.number - 1)

    def _others(self) -> Any:
        return FormVersion.objects.visible_to(self.request.user).filter(form_id=self.object.form_id)

    def _compared(self) -> FormVersion:
        asked = self.request.GET.get("with", "")
        others = self._others().exclude(pk=self.object.pk)
        return found(others, number=int(asked)) if asked.isdecimal() and len(asked) < 5 else self._before()

    def get_form_kwargs(self) -> dict[str, Any]:
        self.old, self.new = compiled_version(self._before()), compiled_version(self.object)
        return {
            **super().get_form_kwargs(),
            "moves": moves_of(self.old.form, self.new.form, self.object.old_codes),
            "names": names_of(self.new.form),
        }

    def act(self, form: SuccessorsForm) -> None:
        save_old_codes(version=self.object, old_codes=form.cleaned_data, by=self.request.user)

    def success_url(self) -> str:
        return reverse("monitoring:version-changes", args=[self.object.pk])

    def back(self) -> str:
        return reverse("monitoring:form-detail", args=[self.object.form_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        compared = self._compared()
        names = context["form"].names.values()
        lost = unmapped(self.old, self.new, self.object.old_codes)
        return {
            **context,
            "title": f"Что изменилось: {self.object}",
            "compared": compared,
            "others": self._others().exclude(pk=self.object.pk).order_by("-number").only("number", "state"),
            "changes": changes(compiled_version(compared).form, self.new.form),
            "lists": {code: [one for one in names if one.kind == kind] for kind, code in LISTS.items()},
            "lost": lost[:MOST_SHOWN],
            "lost_count": len(lost),
            "can_edit": can_edit_forms(self.request.user),
        }


MOST_SHOWN = 200
