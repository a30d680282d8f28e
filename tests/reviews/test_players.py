"""Every review stage of every policy can be played, decided and closed, with its forbidden acts refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rounds.models import RoundStage
from tests.reviews.bench import Bench

ROOT = Path(__file__).parents[2]
POLICIES = [path.stem for path in sorted((ROOT / "fixtures/policies").glob("*.yaml"))]
#: Policies made for tests: what the five regulations do not use.
STRETCHED = [str(path) for path in sorted((ROOT / "tests/data").glob("*.yaml"))]
OURS = ("team_review", "department_review", "composite")


@pytest.mark.parametrize("name", [*POLICIES, *STRETCHED], ids=lambda name: Path(name).stem)
def test_review_stages_play_from_end_to_end(bench: Callable[..., Bench], name: str) -> None:
    made = bench(name, entries=7, traits=("", "interest"))
    keys = [stage.key for stage in RoundStage.objects.filter(round=made.round, kind__in=OURS).order_by("position")]
    assert keys
    for key in keys:
        closed = made.through(key)
        assert closed.status == RoundStage.Status.CLOSED
        decided = [row for row in made.rows(key) if row.status != "skipped"]  # a stage's ``when`` may let some pass by
        assert decided or made.round.rules.stage(key).when
        assert all(row.status in ("advanced", "stopped") for row in decided)
        assert all(row.article and row.reason for row in decided if row.status == "stopped")
        assert all(row.score is not None and row.rank for row in decided)
    acts = {refusal["act"] for refusal in made.ctx.refusals}
    assert any("without leader" in act for act in acts)
    assert all(refusal["article"] for refusal in made.ctx.refusals)


TEAM = {"article": "2.3", "min": 1, "otherwise": "refuse"}
VARIANTS = {
    "one-reviewer-all-agreed": {
        "stages.documents.team": TEAM,
        "stages.documents.consensus": "agreed",
        "stages.onsite.team": TEAM,
    },
    "head-signs-committee-approves": {
        "stages.onsite.confirm": {"article": "5.4", "by": "head", "on_the_spot": True},
        "stages.onsite.plan": {"article": "2.3", "by": "committee"},
        "stages.onsite.consensus": "trimmed_mean",
        "stages.onsite.decimals": 0,
        "stages.onsite.shortlist": {"article": "5.4", "max": 1, "per": "prize"},
        "stages.departments.silence": "blocks",
        "stages.departments.credit_weight": "1",
    },
    "defence-confirmed-gate-and-no-spread": {
        "stages.onsite.mode": "defence",
        "stages.onsite.plan": None,
        "stages.onsite.opinion_within": None,
        "stages.onsite.head_present": True,
        "stages.onsite.gate": {"min_score": "700"},
        "stages.onsite.max_spread": 0,
        "stages.onsite.feedback": "in_writing",
        "stages.composite.shortlist": {"article": "5.5", "times_quota": "0.2", "per": "prize"},
        "stages.composite.gate": {"min_score": "70", "article": "5.5"},
    },
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS.keys())
def test_players_read_everything_from_the_stage(bench: Callable[..., Bench], variant: dict[str, object]) -> None:
    made = bench("yiwu-2020", entries=6, traits=("", "interest"), tweak=variant)
    keys = [stage.key for stage in RoundStage.objects.filter(round=made.round, kind__in=OURS).order_by("position")]
    for key in keys:
        assert made.through(key).status == RoundStage.Status.CLOSED
    assert made.rows("composite")
