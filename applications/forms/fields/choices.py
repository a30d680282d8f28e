"""Any of several: stored as the list of keys in the order of the form."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from applications.forms.fields.choice import NOT_OFFERED, label, read_choice
from applications.forms.fields.reading import Reading, is_empty, unread
from jurisdictions.policy.forms import Field

_BETWEEN = re.compile(r"[、,，;；\n|]")


def read(field: Field, given: Any, today: dt.date) -> Reading:
    parts = list(given) if isinstance(given, list | tuple | set) else _BETWEEN.split(str(given))
    readings = [read_choice(field.choices, part) for part in parts if not is_empty(part)]
    if any(reading.unread for reading in readings):
        return unread(given, NOT_OFFERED)
    chosen = {reading.value for reading in readings}
    return Reading([choice.key for choice in field.choices if choice.key in chosen])


def show(field: Field, value: Any) -> str:
    return "、".join(label(field.choices, key) for key in value) if isinstance(value, list) else str(value)
