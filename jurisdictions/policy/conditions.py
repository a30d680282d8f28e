"""Conditions, rewards and waiting periods weighed against facts. Pure: no database, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jurisdictions.policy import cel, cycle
from jurisdictions.policy.document import Policy
from jurisdictions.policy.forms import Condition
from jurisdictions.policy.prizes import Prize, Reward, WaitingPeriod

Facts = Mapping[str, Mapping[str, Any]]


class Undecided(LookupError):
    """It depends on facts that no one knows yet; ``unknown`` names them."""

    def __init__(self, unknown: tuple[str, ...]) -> None:
        super().__init__(", ".join(unknown))
        self.unknown = unknown


@dataclass(frozen=True, slots=True)
class Finding:
    """``value``: True, False or None (unknown, or for people to judge). ``applies``: whether it is asked at all. ``grounds``: each
    alternative's own value. ``read``: the facts that it rests on, as they stood; ``unknown``: those that no one knows."""

    value: bool | None
    applies: bool | None = True
    grounds: dict[str, bool | None] = field(default_factory=dict)
    read: dict[str, Any] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def all_of(values: Iterable[bool | None]) -> bool | None:
    """Kleene's and: one false makes it false, else one unknown makes it unknown."""
    found = list(values)
    return False if False in found else None if None in found else True


def any_of(values: Iterable[bool | None]) -> bool | None:
    """Kleene's or: one true makes it true, else one unknown makes it unknown."""
    found = list(values)
    return True if True in found else None if None in found else False


def negation(value: bool | None) -> bool | None:
    """Kleene's not."""
    return None if value is None else not value


def applies(condition: Condition, facts: Facts) -> bool | None:
    """Whether the condition is asked of this application; None when that cannot be told yet."""
    return cel.evaluate(condition.when, facts).value if condition.when else True


def assess(condition: Condition, facts: Facts) -> Finding:
    """Weigh one condition. What is not asked holds; what people judge is unknown until they have."""
    asked = cel.evaluate(condition.when, facts) if condition.when else None
    required = cel.evaluate(condition.require, facts) if condition.require else None
    grounds = {ground.key: cel.evaluate(ground.require, facts) for ground in condition.any_of}
    verdicts = [verdict for verdict in (asked, required, *grounds.values()) if verdict]
    parts = [required.value] if required else []
    if grounds:
        parts.append(any_of(verdict.value for verdict in grounds.values()))
    met = all_of(parts) if parts else None
    asked_value = asked.value if asked else True
    return Finding(
        value=any_of((negation(asked_value), met)),
        applies=asked_value,
        grounds={key: verdict.value for key, verdict in grounds.items()},
        read={path: fact for verdict in verdicts for path, fact in verdict.read.items()},
        unknown=tuple(dict.fromkeys(path for verdict in verdicts for path in verdict.unknown)),
    )


def reward_for(prize: Prize, facts: Facts) -> Reward | None:
    """The first reward whose ``when`` holds; None when none does.

    Raises :class:`Undecided` when one that stands earlier depends on what no one knows.
    """
    for reward in prize.rewards:
        verdict = cel.evaluate(reward.when, facts) if reward.when else None
        if verdict is None or verdict.value is True:
            return reward
        if verdict.value is None:
            raise Undecided(verdict.unknown)
    return None


@dataclass(frozen=True, slots=True)
class Wait:
    """A waiting period that stands in the way. ``certain``: False when staff must first find out (same achievements, missing dates).
    ``award``: the earlier award. ``free_from``: the first year, or day, in which it no longer does; None: never, or unknown."""

    period: WaitingPeriod
    award: Mapping[str, Any]
    certain: bool
    free_from: int | dt.date | None

    @property
    def article(self) -> str:
        return self.period.article


def waiting_period_blocks(
    policy: Policy,
    prize: str,
    won: Sequence[Mapping[str, Any]],
    year: int,
    *,
    on: dt.date | None = None,
    rounds: Sequence[int] | None = None,
    same_achievements: bool | None = None,
) -> list[Wait]:
    """The waiting periods that keep the winner of ``won`` from applying for ``prize`` in ``year``; empty when none does.

    ``won``: as ``awards.won``, with ``decided_on`` (ISO date) where the decision's day counts. ``on``: the day of application.
    ``rounds``: the years of the rounds held (default: those that the cycle provides). ``same_achievements``: the applicant's answer.
    Awards of other jurisdictions and revoked ones do not count.
    """
    found = []
    for period in policy.waiting_periods:
        if period.applying_for and prize not in period.applying_for:
            continue
        if period.same_achievements_only and same_achievements is False:
            continue
        for award in won:
            if award["prize"] in period.holders_of and _counts(award, policy):
                found += _wait(policy, period, award, year, on, rounds, same_achievements)
    return found


def _counts(award: Mapping[str, Any], policy: Policy) -> bool:
    return not award.get("revoked") and award.get("jurisdiction", policy.code) == policy.code


def _wait(
    policy: Policy,
    period: WaitingPeriod,
    award: Mapping[str, Any],
    year: int,
    on: dt.date | None,
    rounds: Sequence[int] | None,
    same: bool | None,
) -> list[Wait]:
    """One wait, or none."""
    known = not period.same_achievements_only or same is True
    if period.unit == "forever":
        return [Wait(period, award, known, None)]
    if period.unit == "years":
        free = int(award["year"]) + period.length
        return [Wait(period, award, known, free)] if year < free else []
    if period.unit == "rounds":
        passed = [y for y in _rounds(policy, rounds, award, year) if award["year"] < y < year]
        return [Wait(period, award, known, None)] if len(passed) < period.length else []
    return _since_decision(period, award, on, known)


def _since_decision(period: WaitingPeriod, award: Mapping[str, Any], on: dt.date | None, known: bool) -> list[Wait]:
    decided = award.get("decided_on")
    full = cel.full_years(decided, on)
    if full is None:
        return [Wait(period, award, False, None)]
    if full >= period.length:
        return []
    return [Wait(period, award, known, _first_day_after(dt.date.fromisoformat(str(decided)[:10]), period.length))]


def _first_day_after(start: dt.date, years: int) -> dt.date:
    """The first day on which ``years`` full years have passed (29 February: 1 March)."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return dt.date(start.year + years, 3, 1)


def _rounds(policy: Policy, held: Sequence[int] | None, award: Mapping[str, Any], year: int) -> Iterable[int]:
    return held if held is not None else (y for y in range(award["year"] + 1, year) if cycle.offered(policy, y))
