"""Compiled form versions, kept in the process: a published version never changes."""

from functools import lru_cache

from apps.monitoring.definition import CompiledForm, Form, compile_form, load
from apps.monitoring.models import FormVersion, Response
from apps.organizations.models import Organization


@lru_cache(maxsize=64)
def form_of(version_id: int) -> Form:
    """The definition of a published version."""
    definition = FormVersion.objects.values_list("definition", flat=True).get(pk=version_id)
    return load(definition)


@lru_cache(maxsize=128)
def _compiled(version_id: int, branches: tuple[tuple[str, str], ...]) -> CompiledForm:
    return compile_form(form_of(version_id), branches=branches)


def compiled_for(version_id: int, organization_id: int | None = None) -> CompiledForm:
    """The compiled published version; where it asks a copy for each branch, with the organisation's own.

    Args: ids. The database is asked once a version, and once a call where branches matter.
    """
    if organization_id is None or not form_of(version_id).repeats_by_branch:
        return _compiled(version_id, ())
    branches = Organization.objects.filter(parent_id=organization_id).order_by("pk")
    return _compiled(version_id, tuple((str(one.pk), one.short_name) for one in branches))


def compiled_of(response: Response) -> CompiledForm:
    """The compiled form a response answers."""
    return compiled_for(response.campaign.version_id, response.organization_id)


def compiled_version(version: FormVersion) -> CompiledForm:
    """The compiled form of any version: a published one is kept in the process, a draft is made anew."""
    if version.is_published:
        return compiled_for(version.pk)
    return compile_form(load(version.definition))
