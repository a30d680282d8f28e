"""Yes or no, and declarations that are accepted or not."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.forms.fields.reading import Problem, Reading, plain, unread
from jurisdictions.policy.forms import Field

_YES = frozenset({"true", "yes", "y", "1", "on", "是", "有", "已", "√", "✓"})
_NO = frozenset({"false", "no", "n", "0", "off", "否", "无", "没有", "未", "×"})
NEITHER = Problem("not_yes_or_no", _("Choose yes or no."))


def read(field: Field | None, given: Any, today: dt.date) -> Reading:
    return read_bool(given)


def read_bool(given: Any) -> Reading:
    """True, False, or the usual words for them."""
    if isinstance(given, bool):
        return Reading(given)
    words = plain(given).casefold()
    if words in _YES or words in _NO:
        return Reading(words in _YES)
    return unread(given, NEITHER)


def show(field: Field | None, value: Any) -> str:
    if not isinstance(value, bool):
        return str(value)
    return gettext("Yes") if value else gettext("No")
