"""Filling the places that quotas leave. Pure: who is placed depends on the order given and on nothing else.

A place is free for a candidate when every quota that covers it has room, the places kept inside that quota for others set aside.
Kept places that no one can use go back to all (``unused_reserve: released``) or stay empty (``vacant``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import floor
from typing import Any

from jurisdictions.policy import cel
from jurisdictions.policy.prizes import Quota


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who could win. ``tiers``: those it may get, the best first; empty where the prize has none."""

    id: Any
    prize: str
    tiers: tuple[str, ...] = ()
    category: str = ""
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate with the tier it got (``""`` where there are none)."""

    candidate: Candidate
    tier: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """``quota`` had no room. ``kept``: it would have had, but for places kept for others. ``limit``: its places."""

    candidate: Candidate
    quota: Quota
    limit: int
    kept: bool

    @property
    def article(self) -> str:
        return self.quota.article


def fill(
    candidates: Sequence[Candidate], quotas: Sequence[Quota], *, sizes: Mapping[str, int] | None = None
) -> tuple[list[Place], list[Refusal]]:
    """Place candidates in their order. ``sizes``: entries of each stage, for quotas that are a share of one.

    Raises ``KeyError`` when a share's stage is not in ``sizes``.
    """
    kept = {quota.key: quota.reserved or 0 for quota in quotas if quota.inside}
    while True:
        run = _Run(quotas, kept, sizes or {})
        placed, refused = run.through(candidates)
        used = {quota.key: run.used[quota.key] for quota in quotas if quota.unused_reserve == "released"}
        needed = {key: min(places, used.get(key, places)) for key, places in kept.items()}
        if needed == kept:
            return placed, refused
        kept = needed


def exceeded(
    chosen: Sequence[Place], quotas: Sequence[Quota], *, sizes: Mapping[str, int] | None = None
) -> list[tuple[Quota, int, int]]:
    """The quotas that a list made by hand goes over: ``(quota, limit, got)``. Places kept for others count as taken only
    where they must stay vacant."""
    found = []
    run = _Run(
        quotas, {q.key: q.reserved or 0 for q in quotas if q.inside and q.unused_reserve == "vacant"}, sizes or {}
    )
    for place in chosen:
        run.take(place)
    for quota in quotas:
        limit = limit_of(quota, sizes or {})
        got = run.count[quota.key] + run.kept_in(quota)
        if limit is not None and got > limit:
            found.append((quota, limit, got))
    return found


def limit_of(quota: Quota, sizes: Mapping[str, int]) -> int | None:
    """The most places it allows; None: any number. A share is rounded down."""
    limits = [] if quota.max is None else [quota.max.value]
    if quota.share is not None and quota.share_of:
        limits.append(floor(quota.share * sizes[quota.share_of]))
    return min(limits, default=None)


def covers(quota: Quota, place: Place, *, for_certain: bool = False) -> bool:
    """Whether the place counts in this quota. Where a fact is unknown it counts, unless ``for_certain`` (a place kept)."""
    candidate = place.candidate
    if candidate.prize not in quota.prizes or (quota.tiers and place.tier not in quota.tiers):
        return False
    if quota.categories and candidate.category not in quota.categories:
        return False
    if quota.exempt and cel.evaluate(quota.exempt, candidate.facts).value is True:
        return False
    where = cel.evaluate(quota.where, candidate.facts).value if quota.where else True
    return where is True or (where is None and not for_certain)


class _Run:
    """One pass over the candidates, with so many places kept."""

    def __init__(self, quotas: Sequence[Quota], kept: Mapping[str, int], sizes: Mapping[str, int]) -> None:
        self.quotas, self.kept = quotas, kept
        self.limit = {quota.key: limit_of(quota, sizes) for quota in quotas}
        self.count = {quota.key: 0 for quota in quotas}
        self.used = {quota.key: 0 for quota in quotas}  # of the places kept: by those to whom they certainly belong

    def through(self, candidates: Sequence[Candidate]) -> tuple[list[Place], list[Refusal]]:
        placed, refused = [], []
        for candidate in candidates:
            for place in [Place(candidate, tier) for tier in candidate.tiers or ("",)]:
                refusal = self._refusal(place)
                if refusal is None:
                    self.take(place)
                    placed.append(place)
                    break
            if refusal is not None:
                refused.append(refusal)
        return placed, refused

    def take(self, place: Place) -> None:
        for quota in self.quotas:
            self.count[quota.key] += covers(quota, place)
            self.used[quota.key] += covers(quota, place, for_certain=True)

    def kept_in(self, quota: Quota, place: Place | None = None) -> int:
        """Places of ``quota`` still kept by quotas inside it (once ``place`` is taken)."""
        inner = [q for q in self.quotas if q.inside == quota.key]
        taken = [self.used[q.key] + (place is not None and covers(q, place, for_certain=True)) for q in inner]
        return sum(max(0, self.kept.get(q.key, 0) - used) for q, used in zip(inner, taken, strict=True))

    def _refusal(self, place: Place) -> Refusal | None:
        for quota in self.quotas:
            limit = self.limit[quota.key]
            if limit is None or not covers(quota, place):
                continue
            if self.count[quota.key] + 1 + self.kept_in(quota, place) > limit:
                return Refusal(place.candidate, quota, limit, kept=self.count[quota.key] < limit)
        return None
