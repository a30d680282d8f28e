import pytest
from django_scopes import scopes_disabled

from rounds import engine
from rounds.rehearsal import player_of
from tests.voting.world import *

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open():
    with scopes_disabled():
        yield


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"secret": True},
        {"secret": True, "method": "score", "min_score": 50, "majority": None},
        {"method": "rank", "majority": None},
        {
            "secret": True,
            "tellers": {"total": 3, "needed": 2},
            "plenary": True,
            "hears_report": True,
            "hears_heads": True,
        },
        {"ties": "none"},
        {"ties": "review_score"},
        {"unit_votes": True},
    ],
)
def test_player(changes):
    w = make_world(vote(**changes), publicity(), entries=6, tellers=3)
    ctx = w.rehearsal()
    stage = w.stage
    p = player_of(stage)
    p.forbidden(ctx, stage)
    p.play(ctx, stage)
    p.forbidden_after(ctx, stage)
    rows = w.released()
    print(sorted((r.rank, r.score, r.status, r.prize, r.reason) for r in rows.values()))
    print(ctx.refusals)
    engine.close_stage(actor=w.head, stage=stage)
