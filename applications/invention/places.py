"""Division codes (GB/T 2260) inside and outside a territory."""

from __future__ import annotations

import random
from collections.abc import Sequence

DIGITS = 6
ELSEWHERE = ("990101", "980101", "970101")


def inside(territory: Sequence[str], regions: Sequence[str], rng: random.Random) -> str:
    """One of ``regions`` where there are any, else a code below one of the territory's prefixes."""
    return padded(rng.choice(list(regions) or list(territory)))


def outside(territory: Sequence[str]) -> str:
    """A code in no place of the territory (99 is no province)."""
    return next(code for code in ELSEWHERE if not any(code.startswith(prefix) for prefix in territory))


def padded(prefix: str) -> str:
    """Six digits that begin with the prefix: ``6542`` gives ``654201``."""
    if len(prefix) >= DIGITS:
        return prefix
    return prefix.ljust(DIGITS - 1, "0") + "1" if len(prefix) % 2 == 0 else prefix.ljust(DIGITS, "1")
