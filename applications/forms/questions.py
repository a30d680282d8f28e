"""A section as a page shows it: each question with its control, its help and its errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from applications.forms.answers import Answered, FieldProblem, is_required
from applications.forms.fields import show
from applications.forms.fields.indicators import years
from applications.forms.fields.text import limit
from applications.forms.filled import filled_indicators, filled_rows
from applications.forms.layout import Layout
from applications.forms.located import heads, located
from applications.forms.points import split, titled
from applications.forms.posting import SPARE_ROWS, name_of
from applications.models import Evidence
from core import formats
from jurisdictions.policy.base import Text
from jurisdictions.policy.forms import Column, Field, Indicator, Section

_RADIOS = 5


@dataclass(slots=True)
class Cell:
    """A control inside a table."""

    name: str
    value: Any
    label: str
    kind: str
    options: list[tuple[str, str]] = field(default_factory=list)
    error: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two versions of one answer, in words. ``joinable``: putting one behind the other makes sense."""

    mine: str
    theirs: str
    joinable: bool


@dataclass(slots=True)
class Part:
    """A key point of a self-evaluation with what was written about it."""

    name: str
    label: str
    value: str


@dataclass(slots=True)
class Question:
    """One question. ``template`` names its control; ``value`` is what was typed, valid or not."""

    key: str
    name: str
    label: str
    template: str
    value: Any
    required: bool
    article: str
    help: str = ""
    unit: str = ""
    longest: int = 0
    kind: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[Cell]]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    files: list[Evidence] = field(default_factory=list)
    secret: bool = False
    history: list[Evidence] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    general: str = ""
    pasted: str = ""
    most_files: int = 0
    not_future: bool = False
    shown: str = ""
    filled: list[tuple[str, list[tuple[str, str]]]] = field(
        default_factory=list
    )  # a table as it is read: (heading, text) of each cell
    conflict: Conflict | None = None

    @property
    def written(self) -> int:
        """About how many key points something was written."""
        return sum(bool(part.value) for part in self.parts)

    @property
    def is_table(self) -> bool:
        return self.template in ("rows", "indicators")

    @property
    def described_by(self) -> str:
        """Ids of help and error, for ``aria-describedby``."""
        return " ".join(
            filter(None, (f"{self.name}-help" if self.help else "", f"{self.name}-error" if self.errors else ""))
        )


def questions(
    section: Section, layout: Layout, answered: Answered, answers: Mapping[str, Any], problems: Iterable[FieldProblem] = (),
    evidence: Iterable[Evidence] = (), secrets: Iterable[str] = (), theirs: Mapping[str, Any] | None = None, last_year: int = 0,
) -> list[Question]:  # fmt: skip
    """The questions of a section that are asked. ``theirs``: what somebody else wrote meanwhile."""
    marked = set(secrets)
    wrong: dict[str, list[FieldProblem]] = {}
    for problem in problems:
        wrong.setdefault(problem.field, []).append(problem)
    files: dict[str, list[Evidence]] = {}
    for piece in evidence:
        files.setdefault(piece.field, []).append(piece)
    history = {key: [one for one in pieces if one.removed_at] for key, pieces in files.items()}
    found = []
    for asked in section.fields:
        if asked.key not in answered.asked:
            continue
        question = _question(
            asked, layout, answers.get(asked.key), is_required(asked, answered), wrong.get(asked.key, []), last_year
        )
        question.files = [one for one in files.get(asked.key, []) if not one.removed_at]
        question.history, question.secret = history.get(asked.key, []), asked.key in marked
        if theirs and asked.key in theirs:
            mine = titled(show(asked, answers.get(asked.key)), layout.points.get(asked.key, ()))
            other = titled(show(asked, theirs[asked.key]), layout.points.get(asked.key, ()))
            question.conflict = Conflict(mine, other, asked.type == "long_text" and not question.parts)
        found.append(question)
    return found


