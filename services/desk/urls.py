from django.urls import path

from services.desk import views, views_diplomas, views_papers, views_people

app_name = "desk"

# /petugas/loket/
urlpatterns = [
    path("", views_people.start, name="start"),
    path("orang/", views_people.person, name="person"),
    path("buka/", views_people.open_record, name="open_record"),
    path("perbaikan/", views_people.correct, name="correct"),
    path("baru/", views.new, name="new"),
    path("ijazah/", views_diplomas.diplomas, name="diplomas"),
    path("ijazah/<slug:token>/", views_diplomas.diploma, name="diploma"),
    path(
        "ijazah/<slug:token>/<int:position>.jpg",
        views_diplomas.diploma_page,
        name="diploma_page",
    ),
    path(
        "ijazah/<slug:token>/terlihat/",
        views_diplomas.see_diploma,
        name="see_diploma",
    ),
    path("<slug:token>/", views.sheet, name="sheet"),
    path("<slug:token>/dokumen/", views_papers.papers, name="papers"),
    path("<slug:token>/dokumen/<slug:kind>/kirim/", views_papers.upload, name="upload"),
    path(
        "<slug:token>/dokumen/<slug:document>/buang/",
        views_papers.remove,
        name="remove",
    ),
    path("<slug:token>/dokumen/<slug:document>/atur/", views_papers.crop, name="crop"),
    path(
        "<slug:token>/dokumen/<slug:document>/<int:position>.jpg",
        views_papers.page,
        name="page",
    ),
    path("<slug:token>/ajukan/", views_papers.submit, name="submit"),
    path("<slug:token>/tanda-terima/", views_papers.receipt, name="receipt"),
    path("<slug:token>/kode/", views_papers.claim_code, name="claim_code"),
]
