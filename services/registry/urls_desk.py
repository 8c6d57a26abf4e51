from django.urls import path

from services.registry import views_desk, views_register

app_name = "register"

# /petugas/register/
urlpatterns = [
    path("", views_register.home, name="home"),
    path("saldo-awal/", views_register.old_balance, name="old_balance"),
    path("bulan/<slug:month>/", views_register.month_table, name="month_table"),
    path("kartu/<slug:token>/", views_desk.card, name="card"),
    path("kartu/<slug:token>/lapor/", views_desk.report, name="report"),
    path("kartu/<slug:token>/bekerja/", views_desk.place, name="place"),
    path("kartu/<slug:token>/hapus/", views_desk.remove, name="remove"),
    path("kartu/<slug:token>/aktifkan/", views_desk.reactivate, name="reactivate"),
    path(
        "perusahaan/<slug:token>/", views_desk.employer_report, name="employer_report"
    ),
    path("perusahaan/<slug:token>/terima/", views_desk.confirm, name="confirm"),
    path("perusahaan/<slug:token>/tolak/", views_desk.refuse, name="refuse"),
]
