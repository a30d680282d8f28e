"""Policy files as the tests read them, and a spotless organisation whose facts they vary."""

from __future__ import annotations

import copy
import datetime as dt
import functools
from pathlib import Path
from typing import Any, cast

from django.conf import settings

from jurisdictions.calendar import Calendar, Window, window
from jurisdictions.policy import Policy, cel, conditions, quota
from jurisdictions.policy.base import Setting
from jurisdictions.policy.checks.walk import everything
from jurisdictions.policy.loader import PolicyFile, read
from jurisdictions.policy.prizes import Reward
from jurisdictions.policy.stages import Days, StageBase

SKIPPED = "not asked"

SPOTLESS: dict[str, dict[str, Any]] = {
    "org": {
        "kind": "enterprise", "legal_status": "legal_person", "industry": "C", "in_territory": True, "operating": True,
        "operating_since": "2010-05-01", "sectors": [], "size": "large", "listed": False, "subordination": "",
    },
    "form": {
        "declares_compliance": True, "excellence_practised": True, "excellence_since": "2018-01-01",
        "qms_certified": True, "qms_valid_until": "2030-01-01", "ems_certified": True, "ems_valid_until": "2030-01-01",
        "land_grade": "A", "tax_grade": "A", "safety_level": "3", "farm_certificates": [], "brand_programmes": [],
        "city_credit_low_2y": "B", "construction_credit_low_2y": "A", "construction_prizes_2y": 3,
        "spot_check_failed_3y": False, "accident_grade_3y": "none", "serious_violation_3y": False,
        "major_complaint_3y": False, "foreign_return_3y": False, "labour_dispute_3y": False,
    },
    "check": {
        "operates_normally": True, "complies_with_law": True, "credit_bad": False, "tax_grade": "A", "form_true": True,
        "spot_check_failed": False, "accident_grade": "none", "serious_violation": False, "major_complaint": False,
        "foreign_return": False, "labour_dispute": False,
    },
    "awards": {"ever": [], "held": [], "county_level": False},
    "round": {"closes_on": "2026-06-30", "year": 2026},
}  # fmt: skip


@functools.cache
def file(name: str) -> PolicyFile:
    """A file of ``fixtures/policies``, by its name without the ending."""
    return read(Path(settings.BASE_DIR) / "fixtures/policies" / f"{name}.yaml")


def policy(name: str) -> Policy:
    return file(name).sound()


def facts(**changes: Any) -> dict[str, dict[str, Any]]:
    """The spotless organisation with ``org_kind="farm"`` and the like changed; None takes a fact away."""
    varied = copy.deepcopy(SPOTLESS)
    for name, value in changes.items():
        namespace, key = name.split("_", 1)
        varied[namespace][key] = value
    return varied


def answer(given: Policy, condition: str, **changes: Any) -> bool | str | None:
    """True, False, None (unknown) or ``SKIPPED``."""
    asked = next(c for c in given.conditions if c.key == condition)
    finding = conditions.assess(asked, facts(**changes))
    return SKIPPED if finding.applies is False else finding.value


def answers(given: Policy, **changes: Any) -> set[str]:
    """The computed conditions that the organisation does not pass."""
    computed = [c.key for c in given.conditions if c.require or c.any_of]
    return {key for key in computed if answer(given, key, **changes) not in (True, SKIPPED)}


def reward(given: Policy, prize: str, **changes: Any) -> Reward:
    """The reward that applies."""
    found = conditions.reward_for(given.prize(prize), facts(**changes))
    assert found
    return found


def amount(given: Policy, prize: str, **changes: Any) -> int | None:
    """The bonus in yuan; None for none."""
    sum_ = reward(given, prize, **changes).amount
    return None if sum_ is None else int(sum_.value)


def placed(given: Policy, prize: str, *earlier: list[str]) -> tuple[int, list[str]]:
    """How many candidates find a place, and the articles that refuse the others; each comes with its earlier prizes."""
    candidates = [
        quota.Candidate(id=place, prize=prize, facts=facts(awards_ever=ever)) for place, ever in enumerate(earlier)
    ]
    found, refused = quota.fill(candidates, given.quotas)
    return len(found), [refusal.article for refusal in refused]


def waits(given: Policy, prize: str, *, won: str, in_year: int, year: int) -> list[str]:
    """The waiting periods that keep the winner of ``won`` from applying for ``prize``."""
    earlier = [{"prize": won, "year": in_year}]
    return [wait.period.key for wait in conditions.waiting_period_blocks(given, prize, earlier, year)]


def flags(given: Policy, **changes: Any) -> set[str]:
    """The encouragements that an organisation shows."""
    known = facts(**changes)
    return {e.key for e in given.encouragements if cel.evaluate(e.when, known).value}


def goes_through(given: Policy, stage: str, **changes: Any) -> bool:
    """Whether an entry passes through the stage rather than skip it."""
    when = given.stage(stage).when
    return not when or cel.evaluate(when, facts(**changes)).value is not False


def stage(given: Policy, key: str) -> Any:
    """Untyped on purpose: each test knows the kind it asks for."""
    return cast(Any, given.stage(key))


def publicity_window(given: Policy, published: str, key: str = "publicity") -> Window:
    """The window of a publicity stage as the calendar counts it."""
    days: Days = stage(given, key).window
    day = dt.date.fromisoformat(published)
    return window(Calendar(), after=day, length=days.length.value, unit=days.unit, article=given.stage(key).article)


def order(given: Policy) -> list[str]:
    return [s.key for s in given.stages]


def assumed(given: Policy) -> set[str]:
    """``Stage.key.setting`` of every assumed value of a stage."""
    found: set[str] = set()
    for one in given.stages:
        found |= {f"{one.key}.{said}" for said in _assumed_in(one)}
    return found


def _assumed_in(one: StageBase) -> set[str]:
    names: set[str] = set()
    for said in everything(one):
        held = getattr(said.model, said.name)
        if isinstance(held, Setting) and held.assumed:
            names.add(said.name)
    return names
