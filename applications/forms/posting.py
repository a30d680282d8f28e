"""From a browser's form to raw answers: ``{field key: value as typed}``. Reading and checking is the domain's."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from applications.forms.fields.indicators import years
from jurisdictions.policy.forms import Field, Section

#: Empty rows offered below those that are filled in.
SPARE_ROWS = 3


def name_of(key: str) -> str:
    """The control's name."""
    return f"f-{key}"


def answers(section: Section, asked: frozenset[str], post: QueryDict) -> dict[str, Any]:
    """The raw answers of the fields that the page showed."""
    shown = [field for field in section.fields if field.key in asked and field.type != "files"]
    return {field.key: _raw(field, post) for field in shown}


def secrets(section: Section, post: QueryDict) -> list[str]:
    """The fields ticked as trade secrets."""
    return [field.key for field in section.fields if post.get(f"secret-{field.key}")]


def _raw(field: Field, post: QueryDict) -> Any:
    name = name_of(field.key)
    if field.type == "declaration":
        return post.get(name) == "true"
    if field.type == "choices":
        return post.getlist(name)
    if field.type == "rows":
        return [
            {column.key: post.get(f"{name}-{place}-{column.key}", "") for column in field.columns}
            for place in range(_row_count(field, name, post))
        ]
    if field.type == "indicators":
        cells = [*years(field), "rank", "why"]
        return {row.key: {cell: post.get(f"{name}-{row.key}-{cell}", "") for cell in cells} for row in field.indicators}
    return post.get(name, "")


def _row_count(field: Field, name: str, post: QueryDict) -> int:
    """As many as the page had, never more than could be allowed."""
    given = post.get(f"{name}-rows", "")
    return min(int(given) if given.isdigit() and len(given) < 5 else 0, field.max_rows + SPARE_ROWS)
