from django.urls import path

from services.verification import views, views_offline, views_reports

app_name = "verification"

# /periksa/
urlpatterns = [
    path("", views.start, name="start"),
    path("luring/", views_offline.page, name="offline"),
    path("pekerja.js", views_offline.worker, name="worker"),
    path("kunci.json", views_offline.keys, name="keys"),
    path("ditarik.txt", views_offline.withdrawn, name="withdrawn"),
    path("lapor/", views_reports.report, name="report"),
    path("lapor/<slug:token>/", views_reports.reported, name="reported"),
    path("<slug:token>/", views.card, name="card"),
]
