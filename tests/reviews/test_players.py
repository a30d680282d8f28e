"""Every review stage of every policy can be played, decided and closed, with its forbidden acts refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rounds.models import RoundStage
from tests.reviews.bench import Bench

POLICIES = [path.stem for path in sorted((Path(__file__).parents[2] / "fixtures/policies").glob("*.yaml"))]
OURS = ("team_review", "department_review", "composite")


@pytest.mark.parametrize("name", POLICIES)
def test_review_stages_play_from_end_to_end(bench: Callable[..., Bench], name: str) -> None:
    made = bench(name, entries=7, traits=("", "interest"))
    keys = [stage.key for stage in RoundStage.objects.filter(round=made.round, kind__in=OURS).order_by("position")]
    assert keys
    for key in keys:
        closed = made.through(key)
        assert closed.status == RoundStage.Status.CLOSED
        decided = made.rows(key)
        assert decided
        assert all(row.status in ("advanced", "stopped") for row in decided)
        assert all(row.article and row.reason for row in decided if row.status == "stopped")
        assert all(row.score is not None and row.rank for row in decided)
    acts = {refusal["act"] for refusal in made.ctx.refusals}
    assert any("without leader" in act for act in acts)
    assert all(refusal["article"] for refusal in made.ctx.refusals)
