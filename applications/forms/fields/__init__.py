"""One reader per field type. ``read`` never loses a word: what it cannot understand it gives back as it came, with the problem.

A reader module has ``read(field, given, today) -> Reading`` and ``show(field, value) -> str``; ``fact`` (typed value for conditions)
where that differs from the stored value. Reading a stored value again gives the same value.
"""

from __future__ import annotations

import datetime as dt
from types import ModuleType
from typing import Any

from applications.forms.fields import choice, choices, date, indicators, number, rows, text, yes_no
from applications.forms.fields.reading import Problem, Reading, is_empty
from jurisdictions.policy.forms import Field

__all__ = ["Problem", "Reading", "fact", "is_empty", "read", "show"]

_READERS: dict[str, ModuleType] = {
    "text": text, "long_text": text, "integer": number, "decimal": number, "money": number, "percent": number, "date": date,
    "yes_no": yes_no, "declaration": yes_no, "choice": choice, "choices": choices, "indicators": indicators, "rows": rows,
}  # fmt: skip


def read(field: Field, given: Any, today: dt.date) -> Reading:
    """The answer in its stored form, and what is wrong with it. Nothing given is no problem here: see ``answers.problems``."""
    if field.type == "files":
        return Reading(None)
    if is_empty(given):
        return Reading(None)
    reading: Reading = _READERS[field.type].read(field, given, today)
    return reading


def show(field: Field, value: Any) -> str:
    """The answer as people read it; an unreadable one as it was typed."""
    if is_empty(value) or field.type == "files":
        return ""
    return str(_READERS[field.type].show(field, value))


def fact(field: Field, value: Any, today: dt.date) -> Any:
    """The typed value for conditions: numbers, bools, ISO dates, lists and dicts; None while it cannot be read."""
    reading = read(field, value, today)
    if reading.unread or is_empty(reading.value):
        return None
    typed = getattr(_READERS[field.type], "fact", None)
    return typed(field, reading.value) if typed else reading.value
