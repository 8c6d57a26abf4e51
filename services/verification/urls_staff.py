from django.urls import path

from services.verification import views_staff

app_name = "forgery"

# /petugas/laporan-palsu/
urlpatterns = [
    path("", views_staff.reports, name="list"),
    path("<slug:token>/", views_staff.detail, name="detail"),
    path("<slug:token>/foto.jpg", views_staff.photo, name="photo"),
    path("<slug:token>/tutup/", views_staff.close, name="close"),
]
