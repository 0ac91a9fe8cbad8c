"""The preview of a version: a published one is kept in the process, a draft is not."""

from django.urls import reverse

from apps.monitoring.actions.forms import import_definition, publish
from apps.monitoring.skeleton import skeleton_of
from tests.monitoring.small import SMALL


def test_only_a_published_version_is_kept(client, methodist):
    version = import_definition(definition=SMALL, by=methodist)
    address = reverse("monitoring:version-preview", args=[version.pk])
    client.force_login(methodist)
    skeleton_of.cache_clear()

    assert client.get(address).status_code == 200
    assert skeleton_of.cache_info().currsize == 0

    publish(version=version, by=methodist)
    assert client.get(address).status_code == 200
    assert skeleton_of.cache_info().currsize == 1
