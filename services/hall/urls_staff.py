from django.urls import path

from services.hall import views_settings

app_name = "hall_settings"

# /petugas/kantor/antrean/
urlpatterns = [
    path("", views_settings.settings, name="settings"),
    path("layar/", views_settings.renew_screen, name="renew_screen"),
    path("loket/tambah/", views_settings.add_counter, name="add_counter"),
    path("loket/<slug:token>/", views_settings.counter, name="counter"),
]
