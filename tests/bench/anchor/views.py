"""The anchor: a plain Django form view of 25 questions behind sign-in, with CSRF, one JSON row."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template import engines

from tests.bench.anchor.models import Answer
from tests.bench.definitions import QUESTION_COUNT

PAGE = """<!DOCTYPE html><html lang="ru"><head><title>Анкета</title></head><body><h1>Анкета</h1>
<form method="post">{% csrf_token %}{{ form.as_p }}<button>Сохранить</button></form></body></html>"""


class AnswerForm(forms.Form):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for number in range(1, QUESTION_COUNT + 1):
            self.fields[f"q{number}"] = forms.IntegerField(
                label=f"Показатель номер {number}", required=False, min_value=0
            )


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Answer, pk=pk)
    if request.method == "POST":
        form = AnswerForm(request.POST)
        if form.is_valid():
            row.values = form.cleaned_data
            row.save()
            return redirect(request.path)
    else:
        form = AnswerForm(initial=row.values)
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"form": form}, request))
