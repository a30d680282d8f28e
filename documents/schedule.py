"""What beat does for this app."""

from typing import Any

SCHEDULE: dict[str, Any] = {"documents.sweep-papers": {"task": "documents.sweep_papers", "schedule": 120.0}}
