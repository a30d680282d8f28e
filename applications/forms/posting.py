"""From a browser's form to raw answers: ``{field key: value as typed}``. Reading and checking is the domain's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from applications.forms import pasting, points
from applications.forms.fields import is_empty
from applications.forms.fields.indicators import years
from applications.forms.layout import Layout
from jurisdictions.policy.forms import Field, Section

#: Empty rows offered below those that are filled in.
SPARE_ROWS = 3
KEEPS = ("mine", "theirs", "both")


@dataclass(slots=True)
class Posted:
    """Raw answers, and what of pasted tables could not be taken over: ``{field key: sentences}``."""

    answers: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)


def name_of(key: str) -> str:
    """The control's name."""
    return f"f-{key}"


def answers(section: Section, asked: frozenset[str], post: QueryDict, plan: Layout | None = None) -> dict[str, Any]:
    """The raw answers of the fields that the page showed."""
    return posted(section, asked, post, plan).answers


def posted(
    section: Section, asked: frozenset[str], post: QueryDict, plan: Layout | None = None, last_year: int = 0
) -> Posted:
    """The raw answers, with pasted tables taken in where they can be read."""
    found = Posted()
    for one in section.fields:
        if one.key in asked and one.type != "files":
            count = len(plan.points.get(one.key, ())) if plan else 0
            found.answers[one.key] = _raw(one, post, count)
            if text := post.get(f"{name_of(one.key)}-paste", "").strip("\r\n"):
                _take_in(one, text, found, last_year)
    return found


def secrets(section: Section, post: QueryDict) -> list[str]:
    """The fields ticked as trade secrets."""
    return [one.key for one in section.fields if post.get(f"secret-{one.key}")]


def seen(post: QueryDict) -> dict[str, str] | None:
    """What the writer's page showed: ``{field key: fingerprint}``; None where the page did not say."""
    given = post.get("seen")
    if given is None:
        return None
    pairs = (pair.partition(":") for pair in given.split(" ") if pair)
    return {key: mark for key, _colon, mark in pairs}


def kept(post: QueryDict, key: str) -> str:
    """Of two versions the one that the writer chose: mine, theirs or both; '' while nothing was asked."""
    choice = post.get(f"keep-{key}", "")
    return choice if choice in KEEPS else ""


def _take_in(one: Field, text: str, found: Posted, last_year: int) -> None:
    """A pasted table behind what the form holds already (rows), or over it (indicators)."""
    taken = pasting.rows(one, text) if one.type == "rows" else pasting.indicators(one, text, last_year)
    if taken.problems:
        found.problems[one.key] = taken.problems
    elif one.type == "rows":
        filled = [row for row in found.answers[one.key] if not is_empty(row)]
        found.answers[one.key] = filled + taken.value
    else:
        for key, cells in taken.value.items():
            found.answers[one.key][key].update({name: cell for name, cell in cells.items() if cell})


def _raw(one: Field, post: QueryDict, count: int) -> Any:
    name = name_of(one.key)
    if one.type == "declaration":
        return post.get(name) == "true"
    if one.type == "choices":
        return post.getlist(name)
    if one.type == "rows":
        return [
            {column.key: post.get(f"{name}-{place}-{column.key}", "") for column in one.columns}
            for place in range(_row_count(one, name, post))
        ]
    if one.type == "indicators":
        cells = [*years(one), "rank", "why"]
        return {row.key: {cell: post.get(f"{name}-{row.key}-{cell}", "") for cell in cells} for row in one.indicators}
    if count:
        return points.join(post.get(name, ""), [post.get(f"{name}-p{n}", "") for n in range(1, count + 1)])
    return post.get(name, "")


def _row_count(one: Field, name: str, post: QueryDict) -> int:
    """As many as the page had, never more than could be allowed."""
    given = post.get(f"{name}-rows", "")
    return min(int(given) if given.isdigit() and len(given) < 5 else 0, one.max_rows + SPARE_ROWS)
