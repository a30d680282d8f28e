"""A table copied out of a spreadsheet: lines, and cells between tabs. What fits no cell is told; nothing is guessed at."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from applications.forms.fields.indicators import years
from jurisdictions.policy.forms import Column, Field, Indicator

MOST_LINES = 500
_YEAR = re.compile(r"^(\d{4})\s*(?:年度?)?$")


@dataclass(slots=True)
class Pasted:
    """What a pasted table holds, in the shape that the readers take. ``problems``: why it could not be taken over; then ``value`` is empty."""

    value: Any
    problems: list[str] = field(default_factory=list)


def cells_of(text: str) -> list[list[str]]:
    """Rows of cells. A cell with line ends stands in quotes, as spreadsheets write it; empty rows are left out."""
    lines = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter="\t")
    rows = [[" ".join(cell.split()) for cell in line] for line in lines]
    return [_trimmed(row) for row in rows if any(row)][: MOST_LINES + 1]


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


def rows(asked: Field, text: str) -> Pasted:
    """For a ``rows`` table. A first line of headings says which cell belongs where; else they come in the form's order."""
    try:
        table = cells_of(text)
    except csv.Error:
        return Pasted(
            [], [gettext("The pasted table cannot be read. Copy the cells in the spreadsheet program again.")]
        )
    if len(table) > MOST_LINES:
        return Pasted([], [gettext("At most {most} rows can be pasted at once.").format(most=MOST_LINES)])
    places, body = _headed(asked.columns, table)
    if places is None:
        body, places = _unnumbered(body, len(asked.columns)), list(range(len(asked.columns)))
    names = [asked.columns[place].key if place is not None else None for place in places]
    wide = [number for number, row in enumerate(body, start=1) if any(row[len(names) :])]
    if wide:
        told = gettext("Pasted row {row} has {got} cells, the table has {wanted} columns ({names}).")
        labels = "、".join(str(column.label) for column in asked.columns)
        return Pasted([], [told.format(row=wide[0], got=len(body[wide[0] - 1]), wanted=len(names), names=labels)])
    return Pasted([{name: cell for name, cell in zip(names, row, strict=False) if name} for row in body])


def _headed(columns: list[Column], table: list[list[str]]) -> tuple[list[int | None] | None, list[list[str]]]:
    """Where each pasted column belongs, when the first line names at least half of the form's columns; and the lines below it."""
    if not table:
        return None, table
    known = {
        _plain(name): n for n, column in enumerate(columns) for name in (column.label.zh, column.label.en, column.key)
    }
    places = [known.get(_plain(cell)) for cell in table[0]]
    if 2 * sum(place is not None for place in places) < max(len(columns), 2):
        return None, table
    return places, table[1:]


def _unnumbered(table: list[list[str]], columns: int) -> list[list[str]]:
    """Without a first column that only counts the rows."""
    counts = all(row and row[0] == str(number) for number, row in enumerate(table, start=1))
    return [row[1:] for row in table] if table and counts and max(map(len, table)) == columns + 1 else table


def indicators(asked: Field, text: str, last_year: int) -> Pasted:
    """For an ``indicators`` table: rows are found by their names, years by the heading; else both come in the form's order."""
    try:
        table = cells_of(text)
    except csv.Error:
        return Pasted(
            {}, [gettext("The pasted table cannot be read. Copy the cells in the spreadsheet program again.")]
        )
    order, body = _years(asked, table, last_year)
    value: dict[str, dict[str, str]] = {}
    problems = []
    for place, row in enumerate(body):
        found, cells = _of_row(asked, row, place)
        if found is None or any(cells[len(order) :]):
            told = gettext("Pasted row {row} (“{name}”) fits no row of the table.")
            problems.append(told.format(row=place + 1, name=row[0] if row else ""))
            continue
        value[found.key] = dict(zip(order, cells, strict=False))
    return Pasted({} if problems else value, problems)


def _years(asked: Field, table: list[list[str]], last_year: int) -> tuple[list[str], list[list[str]]]:
    usual = [*years(asked), "rank", "why"]
    if not table:
        return usual, []
    found = [int(year[1]) for cell in table[0] if (year := _YEAR.match(unicodedata.normalize("NFKC", cell)))]
    if len(found) < 2 and not (found and asked.years == 1):
        return usual, table
    known = {last_year - n: name for n, name in enumerate(years(asked))}
    return [known.get(year, f"past{year}") for year in found] + ["rank", "why"], table[1:]


def _of_row(asked: Field, row: list[str], place: int) -> tuple[Indicator | None, list[str]]:
    """The row of the form that a pasted row belongs to, and its cells without the name (and without a unit behind it)."""
    named = {_plain(name): one for one in asked.indicators for name in _names(one)}
    if row and _plain(row[0]) in named:
        one = named[_plain(row[0])]
        cells = row[1:]
        units = {_plain(unit) for unit in (one.unit.zh, one.unit.en)} if one.unit else set()
        return one, cells[1:] if cells and _plain(cells[0]) in units else cells
    if row and any(character.isdigit() for character in row[0]) and place < len(asked.indicators):
        return asked.indicators[place], row
    return None, row


def _names(one: Indicator) -> list[str]:
    names = [one.key, one.label.zh, one.label.en]
    if one.unit:
        names += [f"{one.label.zh}({one.unit.zh})", f"{one.label.en}({one.unit.en})"]
    return names


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).casefold().split()).rstrip("*:")
