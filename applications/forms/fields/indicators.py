"""Indicators of the last years: ``{row: {"y1".."yN": number, "rank": text, "why": text}}``, y1 the last year.

An empty year needs its reason (``why``) in a required table.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.forms.fields import number, text
from applications.forms.fields.reading import Problem, Reading, is_empty, unread
from jurisdictions.policy.forms import Field, Indicator

RANK_LENGTH, WHY_LENGTH = 60, 500
NOT_A_TABLE = Problem("not_a_table", _("Fill in the table row by row."))
WHY_MISSING = Problem("why_missing", _("An empty year needs a reason."))


def years(field: Field) -> list[str]:
    """``["y1", …]``: last year first."""
    return [f"y{n}" for n in range(1, field.years + 1)]


def read(field: Field, given: Any, today: dt.date) -> Reading:
    if not isinstance(given, dict) or not all(isinstance(row, dict) for row in given.values()):
        return unread(given, NOT_A_TABLE)
    values, problems = {}, []
    for indicator in field.indicators:
        row, wrong = _row(field, indicator, given.get(indicator.key) or {})
        if row:
            values[indicator.key] = row
        problems += [problem.at(indicator.key) for problem in wrong]
    return Reading(values or None, tuple(problems))


def _row(field: Field, indicator: Indicator, row: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    values, problems = {}, []
    unit = indicator.unit.zh if indicator.unit else ""
    for year in years(field):
        if is_empty(row.get(year)):
            continue
        reading = number.read_number(row[year], "decimal", unit)
        values[year] = reading.value
        problems += [problem.at(year) for problem in reading.problems]
    for name, longest in (("rank", RANK_LENGTH), ("why", WHY_LENGTH)):
        if not is_empty(row.get(name)):
            reading = text.clean(str(row[name]), longest, one_line=True)
            values[name] = reading.value
            problems += [problem.at(name) for problem in reading.problems]
    if field.required and "why" not in values:
        problems += [WHY_MISSING.at(f"{year}") for year in years(field) if year not in values]
    return values, problems


def show(field: Field, value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    lines = []
    for indicator in field.indicators:
        row = value.get(indicator.key)
        row = row if isinstance(row, dict) else {}
        cells = [number.with_unit(row[year], "") if year in row else "—" for year in years(field)]
        lines.append(f"{indicator.label}：{' / '.join(cells)}")
    return "\n".join(lines)


def fact(field: Field, value: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """``{row: {"y1": number …, "rank": text, "why": text}}``; what cannot be read is absent."""
    rows = {key: row for key, row in value.items() if isinstance(row, dict)}
    return {key: {k: _cell(k, v) for k, v in row.items() if _cell(k, v) is not None} for key, row in rows.items()}


def _cell(key: str, value: Any) -> Any:
    if key in ("rank", "why"):
        return value
    reading = number.read_number(value, "decimal")
    return None if reading.unread else Decimal(reading.value)
