"""Dates, stored as ISO text. 2024-03-01, 2024/3/1, 2024.3.1, 20240301 and 2024年3月1日 are all read."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.forms.fields.reading import Problem, Reading, plain, unread
from jurisdictions.policy.forms import Field

_DAY = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$|^(\d{4})(\d{2})(\d{2})$")
_MONTH = re.compile(r"^\d{4}\s*[-/.年]\s*\d{1,2}\s*月?$|^\d{4}年?$")
EARLIEST = 1000

NOT_A_DATE = Problem("not_a_date", _("This is no date. Write it as 2024-03-01."))
DAY_MISSING = Problem("day_missing", _("The day is missing. Write the full date, e.g. 2024-03-01."))
FUTURE = Problem("in_the_future", _("This day lies in the future."))


def read(field: Field, given: Any, today: dt.date) -> Reading:
    reading = read_date(given)
    if not reading.unread and field.not_future and reading.value > today.isoformat():
        return Reading(reading.value, (FUTURE,))
    return reading


def read_date(given: Any) -> Reading:
    """Any of the spellings above, or a date."""
    if isinstance(given, dt.datetime | dt.date):
        return Reading(given.isoformat()[:10])
    words = plain(given)
    if _MONTH.match(words):
        return unread(given, DAY_MISSING)
    found = _DAY.match(words)
    if not found:
        return unread(given, NOT_A_DATE)
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        value = dt.date(year, month, day)
    except ValueError:
        return unread(given, NOT_A_DATE)
    return Reading(value.isoformat()) if year >= EARLIEST else unread(given, NOT_A_DATE)


def show(field: Field, value: Any) -> str:
    return str(value)
