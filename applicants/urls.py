from django.urls import path

from applicants import views, views_documents, views_entries

app_name = "applicants"

# /saya/
urlpatterns = [
    path("", views.profile, name="profile"),
    path("identitas/", views.identity, name="identity"),
    path("umum/", views.general, name="general"),
    path("alamat/", views.address, name="address"),
    path("wilayah/<slug:code>/", views.regions_below, name="regions"),
    path("minat/", views.wishes, name="wishes"),
    path(
        "pendidikan/",
        views_entries.entries,
        {"part": "pendidikan"},
        name="education",
    ),
    path(
        "keterampilan/",
        views_entries.entries,
        {"part": "keterampilan"},
        name="training",
    ),
    path("bahasa/", views_entries.entries, {"part": "bahasa"}, name="languages"),
    path(
        "pengalaman/",
        views_entries.entries,
        {"part": "pengalaman"},
        name="experience",
    ),
    path("<slug:part>/tambah/", views_entries.add_entry, name="add_entry"),
    path("<slug:part>/tidak-ada/", views_entries.declare_none, name="declare_none"),
    path(
        "<slug:part>/<slug:token>/ubah/",
        views_entries.change_entry,
        name="change_entry",
    ),
    path(
        "<slug:part>/<slug:token>/hapus/",
        views_entries.remove_entry,
        name="remove_entry",
    ),
    path("dokumen/unggah/<slug:kind>/", views_documents.upload, name="upload"),
    path("dokumen/<slug:token>/atur/", views_documents.crop, name="crop"),
    path(
        "dokumen/<slug:token>/buang/",
        views_documents.remove_document,
        name="remove_document",
    ),
    path("dokumen/<slug:token>/<int:position>.jpg", views_documents.page, name="page"),
]
