"""Where in a table a problem stands, in words: the row and the column, or the indicator and the year."""

from __future__ import annotations

from django.utils.translation import gettext

from applications.forms.answers import FieldProblem
from applications.forms.fields.indicators import years
from jurisdictions.policy.forms import Field


def heads(asked: Field, last_year: int) -> list[str]:
    """The headings of a table of indicators: its years, the rank, the reason of an empty year."""
    named = [str(last_year - place) if last_year else f"y{place + 1}" for place in range(asked.years)]
    return [*named, gettext("Rank in the trade"), gettext("Why a year is empty")]


def located(problem: FieldProblem, asked: Field, last_year: int = 0) -> str:
    """The problem's text behind its place; as it is where it is about the whole field."""
    row, _dot, column = problem.where.partition(".")
    if row.isdigit():
        columns = {one.key: str(one.label) for one in asked.columns}
        told = gettext("Row {row}, “{column}”: {text}") if column in columns else gettext("Row {row}: {text}")
        return told.format(row=int(row) + 1, column=columns.get(column, ""), text=problem.text)
    indicator = next((str(one.label) for one in asked.indicators if one.key == row), "")
    if not indicator:
        return str(problem.text)
    known = dict(zip([*years(asked), "rank", "why"], heads(asked, last_year), strict=True))
    told = gettext("“{row}”, {column}: {text}") if column in known else gettext("“{row}”: {text}")
    return told.format(row=indicator, column=known.get(column, ""), text=problem.text)
