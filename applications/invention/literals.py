"""What an expression compares with: the words, numbers and dates from which candidate values are made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_TEXT = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class Literals:
    """``numbers`` of all expressions, ``words`` between quotes, ``dates`` among the words."""

    words: tuple[str, ...]
    numbers: tuple[Decimal, ...]
    dates: tuple[dt.date, ...]


def literals(expressions: Iterable[str]) -> Literals:
    """Every literal of these expressions, in order of appearance."""
    words: dict[str, None] = {}
    numbers: dict[Decimal, None] = {}
    for expression in expressions:
        for single, double in _TEXT.findall(expression):
            words[single or double] = None
        for number in _NUMBER.findall(_TEXT.sub("''", expression)):
            numbers[Decimal(number)] = None
    dates = tuple(dt.date.fromisoformat(word) for word in words if _DATE.match(word))
    return Literals(tuple(words), tuple(numbers), dates)
