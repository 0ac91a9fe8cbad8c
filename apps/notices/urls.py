from django.urls import path

from apps.notices import views

app_name = "notices"

urlpatterns = [
    path("notices/", views.NoticeList.as_view(), name="notice-list"),
    path("notices/read/", views.notices_read, name="notices-read"),
    path("notices/frequency/", views.frequency_edit, name="frequency-edit"),
    path("notices/<int:pk>/", views.notice_open, name="notice-open"),
    path("notices/<int:pk>/read/", views.notice_read, name="notice-read"),
    path("notices/log/", views.DeliveryList.as_view(), name="delivery-list"),
    path("notices/log/<int:pk>/", views.DeliveryPage.as_view(), name="delivery-detail"),
    path("notices/log/<int:pk>/resend/", views.delivery_resend, name="delivery-resend"),
]
