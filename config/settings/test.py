"""The suite: real PostgreSQL and Redis where their addresses are given (make test), else SQLite and memory."""

from config.settings import env
from config.settings.base import *  # noqa: F403
from config.settings.base import STORAGES, VAR

(VAR / "static").mkdir(parents=True, exist_ok=True)

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
_WORKER = env.text("PYTEST_XDIST_WORKER", "main")

DATABASES = {"default": env.database(env.text("DATABASE_URL", "sqlite://:memory:"))}
DATABASES["default"]["CONN_MAX_AGE"] = 0  # threads of a test must not leave connections behind
if template := env.text("TEST_TEMPLATE"):
    DATABASES["default"]["TEST"] = {"TEMPLATE": template}  # migrated already: scripts/migrated.py
CACHES = {"default": env.cache(env.text("REDIS_URL"), prefix=_WORKER)}
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", "memory://")

# Quick for passwords that no one keeps.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
_PRIVATE = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": VAR / "test-private" / _WORKER},
}
STORAGES = {**STORAGES, "default": _PRIVATE, "private": _PRIVATE}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
