"""Which points a stage weighs, and weighing them (again). One place, so that every act that changes a fact renews the same points."""

from __future__ import annotations

from typing import Any

from applications.domain import assessing
from applications.domain.weighing import is_weighed, reads_check
from jurisdictions.policy import Policy
from jurisdictions.policy.forms import Condition
from jurisdictions.policy.stages import StageBase
from rounds.models import RoundStage, StageEntry


def renew(stage: RoundStage, rows: list[StageEntry]) -> None:
    """Weigh the points of these entries of the stage (again)."""
    points = points_of(stage.spec, stage.round.rules)
    asked = established_in(stage.spec)

    def picks(condition: Condition) -> bool:
        return is_weighed(condition) and ("conditions" in points or reads_check(condition, asked))

    wanted = points if "conditions" in points or not asked else [*points, "conditions"]
    assessing.compute(stage, rows, wanted, picks, established_later(stage))


def points_of(spec: StageBase, rules: Policy) -> list[str]:
    """The points that the policy names for a stage; a first review looks at the conditions, and so does an acceptance where no one else does."""
    if getattr(spec, "first_review", False):
        return ["conditions"]
    if getattr(spec, "kind", "") == "acceptance" and not any(_looks_at_all(other) for other in rules.stages):
        return ["conditions"]
    return list(getattr(spec, "points", []))


def _looks_at_all(spec: Any) -> bool:
    """Whether the stage weighs the conditions of every entry."""
    looks = spec.kind == "recommendation" and spec.first_review
    return spec.when is None and (looks or "conditions" in getattr(spec, "points", []))


def established_in(spec: StageBase) -> set[str]:
    """Keys of the checks that a stage establishes, itself or by asking bodies."""
    consult = getattr(spec, "consult", None)
    return {*getattr(spec, "checks", []), *(consult.asks if consult else [])}


def established_later(stage: RoundStage) -> frozenset[str]:
    """Facts that only stages after this one establish."""
    rules: Policy = stage.round.rules
    after = [
        spec
        for spec in rules.stages[stage.position + 1 :]
        if spec.kind in ("preliminary_review", "eligibility", "acceptance")
    ]
    later = {key for spec in after for key in established_in(spec)}
    return frozenset(f"check.{key}" for key in later - established_in(stage.spec))
