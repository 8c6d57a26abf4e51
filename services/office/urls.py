from django.urls import path

from services.office import views

app_name = "office"

# /petugas/kantor/
urlpatterns = [
    path("", views.settings, name="settings"),
    path("logo/", views.logo, name="logo"),
    path("petugas/", views.officers, name="officers"),
    path("petugas/tambah/", views.add_officer, name="add_officer"),
    path("jurnal/", views.journal, name="journal"),
]
