"""Two versions of one answer side by side: which words only one of them has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Words of letters and digits, runs of spaces, or single signs: Chinese is compared sign by sign.
_TOKENS = re.compile(r"[A-Za-z0-9.]+|\s+|.", re.DOTALL)
#: Comparing costs the square of the length: longer texts are shown without marks.
LONGEST = 6000


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; ``only``: the other version does not have it."""

    text: str
    only: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """Both versions in runs. ``joinable``: putting one behind the other makes sense."""

    mine: list[Run]
    theirs: list[Run]
    joinable: bool = False


def compare(mine: str, theirs: str, *, joinable: bool = False) -> Compared:
    """Which parts differ."""
    if max(len(mine), len(theirs)) > LONGEST:
        return Compared([Run(mine)], [Run(theirs)], joinable)
    first, second = _TOKENS.findall(mine), _TOKENS.findall(theirs)
    left: list[Run] = []
    right: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        differs = kind != "equal"
        if a < b:
            left.append(Run("".join(first[a:b]), differs))
        if c < d:
            right.append(Run("".join(second[c:d]), differs))
    return Compared(left, right, joinable)
