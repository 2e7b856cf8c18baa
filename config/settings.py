"""Settings of Essor: one file, read from environment variables, safe by default.

Every variable is documented in ``docs/operate.md``; a test compares the two.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from config.environment import (
    Environment,
    database_from_url,
    mail_from_url,
    mailbox_from_url,
    secret_key_in,
)
from essor.rooms import ROOMS

env = Environment(os.environ)
BASE_DIR = Path(__file__).resolve().parent.parent

DATA = Path(env.text("ESSOR_DATA", str(BASE_DIR / "data"))).resolve()
DEMO = env.flag("ESSOR_DEMO")
DEBUG = env.flag("ESSOR_DEBUG")
SITE_URL = env.text("ESSOR_URL", "http://127.0.0.1:8000").rstrip("/")
SECRET_KEY = env.text("ESSOR_SECRET_KEY", "") or secret_key_in(DATA)
ALLOWED_HOSTS = [
    *env.words("ESSOR_HOSTS", "127.0.0.1 localhost [::1]"),
    *filter(None, [urlsplit(SITE_URL).hostname]),
]
TRUSTED_PROXIES = env.networks("ESSOR_PROXIES")
METRICS = env.text("ESSOR_METRICS", "")

INSTALLED_APPS = [
    *(f"essor.{room}" for room in ROOMS),
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    *(["django_prometheus"] if METRICS else []),
]

MIDDLEWARE = [
    *(["django_prometheus.middleware.PrometheusBeforeMiddleware"] if METRICS else []),
    "essor.kit.addresses.VisitorAddress",
    "essor.kit.addresses.WithoutNul",
    # The page that says that a name is not ours needs its style under that very name.
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "essor.kit.headers.SecurityHeaders",
    "essor.kit.addresses.OneName",
    "django.middleware.gzip.GZipMiddleware",
    "essor.kit.logs.RequestLog",
    "essor.kit.pulse.CountActs",
    "essor.kit.again.DoneAgain",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "essor.ledger.kept.KeptPages",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "essor.people.visitor.VisitorMiddleware",
    "essor.kit.queued.QueuedPosts",
    *(["django_prometheus.middleware.PrometheusAfterMiddleware"] if METRICS else []),
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "essor.kit.templatetags.kit",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "essor.kit.shell.page_shell",
            ],
        },
    }
]

COTTON_ISOLATE_BY_DEFAULT = True  # a component sees what it is given, never the page's variables

DATABASES = {
    "default": database_from_url(
        env.text("ESSOR_DATABASE", ""), DATA, pool=env.number("ESSOR_POOL", 8)
    )
}
DATABASE_DIRECT = (
    database_from_url(env.text("ESSOR_DATABASE_DIRECT", ""), DATA, pool=0)
    if env.text("ESSOR_DATABASE_DIRECT", "")
    else None
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "essor.people.backends.SignedIn",
    "allauth.account.auth_backends.AuthenticationBackend",  # named by sessions from before
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "essor.people.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "signup": "600/m/ip",
    "request_login_code": "6/10m/key,600/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 0  # REMOTE_ADDR is the visitor's already (kit.addresses)
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_URL.startswith("http://")

SESSION_ENGINE = "essor.people.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if SITE_URL.startswith("https://") else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "essor.kit.errors.stale_form"
DATA_UPLOAD_MAX_MEMORY_SIZE = 15 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "essor_language"
TIME_ZONE = env.time_zone("ESSOR_TIME_ZONE", "Europe/Paris")
USE_TZ = True
FORMAT_MODULE_PATH = ["essor.kit.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("ESSOR_STATIC", str(BASE_DIR / "build" / "static")))
STATICFILES_DIRS = [
    (name, BASE_DIR / "build" / name)
    for name in ("web", "outlines")
    if (BASE_DIR / "build" / name).is_dir()
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA / "files")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

MAIL_FROM = env.text("ESSOR_MAIL_FROM", "Essor <essor@localhost>")
DEFAULT_FROM_EMAIL = MAIL_FROM
MAIL_BUDGET_PER_WEEK = env.number("ESSOR_MAIL_BUDGET", 2)
MAIL_SERVER = mail_from_url("" if DEMO else env.text("ESSOR_SMTP", ""))
MAILBOX = mailbox_from_url("" if DEMO else env.text("ESSOR_IMAP", ""))

SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
LOGGING_CONFIG = None
LOG_LEVEL = env.one_of("ESSOR_LOG", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
PAGE_THREADS = env.number("ESSOR_THREADS", 4, least=1)
MOST_STREAMS = env.number("ESSOR_STREAMS", 6000)
