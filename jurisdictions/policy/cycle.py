"""Which prizes a year offers. (When an edition applies at all: ``jurisdictions.calendar.in_force``.)"""

from __future__ import annotations

from typing import Literal

from jurisdictions.policy.document import Policy


def offered(policy: Policy, year: int) -> list[str]:
    """The prize keys on offer in a year, in the policy's order; empty when it is not their turn.

    Nominations and the like, which are not applied for, come with the prizes they belong to and are not named here.
    """
    if why_not(policy, year) in ("before_first_year", "between_rounds"):
        return []
    turn = _turn(policy, year)
    return [prize.key for prize in policy.prizes if prize.is_applied_for and (turn is None or prize.key in turn)]


def why_not(policy: Policy, year: int) -> Literal["", "before_first_year", "between_rounds", "nothing_in_turn"]:
    """Why a year has no round; empty when it may have one."""
    cycle = policy.cycle
    if year < cycle.base_year.value:
        return "before_first_year"
    if cycle.every_years is not None and (year - cycle.base_year.value) % cycle.every_years:
        return "between_rounds"
    turn = _turn(policy, year)
    return "nothing_in_turn" if turn is not None and not turn else ""


def next_year(policy: Policy, year: int) -> int | None:
    """The first year after ``year`` that offers anything; None when no year ever does."""
    first = max(year + 1, policy.cycle.base_year.value)
    span = (policy.cycle.every_years or 1) * max(len(policy.cycle.rotation), 1)
    return next((candidate for candidate in range(first, first + span) if offered(policy, candidate)), None)


def is_by_decision(policy: Policy) -> bool:
    """Whether rounds are held when an organ decides so, not in fixed years."""
    return policy.cycle.every_years is None


def _turn(policy: Policy, year: int) -> list[str] | None:
    """The prizes whose turn it is; None where there is no rotation (or no fixed years to rotate in)."""
    cycle = policy.cycle
    if not cycle.rotation:
        return None
    if cycle.every_years is None:
        return [key for turn in cycle.rotation for key in turn]
    place = (year - cycle.base_year.value) // cycle.every_years
    return cycle.rotation[place % len(cycle.rotation)]
