"""A whole invented applicant: the facts that decide its conditions from the search, everything else plausible."""

from __future__ import annotations

import contextlib
import copy
import datetime as dt
import random
from typing import Any

from applications.forms.answers import understand
from applications.invention.filling import fill
from applications.invention.places import inside, outside
from applications.invention.puzzle import Choice, Puzzle, history_of
from applications.invention.solver import solve, spoil
from jurisdictions.policy import Policy
from jurisdictions.policy.cycle import next_year

Profile = dict[str, dict[str, Any]]
DAYS_FOR_FILING = 30

#: (policy's identity, prize, last day) → (the policy, its puzzle, a sound choice, {condition: choice or None}).
_SOLVED: dict[tuple[int, str, dt.date], _Solved] = {}
MOST_KEPT = 64


class _Solved:
    """The puzzle of a prize, solved once; each failing variant when it is first asked for."""

    def __init__(self, policy: Policy, prize: str, facts: dict[str, Any]) -> None:
        self.policy = policy
        self.puzzle = Puzzle(policy, prize, facts, facts["opened_on"])
        self.seed = f"{policy.code} {policy.edition} {prize} {facts['closes_on']}"
        self.sound, self.cost = solve(self.puzzle, random.Random(self.seed))  # noqa: S311 - the same policy, the same applicants
        self.spoilt: dict[str, Choice | None] = {}

    def choice(self, fails: str | None, *, closest: bool = False) -> Choice:
        """``closest``: where nobody meets every condition, whoever meets most. Raises :class:`NoSuchApplicant`."""
        if fails is None:
            if self.cost and not closest:
                raise NoSuchApplicant(self.puzzle.prize.key)
            return self.sound
        if fails not in self.puzzle.conditions:
            raise NoSuchApplicant(fails)
        if fails not in self.spoilt:
            found = spoil(self.puzzle, self.sound, fails, random.Random(f"{self.seed} {fails}"))  # noqa: S311
            self.spoilt[fails] = found[0] if found else None
        choice = self.spoilt[fails]
        if choice is None:
            raise NoSuchApplicant(fails)
        return choice


class NoSuchApplicant(LookupError):
    """No application that can be filed fails this condition (or meets them all)."""


def invent(
    policy: Policy, prize: str, rng: random.Random, fails: str | None = None, *, closes_on: dt.date | None = None,
    opened_on: dt.date | None = None, regions: tuple[str, ...] = (), closest: bool = False,
) -> Profile:  # fmt: skip
    """A profile ``{"org", "form", "check", "awards"}`` that meets every computed condition of the prize, or every one but ``fails``.

    ``form``: stored answers for the whole form. ``regions``: division codes from which a place inside the territory is taken.
    ``closest``: where no applicant meets every condition, the one that meets most. Raises :class:`NoSuchApplicant`.
    """
    facts = round_facts(policy, closes_on, opened_on)
    solved = _solved(policy, prize, facts)
    puzzle, choice = solved.puzzle, solved.choice(fails, closest=closest)
    profile: Profile = {"org": {}, "form": {}, "check": {}, "awards": history_of(puzzle.prize)}
    for path in choice:
        namespace, name = path.split(".", 1)
        profile[namespace][name] = copy.deepcopy(puzzle.value(path, choice))
    _complete_organisation(profile["org"], puzzle, rng, facts["closes_on"], regions)
    _complete_checks(profile["check"], policy)
    profile["form"] = fill(puzzle, profile, rng)
    return profile


def unmet(
    policy: Policy, prize: str, *, closes_on: dt.date | None = None, opened_on: dt.date | None = None
) -> list[str]:
    """Keys of the computed conditions that even the closest applicant does not meet; empty when one meets them all."""
    solved = _solved(policy, prize, round_facts(policy, closes_on, opened_on))
    return [key for key, value in solved.puzzle.verdicts(solved.sound).items() if value is not True]


