"""The streets of the portal. What stands behind each is in that app's own urls.py."""

from allauth.account import views as account
from django.db.transaction import atomic
from django.urls import include, path
from django.views.i18n import set_language

from ak1portal.audience import for_everyone, public
from ak1portal.health import healthz
from applicants.views_account import email_code, reset_code
from services.desk.views_claim import claim
from services.office import views as office

account_urls = [
    path("masuk/", public(account.login), name="account_login"),
    path("keluar/", public(account.logout), name="account_logout"),
    # An account whose code did not leave is none.
    path("daftar/", public(atomic(account.signup)), name="account_signup"),
    path("tidak-aktif/", public(account.account_inactive), name="account_inactive"),
    path(
        "kode/",
        public(email_code),
        name="account_email_verification_sent",
    ),
    path("sandi/lupa/", public(account.password_reset), name="account_reset_password"),
    path(
        "sandi/lupa/kode/",
        public(reset_code),
        name="account_confirm_password_reset_code",
    ),
    path(
        "sandi/lupa/baru/",
        public(account.complete_password_reset),
        name="account_complete_password_reset",
    ),
    path(
        "sandi/lupa/selesai/",
        public(account.password_reset_from_key_done),
        name="account_password_reset_completed",
    ),
    path(
        "sandi/ganti/",
        for_everyone(account.password_change),
        name="account_change_password",
    ),
    path(
        "sandi/buat/",
        for_everyone(account.password_set),
        name="account_set_password",
    ),
    path("surel/", for_everyone(account.email), name="account_email"),
    path(
        "sandi/ulang/",
        for_everyone(account.reauthenticate),
        name="account_reauthenticate",
    ),
]

handler400 = "ak1portal.refusals.bad_request"
handler500 = "ak1portal.refusals.server_error"

urlpatterns = [
    path("", office.home, name="home"),
    path("privasi/", office.privacy, name="privacy"),
    path("tentang/", office.about, name="about"),
    path("pintu/", office.door, name="door"),
    path("healthz", healthz, name="healthz"),
    path("bahasa/", public(set_language), name="set_language"),
    path("akun/", include(account_urls)),
    path("saya/", include("applicants.urls")),
    path("permohonan/", include("services.issuance.urls")),
    path("periksa/", include("services.verification.urls")),
    path("petugas/", include("services.review.urls")),
    path("petugas/kartu/tanda-tangan/", include("services.signing.urls")),
    path("petugas/kartu/", include("services.printing.urls")),
    path("petugas/kantor/", include("services.office.urls")),
    path("petugas/laporan-palsu/", include("services.verification.urls_staff")),
    path("petugas/kantor/antrean/", include("services.hall.urls_staff")),
    path("petugas/antrean/", include("services.hall.urls_desk")),
    path("petugas/loket/", include("services.desk.urls")),
    path("ambil-alih/", claim, name="claim"),
    path("petugas/register/", include("services.registry.urls_desk")),
    path("", include("services.registry.urls")),
    path("", include("services.hall.urls")),
]
