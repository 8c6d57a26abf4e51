from django.urls import path

from services.review import (
    views,
    views_case,
    views_decide,
    views_letters,
    views_queue,
    views_search,
)

app_name = "review"

# /petugas/
urlpatterns = [
    path("", views_queue.queue, name="queue"),
    path("cari/", views_search.search, name="search"),
    path("berikutnya/", views_decide.take_next, name="take_next"),
    path("surat/", views_letters.given_up, name="letters"),
    path("surat/<slug:token>/lagi/", views_letters.try_again, name="try_letters_again"),
    path("hijau/", views_queue.green, name="green"),
    path("hijau/setujui/", views_queue.approve_green, name="approve_green"),
    path("permohonan/<slug:token>/", views.detail, name="detail"),
    path("permohonan/<slug:token>/ambil/", views_decide.take, name="take"),
    path("permohonan/<slug:token>/lepas/", views_decide.release, name="release"),
    path("permohonan/<slug:token>/serahkan/", views_decide.hand_over, name="hand_over"),
    path("permohonan/<slug:token>/perpanjang/", views_decide.renew, name="renew"),
    path("permohonan/<slug:token>/urungkan/", views_decide.undo, name="undo"),
    path("permohonan/<slug:token>/catatan/", views_case.write_note, name="write_note"),
    path("permohonan/<slug:token>/kembar/", views_case.twins, name="twins"),
    path(
        "permohonan/<slug:token>/sebelumnya/<slug:page>.jpg",
        views_case.earlier_page,
        name="earlier_page",
    ),
    path("permohonan/<slug:token>/simpan/", views_decide.keep, name="keep"),
    path("permohonan/<slug:token>/setujui/", views_decide.approve, name="approve"),
    path(
        "permohonan/<slug:token>/kembalikan/", views_decide.send_back, name="send_back"
    ),
    path("permohonan/<slug:token>/tolak/", views_decide.reject, name="reject"),
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
