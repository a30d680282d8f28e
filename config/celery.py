"""The task runner. Each app owns its tasks, and its beat rows in an optional schedule.py (a dict SCHEDULE)."""

import os
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from celery import Celery

from config.settings.apps import HOUSE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")


def schedules() -> dict[str, Any]:
    """Every app's SCHEDULE in one: name -> {"task": dotted name, "schedule": crontab or seconds}."""
    rows: dict[str, Any] = {}
    for name in HOUSE:
        if find_spec(f"{name}.schedule"):
            rows |= import_module(f"{name}.schedule").SCHEDULE
    return rows


app = Celery("awards")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = schedules()
