"""What the app gives to the registries."""

from apps.core.registry import NavItem, SearchProvider, Signboard, navigation, search_providers, signboards
from apps.organizations import known, permissions, queries


def register() -> None:
    known.register()
    navigation.register(
        NavItem(
            key="organizations",
            title="Организации",
            url_name="organizations:organization-list",
            icon="building",
            group="Справочники",
            order=60,
            allowed=permissions.can_see_list,
        )
    )
    search_providers.register(
        SearchProvider(
            key="organizations",
            title="Организации",
            search=queries.search_hits,
            order=10,
            allowed=permissions.can_see_list,
        )
    )
    signboards.register(Signboard(key="department", text=queries.department_short_name))
