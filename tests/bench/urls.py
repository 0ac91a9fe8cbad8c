from django.urls import path

from imo_portal.urls import handler400, handler403, handler404, handler500
from imo_portal.urls import urlpatterns as portal
from tests.bench.anchor.views import answer

urlpatterns = [*portal, path("anchor/<int:pk>/", answer)]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
