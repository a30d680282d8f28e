"""What beat does for this app."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, Any] = {
    "applications.take_over_silence": {"task": "applications.take_over_silence", "schedule": crontab(minute="5")},
    "applications.let_newcomers_in": {"task": "applications.let_newcomers_in", "schedule": crontab(minute="*/15")},
}
