"""One of several: stored as the choice's key; its label in either language is understood too (imports)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.forms.fields.reading import Problem, Reading, plain, unread
from jurisdictions.policy.forms import Choice, Field

NOT_OFFERED = Problem("not_offered", _("Choose one of the answers offered."))


def read(field: Field, given: Any, today: dt.date) -> Reading:
    return read_choice(field.choices, given)


def read_choice(offered: Sequence[Choice], given: Any) -> Reading:
    """The key of what was chosen."""
    words = plain(given).casefold()
    for choice in offered:
        if str(given) == choice.key:
            return Reading(choice.key)
    for choice in offered:
        if words in {plain(name).casefold() for name in (choice.key, choice.label.zh, choice.label.en)}:
            return Reading(choice.key)
    return unread(given, NOT_OFFERED)


def label(offered: Sequence[Choice], key: Any) -> str:
    """The label of a key; the key itself when it is not offered."""
    return next((str(choice.label) for choice in offered if choice.key == key), str(key))


def show(field: Field, value: Any) -> str:
    return label(field.choices, value)
