"""Settings of the newsroom: the only place that reads the environment.

    TAMIZDAT_HOME          folder of one newsroom; default ./newsroom
    TAMIZDAT_DATABASE_URL  postgres://user:password@host:port/name; default SQLite
    TAMIZDAT_DEBUG         1 shows tracebacks in the browser; never on a real newsroom

An odd value stops the start: a newsroom half configured must not run.
"""

import os
import secrets
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from tamizdat.newsroom import capitals
from tamizdat.newsroom.errors import HomeError
from tamizdat.newsroom.home import LOOPBACK, NOWHERE, Home, Organisation, read_home
from tamizdat.newsroom.roles import ROLES
from tamizdat.server import database, tongues


def _switch(name: str) -> bool:
    value = os.environ.get(name, "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name}: expected 0 or 1, found {value!r}")
    return value == "1"


def _known(home: Home) -> Home:
    """Refuse a role that nobody can hold: it would ask nobody for anything."""
    if odd := sorted(set(home.second_factor) - ROLES.keys()):
        place = home.path / "tamizdat.toml"
        wanted = f"expected roles out of {', '.join(ROLES)}, found {', '.join(odd)}"
        raise ImproperlyConfigured(f"{place}: accounts.second_factor: {wanted}")
    return home


def _newsroom() -> Home:
    given = os.environ.get("TAMIZDAT_HOME")
    path = Path(given or "newsroom").absolute()
    if given is None and not path.exists():
        # Nothing is served without a home; checks and `migrate --plan` still load.
        unset = Organisation(NOWHERE, "No newsroom", 2026)
        return Home(path, unset, "127.0.0.1", 8300, secrets.token_hex(48))
    try:
        return _known(read_home(path))
    except HomeError as error:
        raise ImproperlyConfigured(str(error)) from error


def _database(home: Home) -> dict[str, Any]:
    url = os.environ.get("TAMIZDAT_DATABASE_URL")
    if url is None:
        return database.sqlite(home.database)
    try:
        return database.postgresql(url)
    except database.AddressError as error:
        raise ImproperlyConfigured(f"TAMIZDAT_DATABASE_URL: {error}") from error


def _language(home: Home) -> str:
    if home.language in tongues.ADMIN:
        return home.language
    known, place = ", ".join(tongues.ADMIN), home.path / "tamizdat.toml"
    message = f"newsroom.language: expected one of {known}, found {home.language!r}"
    raise ImproperlyConfigured(f"{place}: {message}")


TAMIZDAT = _newsroom()

DEBUG = _switch("TAMIZDAT_DEBUG")
SECRET_KEY = TAMIZDAT.secret
ALLOWED_HOSTS = [*LOOPBACK, "[::1]", TAMIZDAT.host]
ROOT_URLCONF = "tamizdat.server.urls"
WSGI_APPLICATION = "tamizdat.server.wsgi.application"

INSTALLED_APPS = [
    "tamizdat.newsroom",
    "tamizdat.press",
    "tamizdat.mirrors",
    "wagtail.users",
    "wagtail.documents",  # the admin's pages ask for it; its menu is hidden
    "wagtail.images",
    "wagtail.snippets",  # lists of people, tags, places and files
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks_db",  # queues of wire, pictures, sounds: in our database
    "django.contrib.postgres",  # Wagtail's search asks for it there; idle on SQLite
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "tamizdat.newsroom.doors.headers.closed_house",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tamizdat.newsroom.trouble.own_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tamizdat.newsroom.doors.watch.watch",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tamizdat.newsroom.middleware.whole_posts",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "tamizdat.newsroom.templatetags.capitals",
                "tamizdat.newsroom.templatetags.frames",
                "tamizdat.newsroom.templatetags.isolates",
            ],
        },
    }
]

