"""What beat does for this app."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, Any] = {
    "jurisdictions.expire_roles": {
        "task": "jurisdictions.tasks.expire_roles",
        "schedule": crontab(minute="10", hour="0"),
    },
    "jurisdictions.sweep_lists": {"task": "jurisdictions.tasks.sweep_lists", "schedule": 300.0},
}
