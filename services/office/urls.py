from django.urls import path

from services.office import views, views_hours, views_settings, views_words

app_name = "office"

# /petugas/kantor/
urlpatterns = [
    path("", views_settings.settings, name="settings"),
    path("kop/", views_settings.letterhead, name="letterhead"),
    path("logo/", views.logo, name="logo"),
    path("kartu/", views_settings.card, name="card"),
    path("nomor/", views_settings.number, name="number"),
    path("syarat/", views_settings.requirements, name="requirements"),
    path("janji/", views_settings.promise, name="promise"),
    path("jam-buka/", views_hours.hours, name="hours"),
    path("hari-libur/", views_hours.holidays, name="holidays"),
    path(
        "hari-libur/<slug:day>/hapus/",
        views_hours.remove_holiday,
        name="remove_holiday",
    ),
    path("alasan/", views_words.reasons, name="reasons"),
    path("alasan/tambah/", views_words.add_reason, name="add_reason"),
    path("alasan/<slug:token>/", views_words.change_reason, name="change_reason"),
    path("pesan/", views_words.texts, name="texts"),
    path("pesan/<slug:kind>/", views_words.text, name="text"),
    path("pesan/<slug:kind>/bawaan/", views_words.reset_text, name="reset_text"),
    path("setelah-kartu/", views_settings.after_card, name="after_card"),
    path("cara-kerja/", views_settings.working, name="working"),
    path("petugas/", views.officers, name="officers"),
    path("petugas/tambah/", views.add_officer, name="add_officer"),
    path("jurnal/", views.journal, name="journal"),
]