DATABASES = {"default": _database(TAMIZDAT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What locks count has to be the same in every process; pictures are a process's own.
CACHES = {
    "default": {
        "BACKEND": "tamizdat.newsroom.doors.counts.CountsCache",
        "LOCATION": "newsroom_kept",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # nobody pushes a count out by guessing
    },
    "renditions": {"BACKEND": "tamizdat.newsroom.darkroom.small_views.SmallViewsCache"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long body has many blocks

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# What Wagtail does at once it goes on doing at once; fetching copy waits its turn.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "wire": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["wire"]},
    "pictures": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["pictures"]},
    "sounds": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["sounds"]},
}

# Browsers: nothing leaks to where a link leads, nothing is framed but our previews.
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Other sites learn nothing. "no-referrer" would make browsers send forms with
# "Origin: null", which Django rightly refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "tamizdat.newsroom.trouble.forged"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "tamizdat.newsroom.doors.sessions"
SESSION_COOKIE_AGE = 12 * 3600  # seconds without a page; `doors.sessions.IDLE`

# Who gets in (0040): a name and a password, or a passkey, then a second factor.
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "wagtailadmin_home"
ACCOUNT_ADAPTER = "tamizdat.newsroom.doors.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds; `doors.factors.SUDO`
ACCOUNT_RATE_LIMITS = {  # how many in how long, by address or by account
    "login": "60/m/ip",
    "login_failed": "30/10m/ip,6/15m/key,30/d/key",
    "reauthenticate": "20/m/user",
}
MFA_ADAPTER = "tamizdat.newsroom.doors.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # half a minute early or late: clocks of phones differ
if not TAMIZDAT.is_private:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [f"https://{TAMIZDAT.host}"]
    # Bound to this very host, whoever else holds a name below the same domain.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the proxy with TLS, which names who asks

# No handler writes a request: an address or a browser's name never reaches a log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "stderr": {"class": "logging.StreamHandler"},
        "null": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": ["null"], "propagate": False},
        "django.security": {"handlers": ["null"], "propagate": False},
        "django.request": {
            "handlers": ["stderr"],
            "level": "ERROR",
            "propagate": False,
        },
    },
}

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
FORMAT_MODULE_PATH = ["tamizdat.newsroom.formats"]
capitals.register()
tongues.register()
LANGUAGE_CODE = _language(TAMIZDAT)  # of whoever has chosen none
LANGUAGES = tongues.content_languages()
LANGUAGES_BIDI = tongues.right_to_left()

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # no collectstatic: files come from the packages
WHITENOISE_AUTOREFRESH = False
MEDIA_ROOT = TAMIZDAT.media
MEDIA_URL = "/media/"

WAGTAIL_SITE_NAME = "Tamizdat"
WAGTAILADMIN_BASE_URL = (
    f"http://{TAMIZDAT.host}:{TAMIZDAT.port}"
    if TAMIZDAT.is_private
    else f"https://{TAMIZDAT.host}"
)
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = tongues.admin_languages()
# Of the pinned package: a machine's own list has names that no browser knows.
WAGTAIL_USER_TIME_ZONES = sorted(
    set((files("tzdata") / "zones").read_text("ascii").split()) - {"Factory"}
)
# Nothing goes by mail: a notice of a comment would carry words of a draft.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
# What was approved is held like what is published by hand.
WAGTAIL_FINISH_WORKFLOW_ACTION = "tamizdat.newsroom.releases.approvals.hold_approved"
WAGTAIL_PASSWORD_RESET_ENABLED = False  # it goes by mail; an operator resets it
# Passwords are set at the door alone: never for somebody else, never without proof.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILUSERS_PASSWORD_REQUIRED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False  # the editors' site asks no other site anything
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {"WIDGET": "tamizdat.newsroom.writing.editor.TextEditor"}
}
WAGTAILIMAGES_IMAGE_MODEL = "newsroom.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "tamizdat.newsroom.uploads.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 40 << 20  # bytes
# A photo as it came from a phone never touches the disk, not even as a temporary file.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 65 << 20  # bytes of a whole request: a file has 64 MiB
# Words are found as they stand: no stemmer speaks all languages of a newsroom.
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "wagtail.search.backends.database",
        "SEARCH_CONFIG": "simple",
    }
}
