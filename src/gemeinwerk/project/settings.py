"""Django's settings, all derived from `environment.read()`; loud when a value is wrong."""

from __future__ import annotations

from pathlib import Path

from gemeinwerk.project import environment

ENVIRONMENT = environment.read()
PACKAGE = Path(__file__).resolve().parents[1]

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret
BASE_DOMAIN = ENVIRONMENT.base_domain
ALLOWED_HOSTS = [BASE_DOMAIN, f".{BASE_DOMAIN}"]
if ENVIRONMENT.mode != "production":
    ALLOWED_HOSTS.append("127.0.0.1")
ROOT_URLCONF = "gemeinwerk.project.urls"
WSGI_APPLICATION = "gemeinwerk.project.wsgi.application"

INSTALLED_APPS = [
    f"gemeinwerk.apps.{room}"
    for room in (
        "municipalities",
        "audit",
        "outbox",
        "identity",
        "documents",
        "mailbox",
        "payments",
        "processes",
        "library",
        "catalogue",
        "applications",
        "cases",
        "notices",
        "portfolio",
    )
]
MIDDLEWARE = [
    "gemeinwerk.web.ui.middleware.headers.SecurityHeaders",
    "gemeinwerk.web.ui.middleware.proxy.ProxyMiddleware",
    "gemeinwerk.web.ui.middleware.town.TownMiddleware",
    "gemeinwerk.web.ui.middleware.session.SessionMiddleware",
    "gemeinwerk.web.ui.middleware.body.BodyLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "gemeinwerk.web.ui.middleware.errors.ErrorMiddleware",
]
TEMPLATES: list[dict[str, object]] = []

_database = ENVIRONMENT.database
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.name,
        "USER": _database.user,
        "PASSWORD": _database.password,
        "HOST": _database.host,
        "PORT": str(_database.port),
        "CONN_MAX_AGE": 600,
        # `middleware.database` finds dead connections without a statement per request.
        "CONN_HEALTH_CHECKS": False,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {
            "options": "-c statement_timeout=5000 -c lock_timeout=4000"
            if ENVIRONMENT.role == "web"
            else "-c statement_timeout=0",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = False

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_PATH = "/"
CSRF_FAILURE_VIEW = "gemeinwerk.web.ui.middleware.errors.csrf_failure"

# S33: limits before work.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 100
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# `project.logs` sets logging up, once per process.
LOGGING_CONFIG = None
SILENCED_SYSTEM_CHECKS: list[str] = []
APPEND_SLASH = False
