"""Conditions in CEL with three answers: true, false, unknown. What is missing is unknown and never passes by itself.

CEL: https://cel.dev (Common Expression Language). ``||`` and ``&&`` absorb what is unknown as the language defines.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import cel as _cel

NAMESPACES = ("org", "form", "check", "awards", "round", "app", "entry", "bodies")
_PATH = re.compile(r"\b(" + "|".join(NAMESPACES) + r")\.([A-Za-z_][A-Za-z0-9_]*)")
#: Facts that the system itself works out: an empty text is what it found (no bar, no tier), not something missing.
WORKED_OUT = ("awards", "entry")
NOT_CEL = "not a CEL expression"
_FAULT = re.compile(r"<input>:\d+:(\d+): (?:Syntax error: )?(.*?)(?: expecting \{.*)?$", re.MULTILINE)
_STRING = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``value``: True, False or None (unknown). ``read``: the facts that the expression reads, as they stood."""

    value: bool | None
    read: dict[str, Any]
    unknown: tuple[str, ...] = ()


def check_syntax(source: str) -> None:
    """Raises ``ValueError`` with a short message when ``source`` is no CEL."""
    try:
        _compiled(source)
    except ValueError as error:
        found = _FAULT.search(str(error))
        where = f" at character {found[1]}: {found[2]}" if found else ""
        raise ValueError(f"{NOT_CEL}{where}") from error


def paths(source: str) -> tuple[str, ...]:
    """The facts an expression reads, e.g. ``("org.kind", "form.cqo")``, in order of appearance."""
    bare = _STRING.sub("''", source)
    return tuple(dict.fromkeys(f"{ns}.{name}" for ns, name in _PATH.findall(bare)))


def functions(source: str) -> frozenset[str]:
    """The named functions that an expression calls."""
    return frozenset(n for n in _compiled(source).functions() if n[0].isalpha())


def roots(source: str) -> frozenset[str]:
    """Top-level names, macro variables included."""
    return frozenset(_compiled(source).variables())


def evaluate(source: str, facts: Mapping[str, Mapping[str, Any]]) -> Verdict:
    """Evaluate over ``{namespace: {name: value}}``. Values: None, bool, numbers, text, ISO dates, lists and dicts of these."""
    value = value_of(source, facts)
    wanted = paths(source)
    read, missing = {}, []
    for path in wanted:
        namespace, name = path.split(".", 1)
        found = facts.get(namespace, {}).get(name)
        read[path] = _simple(found)
        if is_missing(namespace, found):
            missing.append(path)
    return Verdict(value if isinstance(value, bool) else None, read, tuple(missing))


def is_missing(namespace: str, value: Any) -> bool:
    """Whether nobody knows the fact. An empty answer is none."""
    return value is None or (value == "" and namespace not in WORKED_OUT)


def value_of(source: str, facts: Mapping[str, Mapping[str, Any]]) -> Any:
    """What the expression yields; None where something it needs is unknown."""
    try:
        return _compiled(source).execute(_context(facts))
    except (KeyError, TypeError, RuntimeError, ValueError, ArithmeticError, IndexError):
        return None


@functools.lru_cache(maxsize=4096)
def _compiled(source: str) -> Any:
    return _cel.compile(source)


def _context(facts: Mapping[str, Mapping[str, Any]]) -> Any:
    context = _cel.Context()
    for namespace in NAMESPACES:
        given = facts.get(namespace, {}).items()
        present = {name: _simple(value) for name, value in given if not is_missing(namespace, value)}
        context.add_variable(namespace, present)
    for name, function in FUNCTIONS.items():
        context.add_function(name, function)
    return context


def _simple(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    if isinstance(value, Mapping):
        return {str(k): _simple(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_simple(v) for v in value]
    return value


def full_years(start: Any, end: Any) -> int | None:
    """Whole years from one ISO date to another (29 February counts as completed on 1 March). None when either is missing."""
    first, last = _day(start), _day(end)
    if first is None or last is None:
        return None
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def years_before(day: Any, years: Any) -> str | None:
    """The ISO date ``years`` years before ``day``."""
    anchor = _day(day)
    if anchor is None or years is None:
        return None
    try:
        return anchor.replace(year=anchor.year - int(years)).isoformat()
    except ValueError:
        return anchor.replace(year=anchor.year - int(years), month=2, day=28).isoformat()


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


FUNCTIONS = {"full_years": full_years, "years_before": years_before}
