from django.urls import path

from services.hall import views_desk

app_name = "counter"

# /petugas/antrean/
urlpatterns = [
    path("", views_desk.desk, name="desk"),
    path("loket/", views_desk.choose, name="choose"),
    path("berikutnya/", views_desk.call_next, name="call_next"),
    path("pintu/", views_desk.door, name="door"),
    path("pintu/<slug:token>/", views_desk.slip, name="slip"),
    path("<slug:token>/panggil/", views_desk.call, name="call"),
    path("<slug:token>/layani/", views_desk.serve, name="serve"),
    path("<slug:token>/selesai/", views_desk.finish, name="finish"),
    path("<slug:token>/tidak-datang/", views_desk.miss, name="miss"),
]
