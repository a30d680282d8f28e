"""The player of a vote, for every way of voting that the schema knows."""

from __future__ import annotations

import pytest

from documents.models import Paper
from rounds import engine
from rounds.models import RoundStage
from rounds.rehearsal import player_of
from tests.voting.world import T, make_world, publicity, vote
from voting.models import Poll

pytestmark = pytest.mark.django_db

TIERED = {
    "prizes": [
        {
            "key": "quality", "name": T("质量奖"), "article": "2", "applicants": ["enterprise"],
            "tiers": [{"key": k, "name": T(k), "article": "2"} for k in ("gold", "silver")],
        },
        {"key": "nomination", "name": T("提名奖"), "article": "3", "applicants": ["enterprise"], "fallback_for": ["quality"]},
    ],
    "quotas": [
        {"key": "golds", "article": "3", "prizes": ["quality"], "tiers": ["gold"], "max": 1},
        {"key": "all", "article": "3", "prizes": ["quality"], "max": 3},
        {"key": "nominations", "article": "3", "prizes": ["nomination"], "max": 1},
    ],
}  # fmt: skip
TWO_THIRDS = {"ratio": "2/3", "strict": False, "base": "present"}


@pytest.mark.parametrize(
    ("changes", "policy"),
    [
        ({}, {}),
        ({"secret": True}, {}),
        ({"secret": True, "method": "score", "min_score": 50, "majority": None}, TIERED),
        ({"method": "rank", "majority": None, "secret": True}, {}),
        ({"secret": True, "tellers": {"total": 3, "needed": 2}, "plenary": True, "hears_report": True, "hears_heads": True}, {}),
        ({"secret": True, "tellers": {"total": 1, "needed": 1}, "ties": "none", "unit_votes": True}, {}),
        ({"ties": "review_score", "quorum": {"ratio": "1/2", "base": "appointed"}}, TIERED),
        ({"tier_majorities": {"gold": TWO_THIRDS}}, TIERED),
        ({"tier_majorities": {"gold": TWO_THIRDS, "silver": TWO_THIRDS}, "majority": None, "secret": True}, TIERED),
        ({"majority": {"ratio": "2/3", "strict": False, "base": "appointed"}}, {}),
    ],
)  # fmt: skip
def test_any_vote_is_played_to_its_close(changes, policy):
    w = make_world(vote(**changes), publicity(), entries=6, tellers=3, **policy)
    ctx, stage = w.rehearsal(), w.stage
    player = player_of(stage)
    player.forbidden(ctx, stage)
    player.play(ctx, stage)
    player.forbidden_after(ctx, stage)
    rows = w.released()
    engine.close_stage(actor=w.head, stage=stage)
    assert RoundStage.objects.get(pk=stage.pk).status == "closed"
    quotas = w.round.rules.quotas
    for quota in quotas:
        got = [r for r in rows.values() if r.prize in quota.prizes and (not quota.tiers or r.tier in quota.tiers)]
        assert len(got) <= quota.max.value
    assert all(r.reason and r.article for r in rows.values() if r.status == "stopped")
    assert len({refusal["code"] for refusal in ctx.refusals}) >= 6
    assert Poll.objects.filter(stage=stage, status="counted").exists()


def test_the_same_seed_gives_the_same_paper():
    seen = []
    for _again in range(2):
        w = make_world(vote(secret=True, majority=None, method="score"), publicity(), entries=4, tellers=2)
        for n, member in enumerate(w.members):
            type(member).objects.filter(pk=member.pk).update(name=f"委员{n}")
        for n, teller in enumerate(w.tellers):
            type(teller).objects.filter(pk=teller.pk).update(name=f"计票人{n}")
        player_of(w.stage).play(w.rehearsal(seed=5), w.stage)
        seen.append(Paper.objects.filter(kind="vote_minutes").order_by("-id").first())
    told = [{key: value for key, value in paper.context.items() if key != "jurisdiction"} for paper in seen]
    assert told[0] == told[1]
    assert "sections" in told[0]
