"""A whole form's answers: typed for conditions, which fields are asked, what is missing or wrong."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from applications.forms import fields
from applications.forms.fields import Problem, is_empty
from applications.forms.layout import Layout
from jurisdictions.policy import cel
from jurisdictions.policy.forms import Field

#: Conditions on conditions: so many steps deep are followed.
DEPTH = 6
#: What leaving a question open means once the form is filed.
LEFT_OPEN: dict[str, Callable[[], Any]] = {"choices": list, "rows": list, "declaration": bool}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is missing or wrong with one field, and by which article it is asked. ``blocks``: filing is refused while it stands."""

    section: str
    field: str
    code: str
    text: str | Promise
    article: str
    where: str = ""

    @property
    def anchor(self) -> str:
        """The id of the question, or of the cell, on its section's page."""
        return f"f-{self.field}" + (f"-{self.where.replace('.', '-')}" if "." in self.where else "")


@dataclass(frozen=True, slots=True)
class Answered:
    """Typed answers of the fields that are asked, and the keys of those."""

    typed: dict[str, Any]
    asked: frozenset[str]
    facts: dict[str, dict[str, Any]]


def understand(
    layout: Layout,
    answers: Mapping[str, Any],
    facts: Mapping[str, Mapping[str, Any]],
    today: dt.date,
    *,
    complete: bool = False,
) -> Answered:
    """Which fields are asked of this applicant, and the typed answers to them. What is not asked counts as not answered.

    ``facts``: the other namespaces (``org``, ``round``, …), that ``shown_when`` may read. ``complete``: the form is filed, so that
    a list left empty is an answer ("none") and a declaration left open was not made.
    """
    typed = {
        key: value
        for key, field in layout.fields.items()
        if (value := fields.fact(field, answers.get(key), today)) is not None
    }
    conditional = [field for field in layout.fields.values() if field.shown_when]
    hidden: frozenset[str] = frozenset()
    merged: dict[str, dict[str, Any]] = {name: dict(values) for name, values in facts.items()}
    for _step in range(DEPTH):
        merged["form"] = {key: value for key, value in typed.items() if key not in hidden}
        now = frozenset(field.key for field in conditional if holds(field.shown_when or "", merged) is not True)
        if now == hidden:
            break
        hidden = now
    if complete:
        for key, field in layout.fields.items():
            if key not in hidden and field.type in LEFT_OPEN:
                typed.setdefault(key, LEFT_OPEN[field.type]())
    merged["form"] = {key: value for key, value in typed.items() if key not in hidden}
    return Answered(merged["form"], frozenset(layout.fields) - hidden, merged)


@functools.lru_cache(maxsize=4096)
def _reads(source: str) -> tuple[tuple[str, str], ...]:
    return tuple((path.split(".", 1)[0], path.split(".", 1)[1]) for path in cel.paths(source))


def holds(source: str, facts: Mapping[str, Mapping[str, Any]]) -> bool | None:
    """What an expression comes to; only the facts that it reads are handed over, since a form asks this a hundred times."""
    read: dict[str, dict[str, Any]] = {}
    for namespace, name in _reads(source):
        read.setdefault(namespace, {})[name] = facts.get(namespace, {}).get(name)
    value = cel.value_of(source, read)
    return value if isinstance(value, bool) else None


def is_required(field: Field, answered: Answered) -> bool:
    """Whether an answer is owed."""
    if field.key not in answered.asked:
        return False
    if field.type == "declaration":
        return field.must_accept
    return field.required or bool(field.required_when and holds(field.required_when, answered.facts) is True)


def problems(
    layout: Layout, answers: Mapping[str, Any], answered: Answered, evidence: Mapping[str, int], today: dt.date,
    only: Iterable[str] | None = None,
) -> list[FieldProblem]:  # fmt: skip
    """What is missing or wrong, in the order of the form. ``evidence``: files per field; ``only``: these sections."""
    wanted = None if only is None else frozenset(only)
    found = []
    for section in layout.sections:
        if wanted is not None and section.key not in wanted:
            continue
        for field in section.fields:
            if field.key in answered.asked:
                wrong = _of_field(field, answers.get(field.key), answered, evidence.get(field.key, 0), today)
                article = layout.article_of(field)
                found += [FieldProblem(section.key, field.key, p.code, p.text, article, p.where) for p in wrong]
    return found


def _of_field(field: Field, value: Any, answered: Answered, files: int, today: dt.date) -> list[Problem]:
    required = is_required(field, answered)
    if field.type == "files":
        return _of_files(field, files, required)
    if field.type == "declaration":
        return [] if value is True or not field.must_accept else [_refused(field)]
    if is_empty(value):
        return [MISSING] if required else []
    reading = fields.read(field, value, today)
    found = list(reading.problems)
    if field.type == "rows" and not reading.unread and 0 < len(reading.value) < field.min_rows:
        found.append(Problem("too_few_rows", format_lazy(_("At least {least} rows are needed."), least=field.min_rows)))
    if field.type == "choices" and required and not reading.unread and not reading.value:
        found.append(MISSING)
    return found


MISSING = Problem("missing", _("This must be filled in."))


def _of_files(field: Field, files: int, required: bool) -> list[Problem]:
    if files == 0 and required:
        return [Problem("file_missing", _("A file must be attached here."))]
    if files > field.max_files:
        return [
            Problem(
                "too_many_files", format_lazy(_("At most {most} files can be attached here."), most=field.max_files)
            )
        ]
    return []


def _refused(field: Field) -> Problem:
    return Problem("not_accepted", field.refusal or _("This declaration must be accepted before filing."))  # type: ignore[arg-type]
