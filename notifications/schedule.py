"""What beat does for this app."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, Any] = {
    "notifications.sweep": {"task": "notifications.sweep", "schedule": 60.0},
    "notifications.remind": {"task": "notifications.remind", "schedule": crontab(minute="10", hour="7-20")},
}
