"""A table of rows: stored as a list of ``{column: value}``; rows without a word are dropped."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from applications.forms.fields import choice, date, number, text, yes_no
from applications.forms.fields.reading import Problem, Reading, is_empty, unread
from jurisdictions.policy.forms import Column, Field

LONGEST_CELL = 2000
NOT_A_TABLE = Problem("not_a_table", _("Fill in the table row by row."))
MISSING = Problem("cell_missing", _("This cell must be filled in."))


def read(field: Field, given: Any, today: dt.date) -> Reading:
    if not isinstance(given, list | tuple) or not all(isinstance(row, dict) for row in given):
        return unread(given, NOT_A_TABLE)
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for row in given:
        if is_empty({column.key: row.get(column.key) for column in field.columns}):
            continue
        values, wrong = _row(field, row)
        problems += [problem.at(str(len(rows))) for problem in wrong]
        rows.append(values)
    if len(rows) > field.max_rows:
        problems.append(Problem("too_many_rows", format_lazy(_("At most {most} rows."), most=field.max_rows)))
    return Reading(rows, tuple(problems))


def _row(field: Field, row: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    values, problems = {}, []
    for column in field.columns:
        given = row.get(column.key)
        if is_empty(given):
            problems += [MISSING.at(column.key)] if column.required else []
            continue
        reading = read_cell(column, given)
        values[column.key] = reading.value
        problems += [problem.at(column.key) for problem in reading.problems]
    return values, problems


def read_cell(column: Column, given: Any) -> Reading:
    """One cell, by its column's type."""
    if column.type == "date":
        return date.read_date(given)
    if column.type == "yes_no":
        return yes_no.read_bool(given)
    if column.type == "choice":
        return choice.read_choice(column.choices, given)
    if column.type in ("integer", "decimal", "money"):
        return number.read_number(given, column.type)
    if isinstance(given, dict | list):
        return unread(given, text_problem())
    return text.clean(str(given), LONGEST_CELL, one_line=True)


def text_problem() -> Problem:
    return Problem("not_text", _("Write text here."))


def show_cell(column: Column, value: Any) -> str:
    """One cell as people read it."""
    if is_empty(value):
        return ""
    if column.type == "yes_no":
        return yes_no.show(None, value)
    if column.type == "choice":
        return choice.label(column.choices, value)
    if column.type in ("integer", "decimal", "money"):
        return number.with_unit(value, "元" if column.type == "money" else "")
    return str(value)


def show(field: Field, value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    rows = (row for row in value if isinstance(row, dict))  # whatever else was sent cannot be shown as a row
    return "\n".join("；".join(filter(None, (show_cell(c, row.get(c.key)) for c in field.columns))) for row in rows)


def fact(field: Field, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every row with the cells that can be read; an unreadable one is absent."""
    return [
        {c.key: typed for c in field.columns if (typed := _cell_fact(c, row.get(c.key))) is not None} for row in value
    ]


def _cell_fact(column: Column, value: Any) -> Any:
    if is_empty(value):
        return None
    reading = read_cell(column, value)
    if reading.unread:
        return None
    if column.type == "integer":
        return int(reading.value)
    return Decimal(reading.value) if column.type in ("decimal", "money") else reading.value
