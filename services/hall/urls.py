from django.urls import path

from services.hall import views, views_screen

app_name = "hall"

# /antrean/ for people, /layar/ for the screen in the hall
urlpatterns = [
    path("antrean/", views.halls, name="halls"),
    path("antrean/nomor/<slug:token>/", views.ticket, name="ticket"),
    path("antrean/nomor/<slug:token>/batalkan/", views.cancel, name="cancel"),
    path("antrean/ikuti/<slug:token>/", views.follow, name="follow"),
    path("antrean/<slug:code>/ambil/", views.take, name="take"),
    path("layar/<slug:token>/", views_screen.screen, name="screen"),
    path("layar/<slug:token>/isi/", views_screen.screen_part, name="screen_part"),
]
