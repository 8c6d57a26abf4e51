from django.urls import path

from services.printing import (
    views,
    views_card,
    views_printers,
    views_register,
    views_runs,
    views_stock,
)

app_name = "cards"

# /petugas/kartu/
urlpatterns = [
    path("", views.cards, name="list"),
    path("sahkan/", views.authorise, name="authorise"),
    path("cetak/", views.print_cards, name="print"),
    path("cetakan/<slug:token>/", views_runs.run, name="run"),
    path("cetakan/<slug:token>/hasil/", views_runs.confirm, name="confirm"),
    path("cetakan/<slug:token>/hentikan/", views_runs.cancel, name="cancel"),
    path(
        "cetakan/<slug:token>/coba-lagi/",
        views_runs.try_run_again,
        name="try_run_again",
    ),
    path("cetakan/<slug:token>/kartu.pdf", views_runs.print_pdf, name="print_pdf"),
    path("register/", views_register.register, name="register"),
    path("register/unduh/", views_register.download, name="download_register"),
    path("printer/", views_printers.printers, name="printers"),
    path("printer/tambah/", views_printers.add_printer, name="add_printer"),
    path("printer/<slug:token>/", views_printers.printer, name="printer"),
    path("printer/<slug:token>/kalibrasi/", views_printers.calibrate, name="calibrate"),
    path(
        "printer/<slug:token>/kalibrasi.pdf",
        views_printers.calibration_pdf,
        name="calibration_pdf",
    ),
    path("blangko/", views_stock.stock, name="stock"),
    path("blangko/terima/", views_stock.receive_blanks, name="receive_blanks"),
    path("blangko/rusak/", views_stock.spoil_blanks, name="spoil_blanks"),
    path("blangko/hitung/", views_stock.count_blanks, name="count_blanks"),
    path("<slug:token>/", views_card.detail, name="detail"),
    path("<slug:token>/pratinjau/", views_card.preview, name="preview"),
    path("<slug:token>/foto.jpg", views_card.photo, name="photo"),
    path("<slug:token>/logo", views_card.logo, name="logo"),
    path("<slug:token>/kartu.pdf", views_card.document, name="document"),
    path("<slug:token>/coba-lagi/", views_card.try_again, name="try_again"),
    path("<slug:token>/cetak-ulang/", views_card.ask_reprint, name="ask_reprint"),
    path("<slug:token>/surat/<int:position>.jpg", views_card.letter, name="letter"),
    path("<slug:token>/serahkan/", views_card.hand_over, name="hand_over"),
    path("<slug:token>/tarik/", views_card.ask_void, name="ask_void"),
    path("<slug:token>/tarik/sahkan/", views_card.void, name="void"),
    path("<slug:token>/tarik/batal/", views_card.keep, name="keep"),
]
