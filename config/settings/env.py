"""Reading the environment, and the database and broker that its addresses mean."""

import os
from pathlib import Path
from typing import Any

import dj_database_url

TRUE = {"1", "true", "yes", "on"}

SQLITE_OPTIONS = {
    # Writers take the lock at BEGIN: a read that later writes would otherwise fail with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON",
}


def text(name: str, default: str = "") -> str:
    """The variable, or the default when it is unset or empty."""
    return os.environ.get(name) or default


def flag(name: str, *, default: bool = False) -> bool:
    """Whether the variable says yes (1, true, yes, on)."""
    value = os.environ.get(name)
    return default if not value else value.strip().lower() in TRUE


def words(name: str, default: str = "") -> list[str]:
    """The variable's comma-separated words."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """Django's settings for a database address, with what each engine needs to be safe and fast."""
    parsed: dict[str, Any] = dict(dj_database_url.parse(url))
    if parsed["ENGINE"].endswith("sqlite3"):
        parsed["OPTIONS"] = {**parsed.get("OPTIONS", {}), **SQLITE_OPTIONS}
    else:
        parsed["CONN_MAX_AGE"] = int(text("CONN_MAX_AGE", "60"))
        parsed["CONN_HEALTH_CHECKS"] = True
    return parsed


def cache(redis_url: str, *, prefix: str = "") -> dict[str, Any]:
    """A cache shared through Redis, or one inside the process where there is none."""
    if not redis_url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "KEY_PREFIX": prefix}
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url, "KEY_PREFIX": prefix}


def folder_broker(folder: Path) -> dict[str, Any]:
    """Celery's transport options for a broker that is a folder, so that no server is needed."""
    for name in ("queue", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.1,
    }
