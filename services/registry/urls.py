from django.urls import path

from services.registry import views, views_public

app_name = "registry"

# /laporan/ for the holder, /pemberi-kerja/ for employers
urlpatterns = [
    path("laporan/tautan/<slug:word>/", views_public.link, name="link"),
    path(
        "laporan/tautan/<slug:word>/bekerja/",
        views_public.link_hired,
        name="link_hired",
    ),
    path("laporan/perusahaan/<slug:token>/", views.employer, name="employer"),
    path("laporan/perusahaan/<slug:token>/tolak/", views.refuse, name="refuse"),
    path("laporan/kartu/<slug:token>/", views.card, name="card"),
    path("laporan/kartu/<slug:token>/lapor/", views.report, name="report"),
    path("laporan/kartu/<slug:token>/bekerja/", views.place, name="place"),
    path("laporan/kartu/<slug:token>/berhenti/", views.remove, name="remove"),
    path("laporan/kartu/<slug:token>/aktifkan/", views.reactivate, name="reactivate"),
    path("pemberi-kerja/", views_public.employers, name="employers"),
    path("pemberi-kerja/<slug:token>/", views_public.hired, name="hired"),
    path("pemberi-kerja/<slug:token>/terkirim/", views_public.heard, name="heard"),
]
