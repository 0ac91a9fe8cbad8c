"""What the app gives to the registries."""

from apps.core.registry import (
    HomeFigure,
    NavItem,
    SearchProvider,
    Signboard,
    home_figures,
    navigation,
    search_providers,
    signboards,
)
from apps.core.roles import reads_city
from apps.organizations import indicators, known, permissions, queries


def register() -> None:
    known.register()
    indicators.register()
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
    home_figures.register(
        HomeFigure(
            key="organizations.active",
            title="действующих организаций",
            figure=queries.active_count,
            url_name="organizations:organization-list",
            forms="действующая организация,действующие организации,действующих организаций",
            order=10,
            allowed=reads_city,
        )
    )
