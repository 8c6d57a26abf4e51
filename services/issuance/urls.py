from django.urls import path

from services.issuance import views, views_cards

app_name = "issuance"

# /permohonan/
urlpatterns = [
    path("", views.tasks, name="tasks"),
    path("mulai/", views.start, name="start"),
    path("status/", views.status, name="status"),
    path("kartu/", views_cards.cards, name="cards"),
    path("kartu/<slug:token>/ak1.pdf", views_cards.document, name="card_document"),
    path("kartu/<slug:token>/perbaikan/", views_cards.correct, name="correct_card"),
    path("<slug:token>/", views.detail, name="detail"),
    path("<slug:token>/kantor/", views.choose_office, name="choose_office"),
    path("<slug:token>/pratinjau/", views.preview, name="preview"),
    path("<slug:token>/pratinjau/foto.jpg", views.preview_photo, name="preview_photo"),
    path("<slug:token>/periksa/", views.check, name="check"),
    path("<slug:token>/ajukan/", views.submit, name="submit"),
    path("<slug:token>/terkirim/", views.confirmation, name="confirmation"),
    path("<slug:token>/batalkan/", views.withdraw, name="withdraw"),
]
