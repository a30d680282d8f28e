"""Ranks, cuts, ties. Ties share a rank; a tie that crosses a cut is named and never broken here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal


def ranks(scores: Mapping[int, Decimal]) -> dict[int, int]:
    """1, 1, 3 …: equal scores share a rank, the next rank counts everybody before."""
    found: dict[int, int] = {}
    last: tuple[Decimal, int] | None = None
    for place, (key, score) in enumerate(sorted(scores.items(), key=lambda item: (-item[1], item[0])), start=1):
        if last is None or last[0] != score:
            last = (score, place)
        found[key] = last[1]
    return found


@dataclass(frozen=True, slots=True)
class Cut:
    """``sure``: go on in any case. ``tied``: equal at the cut, for ``free`` places fewer than they are. The rest do not go on."""

    sure: frozenset[int]
    tied: frozenset[int]
    free: int
    score: Decimal | None


def cut(scores: Mapping[int, Decimal], cap: int | None) -> Cut:
    """The best ``cap`` (None: all)."""
    if cap is None or len(scores) <= cap:
        return Cut(frozenset(scores), frozenset(), 0, None)
    if cap <= 0:
        return Cut(frozenset(), frozenset(), 0, None)
    ordered = sorted(scores.values(), reverse=True)
    last_in, first_out = ordered[cap - 1], ordered[cap]
    if last_in != first_out:
        return Cut(frozenset(k for k, score in scores.items() if score >= last_in), frozenset(), 0, None)
    sure = frozenset(k for k, score in scores.items() if score > last_in)
    return Cut(sure, frozenset(k for k, score in scores.items() if score == last_in), cap - len(sure), last_in)


def at_most(maximum: int | None, times: Decimal | None, quota: Decimal | None) -> int | None:
    """The cap: the lower of ``maximum`` and ``times`` × ``quota``, whole places only; None where neither says anything."""
    caps = [] if maximum is None else [maximum]
    if times is not None and quota is not None:
        caps.append(int((times * quota).to_integral_value(rounding=ROUND_FLOOR)))
    return min(caps, default=None)
