from django.urls import path

from apps.portal.views import history, pages, setup

app_name = "portal"

urlpatterns = [
    path("", pages.HomePage.as_view(), name="home"),
    path("search/", pages.SearchPage.as_view(), name="search"),
    path("journal/", pages.JournalPage.as_view(), name="journal-list"),
    path("journal/<str:label>/<str:pk>/", history.HistoryPage.as_view(), name="journal-history"),
    path("help/", pages.HelpPage.as_view(), name="help"),
    path("help/<slug:name>/", pages.GuidePage.as_view(), name="guide"),
    path("setup/", setup.SetupPage.as_view(), name="setup"),
]
