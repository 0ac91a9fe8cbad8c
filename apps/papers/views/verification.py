"""The public check of a paper: open to everybody, without a session."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.core.russian import date_short
from apps.papers.codes import canonical_code
from apps.papers.enums import PaperState
from apps.papers.forms import CodeForm
from apps.papers.models import Paper
from apps.papers.queries import issuer_name, paper_by_code, standing_replacement

FORM_PAGE = {
    "title": "Проверка документа",
    "lead": "Введите код с документа, чтобы узнать, выдан ли он порталом и действует ли.",
}
UNKNOWN_PAGE = {"title": "Документ не найден"}
INCOMPLETE = "Код состоит из 12 знаков: цифр и латинских букв. Проверьте, что он введён целиком."


@login_not_required
@never_cache
@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """The field to type a code into; what can be a code leads to its page."""
    if "code" not in request.GET:
        return render(request, "papers/verify_form.html", FORM_PAGE | {"form": CodeForm()})
    form = CodeForm(request.GET)
    code = canonical_code(form.cleaned_data["code"]) if form.is_valid() else None
    if code:
        return redirect("papers:paper-verify", code=code)
    if form.is_valid():
        form.add_error("code", INCOMPLETE)
    return render(request, "papers/verify_form.html", FORM_PAGE | {"form": form}, status=400)


@login_not_required
@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What was issued under the code, by whom, when, who signed it, and whether it still stands."""
    paper = paper_by_code(code)
    if paper is None:
        form = CodeForm(initial={"code": code[:100]})
        return render(request, "papers/verify_unknown.html", UNKNOWN_PAGE | {"form": form}, status=404)
    context = {
        "title": "Проверка документа",
        "paper": paper,
        "details": details(paper),
        "is_valid": paper.state == PaperState.VALID,
        "replacement": standing_replacement(paper),
    }
    return render(request, "papers/verify.html", context)


def details(paper: Paper) -> list[tuple[str, Any]]:
    """What the register says of the paper to everybody: of persons the signatory alone."""
    registered = f"№\u00a0{paper.department_number} от {date_short(paper.department_date)}"
    return [
        ("Документ", paper.get_kind_display()),
        ("Заголовок", paper.title),
        ("Номер", paper.number),
        ("Дата", date_short(paper.issued_on)),
        ("Кем выдан", issuer_name()),
        ("Подписал", paper.signatory_name),
        ("Должность", paper.signatory_title),
        *([("Основание", paper.signatory_basis)] if paper.signatory_basis else []),
        *([("Регистрация в департаменте", registered)] if paper.department_number else []),
        ("Код проверки", paper.code),
    ]