def _question(
    asked: Field, layout: Layout, value: Any, required: bool, wrong: list[FieldProblem], last_year: int
) -> Question:
    cells = {problem.where: str(problem.text) for problem in wrong if problem.where}
    question = Question(
        key=asked.key, name=name_of(asked.key), label=str(asked.label), template=_template(asked), value=value, required=required,
        article=layout.article_of(asked), help=str(asked.help) if asked.help else "", unit=_unit(asked), kind=asked.type,
        options=[(choice.key, str(choice.label)) for choice in asked.choices], errors=[located(problem, asked, last_year) for problem in wrong],
        shown=titled(show(asked, value), layout.points.get(asked.key, ())),
    )  # fmt: skip
    question.most_files, question.not_future = asked.max_files, asked.not_future
    if listed := layout.points.get(asked.key):
        question.general, question.parts = _parts(question.name, listed, value)
    if asked.type in ("text", "long_text"):
        question.longest = limit(asked)
    if asked.type == "date" and isinstance(value, str) and len(value) != len("2024-03-01"):
        question.kind = "unread_date"
    if asked.type == "rows":
        question.head, question.rows = [str(column.label) for column in asked.columns], _rows(asked, value, cells)
        question.filled = filled_rows(asked, value)
    if asked.type == "indicators":
        question.head = heads(asked, last_year)
        question.rows = [(_row_label(i), _indicator(asked, i, value, cells, question.head)) for i in asked.indicators]
        question.filled = filled_indicators(question.rows)
    return question


def _parts(name: str, listed: list[Text], value: Any) -> tuple[str, list[Part]]:
    """The general text, and each key point with what was written about it."""
    general, written = split(value if isinstance(value, str) else "", len(listed))
    parts = zip(listed, written, strict=True)
    return general, [Part(f"{name}-p{n}", str(point), text) for n, (point, text) in enumerate(parts, start=1)]


def _template(asked: Field) -> str:
    if asked.type == "choice":
        return "radio" if len(asked.choices) <= _RADIOS else "select"
    return {
        "integer": "number", "decimal": "number", "money": "number", "percent": "number", "yes_no": "yes_no", "choices": "choices",
        "declaration": "declaration", "rows": "rows", "indicators": "indicators", "files": "files", "date": "date", "long_text": "long_text",
    }.get(asked.type, "text")  # fmt: skip


def _unit(asked: Field) -> str:
    return {"money": gettext("yuan"), "percent": "%"}.get(asked.type, str(asked.unit) if asked.unit else "")


def _rows(asked: Field, value: Any, errors: Mapping[str, str]) -> list[tuple[str, list[Cell]]]:
    """The rows filled in and some empty ones."""
    given = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    count = min(len(given) + SPARE_ROWS, max(asked.max_rows, len(given)))
    rows = []
    for place in range(count):
        row = given[place] if place < len(given) else {}
        cells = [
            Cell(
                name=f"{name_of(asked.key)}-{place}-{column.key}",
                value=_text(row.get(column.key)),
                kind=column.type,
                label=gettext("{label}, row {row}").format(label=column.label, row=place + 1),
                options=_options(column),
                error=errors.get(f"{place}.{column.key}", ""),
                title=str(column.label),
            )
            for column in asked.columns
        ]
        rows.append((str(place + 1), cells))
    return rows


def _options(column: Column) -> list[tuple[str, str]]:
    if column.type == "yes_no":
        return [("true", gettext("Yes")), ("false", gettext("No"))]
    return [(choice.key, str(choice.label)) for choice in column.choices]


def _indicator(
    asked: Field, indicator: Indicator, value: Any, errors: Mapping[str, str], head: list[str]
) -> list[Cell]:
    row = value.get(indicator.key, {}) if isinstance(value, dict) else {}
    row = row if isinstance(row, dict) else {}
    return [
        Cell(
            name=f"{name_of(asked.key)}-{indicator.key}-{name}",
            value=_text(row.get(name)),
            label=f"{indicator.label}, {title}",
            kind="text" if name in ("rank", "why") else "decimal",
            error=errors.get(f"{indicator.key}.{name}", ""),
            title=title,
        )
        for name, title in zip([*years(asked), "rank", "why"], head, strict=True)
    ]


def _row_label(indicator: Indicator) -> str:
    return formats.with_note(indicator.label, indicator.unit)


def _text(value: Any) -> str:
    """A stored cell as the control holds it."""
    if value is None:
        return ""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
