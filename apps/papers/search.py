"""Issued papers in the search over everything."""

from typing import Any

from django.db.models import Q

from apps.core.registry import SearchHit, SearchProvider
from apps.papers.codes import canonical_code
from apps.papers.models import Paper
from apps.papers.permissions import can_see_papers


def search_papers(actor: Any, query: str, limit: int) -> list[SearchHit]:
    """Papers the actor may see, by number, title, department's number or code."""
    condition = Q(number__icontains=query) | Q(title__icontains=query) | Q(department_number__icontains=query)
    if code := canonical_code(query):
        condition |= Q(code=code)
    papers = Paper.objects.visible_to(actor).filter(condition).defer("snapshot")[:limit]
    return [
        SearchHit(str(paper), paper.get_absolute_url(), "Выданный документ", paper.title) for paper in papers
    ]


PAPERS = SearchProvider("papers", "Выданные документы", search_papers, order=40, allowed=can_see_papers)
