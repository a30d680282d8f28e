"""How many places a list has: from the shortlist rule and the quotas of the policy."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from jurisdictions.policy import Policy
from jurisdictions.policy.prizes import Quota
from jurisdictions.policy.stages import Shortlist
from reviews.tallies.ranking import at_most


def prize_places(rules: Policy, prize: str) -> int | None:
    """How many of a prize can be given: the lowest maximum of what covers the whole prize, else the sum over its tiers or categories."""
    covering = [q for q in rules.quotas if prize in q.prizes and q.max is not None and not q.where]
    whole = [_max(q) for q in covering if not q.tiers and not q.categories]
    if whole:
        return min(whole)
    keys = {tier.key for tier in rules.prize(prize).tiers}
    tiers = [q for q in covering if q.tiers and not q.categories]
    if tiers and keys <= {key for q in tiers for key in q.tiers}:
        return sum(_max(q) for q in tiers)
    classes = [q for q in covering if q.categories and not q.tiers]
    if classes and {c.key for c in rules.prize(prize).categories} <= {key for q in classes for key in q.categories}:
        return sum(_max(q) for q in classes)
    return None


def round_places(rules: Policy, prizes: Iterable[str]) -> int | None:
    """How many honours the prizes have together, a joint quota counted once; None where one of them has no limit."""
    offered = list(prizes)
    joint = [
        _max(q)
        for q in rules.quotas
        if q.max and not (q.tiers or q.categories or q.where) and set(offered) <= set(q.prizes)
    ]
    single = [prize_places(rules, prize) for prize in offered]
    together = (
        sum(place for place in single if place is not None) if all(place is not None for place in single) else None
    )
    return min([*joint, *([together] if together is not None else [])], default=None)


def category_places(rules: Policy, prize: str, category: str) -> int | None:
    """The quota of a category, else of its prize."""
    own = [
        _max(q)
        for q in rules.quotas
        if prize in q.prizes and category in q.categories and q.max and not q.tiers and not q.where
    ]
    return min(own) if own else prize_places(rules, prize)


def cap(rules: Policy, rule: Shortlist, *, prizes: Iterable[str], category: str = "") -> int | None:
    """How many may go on in one list of a shortlist rule; None: no limit."""
    offered = list(prizes)
    if rule.per == "round":
        quota = round_places(rules, offered)
    elif rule.per == "category" and category:
        quota = category_places(rules, offered[0], category)
    else:
        quota = prize_places(rules, offered[0])
    maximum = rule.max.value if rule.max is not None else None
    times = rule.times_quota.value if rule.times_quota is not None else None
    return at_most(maximum, times, Decimal(quota) if quota is not None else None)


def _max(quota: Quota) -> int:
    assert quota.max is not None
    return quota.max.value
