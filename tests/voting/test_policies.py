"""The vote and the publicity after it, of each real regulation: its own quotas, majorities, secrecy, tellers, windows, objections."""

from __future__ import annotations

import copy

import pytest

from jurisdictions.policy.cycle import next_year, offered
from jurisdictions.policy.quota import limit_of
from rounds import engine
from rounds.models import RoundStage
from rounds.rehearsal import player_of
from tests.voting.world import make_world, refused
from voting import results
from voting.domain import ties
from voting.models import Poll

pytestmark = pytest.mark.django_db


def last_steps(document):
    """The regulation's stages from the vote to the publicity after it; the rest of it as it is."""
    told = copy.deepcopy(document.document)
    first = next(n for n, stage in enumerate(told["stages"]) if stage["kind"] == "vote")
    told["stages"] = told["stages"][first : first + 2]
    return told


def played(document, year, entries=9):
    told = last_steps(document)
    total = told["stages"][0]["tellers"]["value"]["total"] if "tellers" in told["stages"][0] else 2
    w = make_world(document=told, year=year, entries=entries, members=6, tellers=total)
    ctx, stage = w.rehearsal(seed=7), w.stage
    for candidate in ctx.candidates:
        candidate.merit = 0.55 + 0.4 * candidate.merit  # more worthy ones than places
    player_of(stage).forbidden(ctx, stage)
    player_of(stage).play(ctx, stage)
    return w, ctx, stage


CASES = [
    pytest.param("wenling-2023", 2025, marks=pytest.mark.requirement("wenling-3b", "wenling-19a", "wenling-19b")),
    pytest.param("qingyuan-draft-2025", 2025, marks=pytest.mark.requirement("qingyuan-1.2", "qingyuan-4.4")),
    pytest.param("wenzhou-2020", 2025, marks=pytest.mark.requirement("wenzhou-3", "wenzhou-17")),
    pytest.param("yiwu-2020", 2025, marks=pytest.mark.requirement("yiwu-1.5", "yiwu-5.5b")),
    pytest.param("tacheng-2023", 2025, marks=pytest.mark.requirement("tacheng-4", "tacheng-22a", "tacheng-22b")),
]


@pytest.mark.parametrize(("name", "year"), CASES)
def test_the_vote_keeps_the_places_of_the_regulation(load, name, year):
    document = load(name)
    year = year if offered(document.policy, year) else next_year(document.policy, year)
    w, ctx, stage = played(document, year)
    poll = Poll.objects.filter(stage=stage).order_by("number").first()
    assert poll.secret == stage.spec.secret.value
    rows = w.released()
    won = [row for row in rows.values() if row.prize]
    for quota in w.round.rules.quotas:
        limit = limit_of(quota, results.sizes_of(stage))
        got = [row for row in won if row.prize in quota.prizes]
        assert limit is None or quota.exempt or len(got) <= limit
        if set(quota.prizes) & {p.key for p in w.round.rules.prizes if p.fallback_for}:
            meeting = stage.meetings.get()
            with refused("over_quota") as caught:
                ties.set_fallback_places(
                    actor=w.office, meeting=meeting, places={quota.prizes[0]: limit + 1}, reason="当年情况"
                )
            assert caught.value.article == quota.article
    assert won
    engine.close_stage(actor=w.head, stage=stage)
    following = engine.open_next(actor=w.office, round_=w.round)
    player_of(following).forbidden(ctx, following)
    player_of(following).play(ctx, following)
    w.released()
    engine.close_stage(actor=w.head, stage=RoundStage.objects.get(pk=following.pk))
