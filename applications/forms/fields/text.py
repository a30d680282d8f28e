"""Short and long text. Length is counted in characters, as the regulation's forms do."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from applications.forms.fields.reading import Problem, Reading, unread
from jurisdictions.policy.forms import Field

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
SHORT, LONG = 500, 20_000


def limit(field: Field) -> int:
    """The longest text that the field takes."""
    return field.max_length or (LONG if field.type == "long_text" else SHORT)


def read(field: Field, given: Any, today: dt.date) -> Reading:
    if isinstance(given, dict | list):
        return unread(given, Problem("not_text", _("Write text here.")))
    return clean(str(given), limit(field), one_line=field.type == "text")


def clean(given: str, longest: int, *, one_line: bool) -> Reading:
    """Text without control characters; line ends are ``\\n``."""
    value = _CONTROL.sub("", given.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if one_line:
        value = " ".join(value.split())
    if len(value) > longest:
        told = format_lazy(_("{length} characters; at most {longest} are allowed."), length=len(value), longest=longest)
        return Reading(value, (Problem("too_long", told),))
    return Reading(value)


def show(field: Field, value: Any) -> str:
    return str(value)
