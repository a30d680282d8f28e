"""One machine, no servers: SQLite, a folder as broker, demo sign-in. This is `make run`."""

import os
import secrets

from config.settings import env
from config.settings.base import *  # noqa: F403
from config.settings.base import VAR

(VAR / "static").mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """This machine's own key, made at the first start and kept in var/."""
    path = VAR / "secret-key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.text("SECRET_KEY") or _secret_key()
DEBUG = env.flag("DEBUG")
DEMO_SIGN_IN = env.flag("DEMO_SIGN_IN", default=True)

DATABASES = {"default": env.database(env.text("DATABASE_URL", f"sqlite:///{VAR / 'db.sqlite3'}"))}
CACHES = {"default": env.cache(env.text("REDIS_URL"))}

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", "filesystem://localhost//")
if CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT_OPTIONS = env.folder_broker(VAR / "broker")
CELERY_BEAT_MAX_LOOP_INTERVAL = 1  # seconds; Ctrl-C waits for the loop
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
