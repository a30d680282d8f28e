"""What beat does for this app."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, Any] = {
    "audit.checkpoint": {"task": "audit.checkpoint", "schedule": crontab(minute="5", hour="*/6")},
    "audit.verify": {"task": "audit.verify_nightly", "schedule": crontab(minute="40", hour="3")},
}
