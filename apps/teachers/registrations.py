"""What the app gives to the registries."""

from apps.core.registry import NavItem, SearchProvider, navigation, search_providers
from apps.teachers import permissions, queries


def register() -> None:
    """Called when the app is ready."""
    navigation.register(
        NavItem(
            key="teachers",
            title="Педагоги",
            url_name="teachers:person-list",
            icon="people",
            group="Справочники",
            order=61,
            allowed=permissions.can_see_registry,
        )
    )
    search_providers.register(
        SearchProvider(
            key="teachers",
            title="Педагоги",
            search=queries.search_hits,
            order=11,
            allowed=permissions.can_see_registry,
        )
    )
