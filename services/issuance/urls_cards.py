from django.urls import path

from services.issuance import views_cards as views

app_name = "cards"

# /petugas/kartu/
urlpatterns = [
    path("", views.cards, name="list"),
    path("sahkan/", views.authorise, name="authorise"),
    path("cetak/", views.print_cards, name="print"),
    path("cetakan/<slug:token>/", views.print_run, name="print_run"),
    path("cetakan/<slug:token>/kartu.pdf", views.print_pdf, name="print_pdf"),
    path("<slug:token>/", views.detail, name="detail"),
    path("<slug:token>/pratinjau/", views.preview, name="preview"),
    path("<slug:token>/foto.jpg", views.photo, name="photo"),
    path("<slug:token>/logo", views.logo, name="logo"),
    path("<slug:token>/serahkan/", views.hand_over, name="hand_over"),
    path("<slug:token>/tarik/", views.void, name="void"),
]
