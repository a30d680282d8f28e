"""Numbers: integer, decimal, money (yuan) and percent, stored as plain text of a number.

A unit pasted along is understood where only one meaning is possible ("1,200 万元", "3.5%"); else the applicant is told.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from applications.forms.fields.reading import Problem, Reading, plain, unread
from jurisdictions.policy.forms import Field

_PARTS = re.compile(r"^([+-]?)\s*[¥$]?\s*([\d,. ']*\d)\s*(.*)$")
_GROUPED = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d{1,4}(?:,\d{4})+(?:\.\d+)?$|^\d{1,3}(?: \d{3})+(?:\.\d+)?$")
_SIMPLE = re.compile(r"^\d+(?:\.\d+)?$|^\.\d+$")
MAGNITUDES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "k": 1000,
    "10k": 10_000,
}
_YUAN = re.compile(r"^(十|百|千|万|百万|千万|亿|10k)?\s*(元人民币|人民币元|人民币|元|rmb|cny|yuan)?$", re.IGNORECASE)
MOST_DIGITS, MOST_PLACES = 18, 8

NOT_A_NUMBER = Problem("not_a_number", _("This is no number. Write digits only, e.g. 1200 or 3.5."))
AMBIGUOUS = Problem(
    "ambiguous_number",
    _("This number can be read in more than one way. Write it without separators, e.g. 1200 or 1.2."),
)
TOO_LARGE = Problem("number_too_long", _("This number has too many digits."))


def read(field: Field, given: Any, today: dt.date) -> Reading:
    return within(field, read_number(given, field.type, str(field.unit.zh) if field.unit else ""))


def read_number(given: Any, kind: str, unit: str = "") -> Reading:
    """``kind``: integer, decimal, money or percent; ``unit``: the unit that the field is asked in (money is always yuan)."""
    if isinstance(given, bool | dict | list):
        return unread(given, NOT_A_NUMBER)
    parts = _PARTS.match(plain(given))
    if not parts:
        return unread(given, NOT_A_NUMBER)
    sign, digits, tail = parts.groups()
    if not (_SIMPLE.match(digits) or _GROUPED.match(digits)):
        return unread(given, AMBIGUOUS)
    bare = digits.replace(",", "").replace(" ", "")
    if len(bare.replace(".", "")) > MOST_DIGITS:
        return unread(given, TOO_LARGE)
    factor = _factor(tail.strip(), kind, unit)
    if factor is None:
        told = format_lazy(_("“{tail}” is not the unit asked for ({unit})."), tail=tail, unit=_asked(kind, unit) or "—")
        return unread(given, Problem("wrong_unit", told))
    return _finished(given, Decimal(f"{sign}{bare}") * factor, kind)


def _finished(given: Any, value: Decimal, kind: str) -> Reading:
    value = value.normalize() if value else Decimal(0)
    places = -int(value.as_tuple().exponent)
    if kind == "integer" and places > 0:
        return unread(given, Problem("not_whole", _("Write a whole number.")))
    if places > MOST_PLACES or value.adjusted() >= MOST_DIGITS:
        return unread(given, TOO_LARGE)
    return Reading(f"{value:f}")


def _asked(kind: str, unit: str) -> str:
    return {"money": "元", "percent": "%"}.get(kind, unit)


def _factor(tail: str, kind: str, unit: str) -> Decimal | None:
    """By what to multiply so that the number stands in the unit asked for; None when the tail says something else."""
    asked = plain(_asked(kind, unit))
    if tail in ("", asked) or tail.casefold() == asked.casefold():
        return Decimal(1)
    given, wanted = _YUAN.match(tail), _YUAN.match(asked)
    if given and wanted and wanted[2] and (given[2] or not wanted[1]):
        return Decimal(MAGNITUDES[(given[1] or "").lower()]) / Decimal(MAGNITUDES[(wanted[1] or "").lower()])
    if tail in MAGNITUDES and kind != "percent" and not asked:
        return Decimal(MAGNITUDES[tail])
    return None


def within(field: Field, reading: Reading) -> Reading:
    """The reading, with a problem when it lies outside the field's bounds."""
    if reading.unread:
        return reading
    value, problems = Decimal(reading.value), []
    if field.min_value is not None and value < field.min_value:
        problems.append(Problem("too_small", format_lazy(_("At least {least}."), least=field.min_value)))
    if field.max_value is not None and value > field.max_value:
        problems.append(Problem("too_great", format_lazy(_("At most {most}."), most=field.max_value)))
    return Reading(reading.value, tuple(problems))


def show(field: Field, value: Any) -> str:
    return with_unit(value, _asked(field.type, str(field.unit) if field.unit else ""))


def with_unit(value: Any, unit: str) -> str:
    """``1,200 万元``; what is no number as it was typed."""
    try:
        number = f"{Decimal(str(value)):,f}"
    except ArithmeticError:
        return str(value)
    return f"{number} {unit}".strip()


def fact(field: Field, value: str) -> int | Decimal:
    return int(value) if field.type == "integer" else Decimal(value)
