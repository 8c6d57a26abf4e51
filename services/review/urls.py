from django.urls import path

from services.review import views, views_search

app_name = "review"

# /petugas/
urlpatterns = [
    path("", views.queue, name="queue"),
    path("cari/", views_search.search, name="search"),
    path("berikutnya/", views.take_next, name="take_next"),
    path("permohonan/<slug:token>/", views.detail, name="detail"),
    path("permohonan/<slug:token>/ambil/", views.take, name="take"),
    path("permohonan/<slug:token>/lepas/", views.release, name="release"),
    path("permohonan/<slug:token>/simpan/", views.keep, name="keep"),
    path("permohonan/<slug:token>/setujui/", views.approve, name="approve"),
    path("permohonan/<slug:token>/kembalikan/", views.send_back, name="send_back"),
    path("permohonan/<slug:token>/tolak/", views.reject, name="reject"),
    path(
        "permohonan/<slug:token>/dokumen/<slug:document>/<int:position>.jpg",
        views.document_page,
        name="document_page",
    ),
    path(
        "kantor/petugas/<slug:token>/ubah/",
        views.change_officer,
        name="change_officer",
    ),
]
