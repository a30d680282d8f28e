"""What beat does for this app."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, Any] = {
    "publicity.erase-objectors": {"task": "publicity.erase_objectors", "schedule": crontab(minute="40", hour="3")}
}
