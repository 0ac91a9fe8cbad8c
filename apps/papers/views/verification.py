"""The public check of a paper: open to everybody, without a session."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.papers.codes import canonical_code
from apps.papers.forms import CodeForm
from apps.papers.queries import issuer_name, paper_by_code, standing_replacement

INCOMPLETE = "Код состоит из 12 знаков: цифр и латинских букв. Проверьте, что он введён целиком."


@login_not_required
@never_cache
@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """The field to type a code into; what can be a code leads to its page."""
    if "code" not in request.GET:
        return render(request, "papers/verify_form.html", {"form": CodeForm()})
    form = CodeForm(request.GET)
    code = canonical_code(form.cleaned_data["code"]) if form.is_valid() else None
    if code:
        return redirect("papers:paper-verify", code=code)
    if form.is_valid():
        form.add_error("code", INCOMPLETE)
    return render(request, "papers/verify_form.html", {"form": form}, status=400)


@login_not_required
@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What was issued under the code, by whom, when, who signed it, and whether it still stands."""
    paper = paper_by_code(code)
    if paper is None:
        form = CodeForm(initial={"code": code[:100]})
        return render(request, "papers/verify_unknown.html", {"form": form}, status=404)
    context = {
        "paper": paper,
        "issuer": issuer_name(),
        "replacement": standing_replacement(paper),
    }
    return render(request, "papers/verify.html", context)
