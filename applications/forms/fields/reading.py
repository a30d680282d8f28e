"""What reading an answer gives."""

from __future__ import annotations

import dataclasses
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from core.typed import tidy


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in a sentence for the applicant. ``where``: the cell of a table, e.g. ``"0.name"``."""

    code: str
    text: str | Promise
    where: str = ""

    def at(self, where: str) -> Problem:
        """The same problem in a table's cell."""
        return dataclasses.replace(self, where=f"{where}.{self.where}" if self.where else where)


@dataclass(frozen=True, slots=True)
class Reading:
    """``value``: in its stored form, or as it came where it could not be understood (then ``unread``)."""

    value: Any
    problems: tuple[Problem, ...] = ()
    unread: bool = False


def unread(given: Any, problem: Problem) -> Reading:
    """What could not be understood is kept as it came, but for characters that nothing can keep."""
    return Reading(_keepable(given), (problem,), unread=True)


def _keepable(given: Any) -> Any:
    if isinstance(given, str):
        return tidy(given)
    if isinstance(given, dict):
        return {tidy(str(key)): _keepable(value) for key, value in given.items()}
    return [_keepable(value) for value in given] if isinstance(given, list | tuple) else given


def is_empty(value: Any) -> bool:
    """Nothing was given: None, blank text, or a table without a word in it."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, dict):
        return all(is_empty(v) for v in value.values())
    if isinstance(value, list | tuple):
        return all(is_empty(v) for v in value)
    return value is None


def plain(given: Any) -> str:
    """Text as typed, full-width digits and signs made plain, spaces at the ends taken off."""
    return unicodedata.normalize("NFKC", str(given)).strip()
