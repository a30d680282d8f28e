"""Many web and worker containers behind one proxy; refuses to start where that would be unsafe."""

from django.core.exceptions import ImproperlyConfigured

from config.settings import env
from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, MIDDLEWARE, SITE_URL, STORAGES


def _required(name: str, why: str, *instead: str) -> str:
    """The variable, or one that may stand in for it; without it the site must not start."""
    if value := next((given for one in (name, *instead) if (given := env.text(one))), ""):
        return value
    raise ImproperlyConfigured(f"Set {name}: {why}")


def _never(name: str, why: str) -> None:
    """Refuse to start while the variable says yes."""
    if env.flag(name):
        raise ImproperlyConfigured(f"Unset {name}: {why}")


_never("DEMO_SIGN_IN", "in production nobody may sign in without a password.")
_never("DEBUG", "in production error pages must not show settings or data.")
SECRET_KEY = _required("SECRET_KEY", "sessions and signed links depend on a long random value of your own.")
DATABASES = {"default": env.database(_required("DATABASE_URL", "the address of the PostgreSQL database."))}
ALLOWED_HOSTS = [name for name in _required("ALLOWED_HOSTS", "the site's own host names.").split(",") if name]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    raise ImproperlyConfigured("Set DATABASE_URL to a PostgreSQL database: SQLite is for one machine only.")

_required("AUDIT_SIGNING_KEY", "the PEM (or its path) that signs the log's checkpoints, the same in every container.")
_required(
    "PAPER_SIGNING_KEY", "the PEM (or its path) of key and certificate that sign papers, the same in every container."
)
_required(
    "CLAMD", "the virus scanner; or NO_VIRUS_SCANNER to who answers for having none, and why.", "NO_VIRUS_SCANNER"
)
REDIS_URL = _required("REDIS_URL", "the cache that all web processes share.")
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", REDIS_URL)
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CACHES = {"default": env.cache(REDIS_URL)}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# Transport: the proxy ends TLS and says so.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = int(env.text("SECURE_HSTS_SECONDS", "31536000"))
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", SITE_URL)

# Files: compressed and hashed static files; private ones in a folder, or in S3 where a bucket is named.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
if bucket := env.text("PRIVATE_BUCKET"):
    _S3 = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.text("PRIVATE_BUCKET_ENDPOINT") or None,
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }
    STORAGES = {**STORAGES, "default": _S3, "private": _S3}

EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env.text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20

# Numbers for the operator, where METRICS_PORT says so: each web process serves them on a port of its own from there
# upward, inside the container network only; the site has no address for them.
if METRICS_PORT := int(env.text("METRICS_PORT", "0")):
    INSTALLED_APPS = [*INSTALLED_APPS, "django_prometheus"]
    MIDDLEWARE = [
        "django_prometheus.middleware.PrometheusBeforeMiddleware",
        *MIDDLEWARE,
        "django_prometheus.middleware.PrometheusAfterMiddleware",
    ]
    PROMETHEUS_METRICS_EXPORT_PORT_RANGE = range(METRICS_PORT, METRICS_PORT + 20)
    PROMETHEUS_METRICS_EXPORT_ADDRESS = env.text("METRICS_ADDRESS", "127.0.0.1")
