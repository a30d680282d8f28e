"""Tables of a form as they are read: what stands in them, without the controls and the spare rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from applications.forms.fields.number import with_unit
from applications.forms.fields.rows import show_cell
from jurisdictions.policy.forms import Field

if TYPE_CHECKING:
    from applications.forms.questions import Cell

#: Each row with its heading, and of each cell the column's heading and the text.
Filled = list[tuple[str, list[tuple[str, str]]]]


def filled_rows(asked: Field, value: Any) -> Filled:
    """The rows that were filled in; nothing of what is no table."""
    given = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    return [
        (str(place), [(str(column.label), show_cell(column, row.get(column.key))) for column in asked.columns])
        for place, row in enumerate(given, start=1)
    ]


def filled_indicators(rows: list[tuple[str, list[Cell]]]) -> Filled:
    """Every indicator; numbers in groups of three."""
    return [
        (
            label,
            [(cell.title, with_unit(cell.value, "") if cell.kind == "decimal" else str(cell.value)) for cell in cells],
        )
        for label, cells in rows
    ]
