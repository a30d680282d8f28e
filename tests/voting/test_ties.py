"""Places, ties, tiers and fallback awards."""

from __future__ import annotations

import pytest

from publicity.domain import notices
from rounds import engine
from rounds.models import StageEntry
from tests.voting.test_player import TIERED, TWO_THIRDS
from tests.voting.world import make_world, new_entry, publicity, refused, vote
from voting import results
from voting.domain import polls, ties
from voting.models import Poll, TieDecision

pytestmark = pytest.mark.django_db
NOMINATION = {"prizes": [{**TIERED["prizes"][0], "tiers": []}, TIERED["prizes"][1]], "quotas": TIERED["quotas"][1:]}


def test_a_tie_that_no_place_depends_on_is_shown_and_stops_nothing():
    w = make_world(vote(), publicity(), entries=2)
    w.held(*[["for", "for"]] * 5)
    found = results.outcome(w.stage)
    assert found.contested == []
    assert [s.rank for s in found.standings] == [1, 1]
    assert {row.status for row in w.released().values()} == {"advanced"}


def test_a_second_round_among_the_tied_decides():
    w = make_world(vote(secret=True), publicity(), entries=4)
    w.held(*[["for", "for", "for", "against"]] * 5)
    assert len(results.outcome(w.stage).contested[0]) == 3
    with refused("stage_blocked"):
        engine.prepare(actor=w.office, stage=w.stage)
    a, b, c, _d = w.entries
    with refused("tie_open"):
        ties.settle_tie(actor=w.head, stage=w.stage, order=[a.pk, b.pk, c.pk], reason="合议")
    meeting = w.stage.meetings.get()
    poll = w.with_keys(ties.second_round(actor=w.office, meeting=meeting, tellers=w.tellers), w.tellers)
    polls.open_poll(actor=w.office, poll=poll)
    assert set(poll.items.values_list("entry", flat=True)) == {a.pk, b.pk, c.pk}
    w.cast(
        poll, ["against", "for", "for"], ["against", "for", "for"], ["for", "for", "for"], ["against", "for", "against"]
    )
    w.counted(poll)
    rows = w.released()
    assert {pk for pk, row in rows.items() if row.status == "advanced"} == {b.pk, c.pk}
    assert [rows[e.pk].rank for e in w.entries] == [3, 1, 2, 4]


def test_tied_again_the_committee_decides_with_its_reason():
    w = make_world(vote(), publicity(), entries=3)
    w.held(*[["for"] * 3] * 5)
    poll = ties.second_round(actor=w.office, meeting=w.stage.meetings.get())
    polls.open_poll(actor=w.office, poll=poll)
    w.cast(poll, *[["for"] * 3] * 5)
    w.counted(poll)
    order = [e.pk for e in reversed(w.entries)]
    with refused("not_yours_to_do"):
        ties.settle_tie(actor=w.office, stage=w.stage, order=order, reason="合议")
    with refused("reason_missing"):
        ties.settle_tie(actor=w.head, stage=w.stage, order=order, reason="")
    with refused("tie_order_wrong"):
        ties.settle_tie(actor=w.head, stage=w.stage, order=order[:2], reason="合议")
    ties.settle_tie(actor=w.head, stage=w.stage, order=order, reason="经合议")
    with refused("no_tie"):
        ties.settle_tie(actor=w.head, stage=w.stage, order=order, reason="再议")
    assert TieDecision.objects.count() == 1
    assert w.released()[w.entries[0].pk].status == "stopped"


def test_the_higher_review_score_decides_where_the_rules_say_so():
    review = publicity(key="before", report_to=None)
    w = make_world(review, vote(ties="review_score"), entries=3)
    stage = w.stage
    notice = notices.publish(actor=w.office, stage=stage)
    w.rehearsal().move_to(notice.ends_at.replace(year=notice.ends_at.year + 1))
    w.released()
    for entry, score in zip(w.entries, (70, 90, 80), strict=True):
        StageEntry.objects.filter(stage=stage, entry=entry).update(score=score)
    engine.close_stage(actor=w.head, stage=stage)
    engine.open_next(actor=w.office, round_=w.round)
    w.held(*[["for"] * 3] * 5)
    rows = w.released()
    assert [rows[e.pk].status for e in w.entries] == ["stopped", "advanced", "advanced"]
    with refused("stage_not_open"):
        engine.close_stage(actor=w.head, stage=stage)


@pytest.mark.requirement("wenling-19b", "wenling-3b")
def test_who_reached_the_vote_without_winning_may_get_the_nomination_in_vote_order():
    w = make_world(vote(fallback_article="3"), publicity(), entries=6, **NOMINATION)
    w.held(
        ["for", "for", "for", "for", "against", "against"], ["for", "for", "for", "for", "against", "against"],
        ["for", "for", "for", "against", "for", "against"], ["for", "for", "for", "against", "for", "against"],
        ["for", "for", "for", "for", "against", "against"],
    )  # fmt: skip
    meeting = w.stage.meetings.get()
    with refused("over_quota") as caught:
        ties.set_fallback_places(actor=w.office, meeting=meeting, places={"nomination": 2}, reason="当年情况")
    assert caught.value.article == "3"
    with refused("not_a_fallback"):
        ties.set_fallback_places(actor=w.office, meeting=meeting, places={"quality": 1}, reason="当年情况")
    rows = w.released()
    assert [rows[e.pk].prize for e in w.entries] == ["quality", "quality", "quality", "nomination", "", ""]
    assert rows[w.entries[3].pk].status == "advanced"
    assert rows[w.entries[3].pk].article == "3"


def test_the_committee_may_want_no_nomination_this_year():
    w = make_world(vote(), publicity(), entries=5, **NOMINATION)
    w.held(*[["for", "for", "for", "for", "against"]] * 4)
    meeting = w.stage.meetings.get()
    assert len(results.outcome(w.stage).contested[0]) == 4
    ties.set_fallback_places(actor=w.office, meeting=meeting, places={"nomination": 0}, reason="当年申报不多")
    assert [s.fallback for s in results.outcome(w.stage).standings] == [False] * 5


def test_tiers_are_voted_on_and_a_full_tier_passes_down():
    w = make_world(vote(tier_majorities={"gold": TWO_THIRDS}), publicity(), entries=4, **TIERED)
    w.held(
        ["for:gold", "for:gold", "for:silver", "against"], ["for:gold", "for:gold", "for:silver", "against"],
        ["for:gold", "for:gold", "for:gold", "for:silver"], ["for:gold", "for:gold", "for:silver", "for:gold"],
        ["for:gold", "for:silver", "abstain", "abstain"],
    )  # fmt: skip
    rows = w.released()
    assert [(rows[e.pk].prize, rows[e.pk].tier) for e in w.entries] == [
        ("quality", "gold"), ("quality", "silver"), ("quality", "silver"), ("nomination", ""),
    ]  # fmt: skip


def test_entries_that_come_later_get_a_ballot_of_their_own():
    w = make_world(vote(), publicity(), entries=2)
    w.held(*[["for", "for"]] * 5)
    late = make_entry(w)
    with refused("stage_blocked"):
        engine.prepare(actor=w.office, stage=w.stage)
    poll = w.opened(w.stage.meetings.get())
    assert list(poll.items.values_list("entry", flat=True)) == [late.pk]
    assert Poll.objects.count() == 2


def make_entry(w):
    entry = new_entry(w.round, 9, "quality")
    w.entries.append(entry)
    return entry
