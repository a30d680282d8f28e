"""Counting one item: pure functions over the votes and the roll's numbers. ``verify_minutes.py`` recomputes the same on its own.

Abstention is a ballot; what is no vote is invalid and counted; the recused are in neither numerator nor denominator of every base but
"appointed", which is the whole roll.

approve   ``for``, ``for:<tier>``, ``against``, ``abstain``. A vote for a tier supports every lower tier as well.
score     points; the score is their mean. "For" means at least ``min_score`` points.
rank      places, 1 the best; the score is the number of items less the mean place (Borda's count, averaged). A voter recused from some
          items orders fewer: the mean place gets half the missing items, averaged over the ballots, so that nobody gains by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

ABSTAIN, AGAINST, FOR = "abstain", "against", "for"


@dataclass(frozen=True, slots=True)
class Seats:
    """The roll's numbers for one item. ``present``: present and not recused."""

    appointed: int
    recused: int
    present: int

    @property
    def eligible(self) -> int:
        return self.appointed - self.recused


@dataclass(frozen=True, slots=True)
class Count:
    """The count of one item."""

    cast: int
    votes_for: int
    against: int
    abstained: int
    invalid: int
    tiers: dict[str, int]
    base: int
    share: Fraction | None
    score: Fraction | None
    passed: bool
    reached_tiers: tuple[str, ...]


def count(
    values: Sequence[str],
    seats: Seats,
    settings: Mapping[str, Any],
    *,
    tiers: Sequence[str] = (),
    allowance: Fraction = Fraction(0),
) -> Count:
    """``settings``: as frozen on the poll; ``tiers``: those voted on, best first; ``allowance``: added to the mean place (rank)."""
    method = settings["method"]
    good = [value for value in values if is_vote(value, settings, tiers)]
    said = Counter(good)
    abstained = said.pop(ABSTAIN, 0)
    points = [int(value) for value in good if value != ABSTAIN] if method != "approve" else []
    votes_for, against = _for_and_against(method, said, points, settings)
    by_tier = _by_tier(said, tiers)
    base = _base(settings.get("majority"), seats, len(values))
    score = _score(method, points, settings, allowance)
    reached = tuple(tier for tier in tiers if _reaches(by_tier[tier], seats, len(values), _majority_of(tier, settings)))
    passed = bool(reached) if tiers else _passes(votes_for, score, seats, len(values), settings)
    share = Fraction(votes_for, base) if base else None
    return Count(
        len(values),
        votes_for,
        against,
        abstained,
        len(values) - len(good),
        by_tier,
        base,
        share,
        score,
        passed,
        reached,
    )


def is_vote(value: str, settings: Mapping[str, Any], tiers: Sequence[str] = ()) -> bool:
    """Whether ``value`` can be given on an item under these settings."""
    if value == ABSTAIN:
        return True
    if settings["method"] == "approve":
        wanted = {f"{FOR}:{tier}" for tier in tiers} if tiers else {FOR}
        return value == AGAINST or value in wanted
    low, high = settings["score_range"] if settings["method"] == "score" else (1, settings["items"])
    return value.isascii() and value.isdigit() and str(int(value)) == value and low <= int(value) <= high


def reaches(votes: int, base: int, majority: Mapping[str, Any] | None) -> bool:
    """More than the ratio of the base, or at least; without a majority one vote is enough. Exact integers."""
    if not majority:
        return votes > 0
    ratio = Fraction(majority["ratio"])
    got, wanted = votes * ratio.denominator, base * ratio.numerator
    return votes > 0 and (got > wanted if majority["strict"] else got >= wanted)


def _majority_of(tier: str, settings: Mapping[str, Any]) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = settings.get("tier_majorities", {}).get(tier) or settings.get("majority")
    return found


def _reaches(votes: int, seats: Seats, cast: int, majority: Mapping[str, Any] | None) -> bool:
    return reaches(votes, _base(majority, seats, cast), majority)


def _base(majority: Mapping[str, Any] | None, seats: Seats, cast: int) -> int:
    name = majority["base"] if majority else "cast"
    return {"appointed": seats.appointed, "eligible": seats.eligible, "present": seats.present, "cast": cast}[name]


def _for_and_against(
    method: str, said: Counter[str], points: list[int], settings: Mapping[str, Any]
) -> tuple[int, int]:
    if method == "approve":
        against = said.get(AGAINST, 0)
        return said.total() - against, against
    if method == "score" and settings.get("min_score") is not None:
        enough = sum(p >= Fraction(settings["min_score"]) for p in points)
        return enough, len(points) - enough
    return len(points), 0


def _by_tier(said: Counter[str], tiers: Sequence[str]) -> dict[str, int]:
    total, result = 0, {}
    for tier in tiers:
        total += said.get(f"{FOR}:{tier}", 0)
        result[tier] = total
    return result


def _score(method: str, points: list[int], settings: Mapping[str, Any], allowance: Fraction) -> Fraction | None:
    if method == "approve" or not points:
        return None
    mean = Fraction(sum(points), len(points))
    return mean if method == "score" else settings["items"] - mean - allowance


def _passes(votes_for: int, score: Fraction | None, seats: Seats, cast: int, settings: Mapping[str, Any]) -> bool:
    majority = settings.get("majority")
    if settings["method"] != "approve":
        least = settings.get("min_score") if settings["method"] == "score" else None
        if score is None or (least is not None and score < Fraction(least)):
            return False
        if not majority:
            return True
    return _reaches(votes_for, seats, cast, majority)
