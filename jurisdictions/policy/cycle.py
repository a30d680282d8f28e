"""In which years a round is held, and for which prizes (every N years from a base year, rotations, by decision)."""

from __future__ import annotations

from jurisdictions.policy.document import Policy


def holds_in(policy: Policy, year: int) -> bool:
    """Whether the cycle gives a round in ``year``. A cycle by decision gives one in any year."""
    cycle = policy.cycle
    if cycle.every_years is None:
        return True
    since = year - cycle.base_year.value
    return since >= 0 and since % cycle.every_years == 0


def offered(policy: Policy, year: int) -> list[str]:
    """Keys of the prizes whose turn it is in ``year``, in the policy's order; empty where no round is held.

    Prizes that follow from another (``fallback_for``) come with the prize from which they follow.
    """
    if not holds_in(policy, year):
        return []
    turn = _turn(policy, year)
    return [p.key for p in policy.prizes if p.key in turn or (p.fallback_for and turn & set(p.fallback_for))]


def next_year(policy: Policy, year: int) -> int | None:
    """The first year from ``year`` on in which a round is held; None when there is none within a century."""
    return next((candidate for candidate in range(year, year + 101) if holds_in(policy, candidate)), None)


def _turn(policy: Policy, year: int) -> set[str]:
    cycle = policy.cycle
    if not cycle.rotation:
        return {prize.key for prize in policy.prizes if prize.is_applied_for}
    step = (year - cycle.base_year.value) // (cycle.every_years or 1)
    return set(cycle.rotation[step % len(cycle.rotation)])