def feasible(
    policy: Policy, prize: str, *, closes_on: dt.date | None = None, opened_on: dt.date | None = None
) -> list[str]:
    """Keys of the computed conditions that a fileable application can fail."""
    facts = round_facts(policy, closes_on, opened_on)
    solved, found = _solved(policy, prize, facts), []
    for key in solved.puzzle.conditions:
        with contextlib.suppress(NoSuchApplicant):
            solved.choice(key)
            found.append(key)
    return found


def round_facts(policy: Policy, closes_on: dt.date | None, opened_on: dt.date | None) -> dict[str, Any]:
    """``round.*``; where nothing is known the next round's likely days."""
    if closes_on is None:
        closes_on = dt.date(next_year(policy, policy.cycle.base_year.value - 1) or policy.cycle.base_year.value, 6, 30)
    opened_on = opened_on or closes_on - dt.timedelta(days=DAYS_FOR_FILING)
    return {"year": closes_on.year, "last_year": closes_on.year - 1, "opened_on": opened_on, "closes_on": closes_on}


def _solved(policy: Policy, prize: str, facts: dict[str, Any]) -> _Solved:
    """Searched once per policy, prize and last day."""
    key = (id(policy), prize, facts["closes_on"])
    kept = _SOLVED.get(key)
    if kept is None or kept.policy is not policy:
        if len(_SOLVED) >= MOST_KEPT:
            _SOLVED.clear()
        kept = _SOLVED[key] = _Solved(policy, prize, facts)
    return kept


def _complete_organisation(
    org: dict[str, Any], puzzle: Puzzle, rng: random.Random, closes_on: dt.date, regions: tuple[str, ...]
) -> None:
    """What the conditions did not ask about; nothing here changes what they read."""
    policy, prize = puzzle.policy, puzzle.prize
    here = org.get("in_territory", True)
    org["in_territory"] = here
    org["region"] = inside(policy.territory, regions, rng) if here else outside(policy.territory)
    since = (
        org.get("operating_since")
        or (closes_on - dt.timedelta(days=365 * rng.randint(12, 25) + rng.randint(0, 300))).isoformat()
    )
    org["operating_since"] = since
    org.setdefault("founded_on", since)
    org.setdefault("operating", True)
    org.setdefault(
        "sectors", [rng.choice(["modern_services", "new_materials", "traditional_industry", "advanced_manufacturing"])]
    )
    org.setdefault("size", rng.choice(["large", "medium", "medium", "small"]))
    org.setdefault("employees", rng.randint(40, 3000))
    org.setdefault("listed", False)
    org.setdefault("subordination", "")
    if prize.activities and not set(prize.activities) & set(org.get("activities") or []):
        org["activities"] = [prize.activities[0]]


def _complete_checks(checks: dict[str, Any], policy: Policy) -> None:
    """What offices and departments will establish: the harmless answer unless the conditions decided otherwise."""
    for check in policy.checks:
        if check.key not in checks:
            checks[check.key] = _harmless(check.type, check.good, list(check.choices))


def _harmless(kind: str, good: str, choices: list[str]) -> Any:
    if kind == "yes_no":
        return good != "false"
    if kind == "choice":
        return good or choices[0]
    if kind == "number":
        return int(good) if good.lstrip("-").isdigit() else 0
    return good or ("无" if kind == "text" else None)


def typed(
    policy: Policy, prize: str, profile: Profile, *, closes_on: dt.date | None = None, opened_on: dt.date | None = None
) -> Profile:
    """The facts that the conditions will read of this profile once it is filed."""
    from applications.forms.layout import layout

    facts: Profile = {
        "round": round_facts(policy, closes_on, opened_on),
        **{k: dict(profile[k]) for k in ("org", "check", "awards")},
    }
    facts["app"] = {"prize": prize, "kind": profile["org"].get("kind")}
    answered = understand(layout(policy, prize), profile["form"], facts, facts["round"]["opened_on"], complete=True)
    return {**facts, "form": answered.typed}
