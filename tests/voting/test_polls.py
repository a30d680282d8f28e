"""Meetings, rolls, quorum, casting, closing, counting: each works, is refused where it should be, and leaves nothing behind."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import OrganisationMember
from core.refusals import Refused
from jurisdictions import roles
from rounds import engine
from rounds.models import Recusal
from tests.voting.world import make_world, person, publicity, refused, vote
from voting.domain import casting, counting, meetings, polls
from voting.models import Ballot, Poll, RollSeat, SeatRecusal, Tally

pytestmark = pytest.mark.django_db
MAJORITY = {"ratio": "1/2", "strict": True, "base": "present"}


def test_a_named_vote_with_a_majority_of_those_present():
    w = make_world(vote(), publicity(), entries=3)
    poll = w.held(
        ["for", "for", "against"],
        ["for", "for", "for"],
        ["for", "abstain", "for"],
        ["against", "abstain", "abstain"],
        ["for", "against", "against"],
    )
    tallies = {t.item.entry_id: t for t in Tally.objects.filter(item__poll=poll)}
    first, second, third = (tallies[e.pk] for e in w.entries)
    assert (first.votes_for, first.against, first.base, first.passed) == (4, 1, 5, True)
    assert (second.votes_for, second.abstained, second.passed) == (2, 2, False)
    assert not third.passed
    rows = w.released()
    assert [rows[e.pk].status for e in w.entries] == ["advanced", "stopped", "stopped"]
    assert rows[w.entries[0].pk].prize == "quality"
    assert rows[w.entries[1].pk].article == "19"


@pytest.mark.requirement("wenzhou-3", "tacheng-4")
def test_fewer_winners_than_places_and_none_at_all_are_lawful_and_recorded():
    from audit.models import AuditEvent

    w = make_world(vote(), publicity(), entries=2)
    w.held(*[["against", "abstain"]] * 5)
    rows = w.released()
    assert {row.status for row in rows.values()} == {"stopped"}
    vacancy = AuditEvent.objects.get(act="vote.places_vacant")
    assert (vacancy.article, vacancy.facts["limit"], vacancy.facts["got"]) == ("3", 2, 0)


def test_only_seats_of_the_electorate_are_called_and_a_unit_has_one_vote():
    w = make_world(vote(unit_votes=True), publicity(), members=6, units=3)
    boss = person(is_superuser=True)
    roles.begin(actor=boss, user=person(), role="committee", jurisdiction=w.jurisdiction, organ="other_organ")
    poll = w.opened(w.meeting(present=w.members[3:]))
    seats = RollSeat.objects.filter(poll=poll)
    assert {seat.user for seat in seats} == set(w.members[3:])
    with refused("not_on_roll"):
        casting.cast(actor=w.members[0], poll=poll, choices={})


@pytest.mark.requirement("yiwu-5.5b")
def test_members_and_representatives_of_another_organ_vote_together():
    organs = [
        {"key": "committee", "kind": "committee", "name": {"zh": "评委会", "en": "C"}, "article": "4"},
        {"key": "panel", "kind": "panel", "name": {"zh": "代表", "en": "P"}, "article": "5"},
        {"key": "office", "kind": "office", "name": {"zh": "评审办", "en": "O"}, "article": "5"},
    ]
    w = make_world(vote(electorate=["committee", "panel"], secret=True), publicity(), members=3, organs=organs)
    guest = person()
    roles.begin(
        actor=person(is_superuser=True),
        user=guest,
        role="committee",
        jurisdiction=w.jurisdiction,
        organ="panel",
        unit="示范企业",
    )
    w.members.append(guest)
    poll = w.held(*[["for", "for", "against", "against"]] * 4)
    assert RollSeat.objects.filter(poll=poll).count() == 4
    assert Tally.objects.filter(item__poll=poll).first().votes_for == 4


@pytest.mark.parametrize(("present", "allowed"), [(3, False), (4, True)])
def test_the_quorum_counts_those_present_of_those_who_may_vote(present, allowed):
    w = make_world(vote(quorum={"ratio": "2/3", "base": "eligible"}), publicity(), members=6)
    poll = w.prepared(w.meeting(present=w.members[:present]))
    if allowed:
        assert polls.open_poll(actor=w.office, poll=poll).is_open
        return
    with refused("quorum_missing") as caught:
        polls.open_poll(actor=w.office, poll=poll)
    assert caught.value.facts["needed"] == 4
    assert not RollSeat.objects.exists()


def test_the_recused_leave_numerator_and_denominator_and_the_quorum_of_that_entry():
    w = make_world(
        vote(
            majority={"ratio": "1/2", "strict": True, "base": "eligible"}, quorum={"ratio": "2/3", "base": "eligible"}
        ),
        publicity(),
        members=5,
        entries=2,
    )
    for member in w.members[:2]:
        engine.recuse(actor=member, entry=w.entries[0], user=member, reason="亲属任职")
    poll = w.opened()
    with refused("recused_from_item"):
        w.cast(poll, ["for", "for"])
    w.cast(poll, ["", "for"], ["", "for"], ["for", "for"], ["for", "against"], ["against", "against"])
    w.counted(poll)
    tally = Tally.objects.get(item__entry=w.entries[0])
    assert (tally.appointed, tally.recused, tally.eligible, tally.votes_for, tally.base, tally.passed) == (
        5,
        2,
        3,
        2,
        3,
        True,
    )
    other = make_world(vote(quorum={"ratio": "2/3", "base": "eligible"}), publicity(), members=5, entries=1)
    engine.recuse(actor=other.office, entry=other.entries[0], user=other.members[0], reason="亲属任职")
    with refused("quorum_missing"):
        other.opened(other.meeting(present=other.members[:3]))
    for member in other.members[1:]:
        engine.recuse(actor=member, entry=other.entries[0], user=member, reason="亲属任职")
    Poll.objects.update(status="void", void_reason="-")
    with refused("quorum_missing"):
        other.opened(other.meeting())


def test_who_acts_for_a_candidate_is_recused_without_being_asked():
    w = make_world(vote(), publicity(), entries=2)
    OrganisationMember.objects.create(organisation=w.entries[0].organisation, user=w.members[0], role="owner")
    poll = w.opened()
    assert Recusal.objects.filter(entry=w.entries[0], user=w.members[0]).exists()
    with refused("recused_from_item"):
        casting.cast(actor=w.members[0], poll=poll, choices=dict.fromkeys([e.pk for e in w.entries], "for"))


def test_a_recusal_while_voting_strikes_the_vote_already_cast():
    w = make_world(vote(secret=True), publicity(), entries=2)
    poll = w.opened()
    w.cast(poll, *[["for", "for"]] * 5)
    engine.recuse(actor=w.members[0], entry=w.entries[0], user=w.members[0], reason="亲属任职")
    assert SeatRecusal.objects.get().after_opening
    with refused("recused_from_item"):
        w.cast(poll, ["for", "for"])
    w.counted(poll)
    tally = Tally.objects.get(item__entry=w.entries[0])
    assert (tally.cast, tally.recused, tally.present) == (4, 1, 4)


@pytest.mark.requirement("wenzhou-17", "tacheng-22a", "wenling-19a")
def test_what_a_meeting_must_have_heard():
    w = make_world(vote(plenary=True, hears_report=True, hears_heads=True), publicity(), entries=2)
    with refused("meeting_not_plenary"):
        meetings.convene(actor=w.office, stage=w.stage, held_on=dt.date(2024, 1, 1))
    meeting = meetings.convene(actor=w.office, stage=w.stage, held_on=dt.date(2024, 1, 1), plenary=True)
    meetings.attend(actor=w.office, meeting=meeting, present=w.members)
    poll = w.prepared(meeting)
    with refused("report_not_heard"):
        polls.open_poll(actor=w.office, poll=poll)
    meetings.hear_report(actor=w.office, meeting=meeting, given_by="主任")
    polls.open_poll(actor=w.office, poll=poll)
    w.cast(poll, *[["for", "for"]] * 5)
    meetings.hear_heads(actor=w.office, meeting=meeting, speakers={w.entries[0].pk: "负责人"})
    with refused("heads_not_heard") as caught:
        polls.close_poll(actor=w.office, poll=poll)
    assert caught.value.facts["count"] == 1
    meetings.hear_heads(actor=w.office, meeting=meeting, speakers={}, absent={w.entries[1].pk: "因病未到"})
    assert polls.close_poll(actor=w.office, poll=poll).status == "closed"


@pytest.mark.requirement("wenling-19a", "qingyuan-4.4")
def test_points_are_averaged_and_the_quota_takes_the_best():
    w = make_world(vote(method="score", secret=True, majority=None, min_score=60), publicity(), entries=4)
    w.held(
        ["90", "80", "70", "50"],
        ["90", "81", "70", "50"],
        ["90", "80", "abstain", "50"],
        ["90", "80", "70", "50"],
        ["90", "80", "70", "99"],
    )
    rows = w.released()
    assert [rows[e.pk].status for e in w.entries] == ["advanced", "advanced", "stopped", "stopped"]
    assert [str(rows[e.pk].score) for e in w.entries] == ["90.0000", "80.2000", "70.0000", "59.8000"]
    assert [rows[e.pk].rank for e in w.entries] == [1, 2, 3, 4]
    assert rows[w.entries[2].pk].article == "3"  # the quota
    assert rows[w.entries[3].pk].article == "19"  # the vote


def test_a_later_ballot_replaces_the_earlier_one_until_the_vote_is_closed():
    w = make_world(vote(secret=True), publicity(), entries=2)
    poll = w.opened()
    w.cast(poll, ["against", "against"])
    first = Ballot.objects.get().receipt
    w.cast(poll, ["for", "abstain"], ["for", "for"], ["for", "for"], ["for", "for"])
    mine = Ballot.objects.get(seat__user=w.members[0])
    assert (mine.version, Ballot.objects.count()) == (2, 4)
    assert mine.receipt != first
    w.counted(poll)
    assert Tally.objects.get(item__entry=w.entries[0]).votes_for == 4
    with refused("poll_state"):
        w.cast(poll, ["for", "for"])


def test_every_wrong_ballot_is_refused_and_leaves_nothing():
    w = make_world(vote(method="rank", majority=None), publicity(), entries=3)
    poll = w.opened(w.meeting(present=w.members[:4]))
    a, b, c = (e.pk for e in w.entries)
    for code, who, choices in [
        ("ranks_wrong", w.members[0], {a: "1", b: "1", c: "2"}),
        ("ranks_wrong", w.members[0], {a: "1", b: "2", c: "abstain"}),
        ("ballot_wrong", w.members[0], {a: "1", b: "2", c: "4"}),
        ("ballot_incomplete", w.members[0], {a: "1", b: "2"}),
        ("ballot_incomplete", w.members[0], {a: "1", b: "2", c: ""}),
        ("recused_from_item", w.members[0], {a: "1", b: "2", c: "3", 999: "4"}),
        ("not_present", w.members[4], {a: "1", b: "2", c: "3"}),
        ("not_on_roll", w.office, {a: "1", b: "2", c: "3"}),
    ]:
        with refused(code):
            casting.cast(actor=who, poll=poll, choices=choices)
    assert not Ballot.objects.exists()


def test_a_voter_signs_what_the_policy_asks_before_voting():
    undertakings = [{"key": "fair", "article": "24", "who": ["voter"], "text": {"zh": "公正", "en": "fair"}}]
    w = make_world(vote(), publicity(), entries=1, undertakings=undertakings)
    poll = w.opened()
    with refused("undertaking_missing") as caught:
        w.cast(poll, ["for"])
    assert caught.value.article == "24"
    casting.sign_undertakings(actor=w.members[0], poll=poll)
    w.cast(poll, ["for"])


def test_states_and_roles_refuse():
    w = make_world(vote(secret=True, tellers={"total": 2, "needed": 2}), publicity(), entries=1, tellers=2)
    with refused("not_yours_to_do"):
        meetings.convene(actor=w.supervisor, stage=w.stage, held_on=dt.date(2024, 1, 1))
    meeting = w.meeting()
    for tellers, code in [(w.tellers[:1], "tellers_wrong"), ([w.tellers[0], w.office], "teller_needs_role")]:
        with refused(code):
            polls.prepare(actor=w.office, meeting=meeting, tellers=tellers)
    w.tellers[0].is_staff = True
    with refused("operator_holds_no_key"):
        polls.prepare(actor=w.office, meeting=meeting, tellers=w.tellers)
    w.tellers[0].is_staff = False
    poll = polls.prepare(actor=w.office, meeting=meeting, tellers=w.tellers)
    with refused("poll_under_way"):
        polls.prepare(actor=w.office, meeting=meeting, tellers=w.tellers)
    with refused("keys_missing"):
        polls.open_poll(actor=w.office, poll=poll)
    assert not RollSeat.objects.exists()
    for act in (polls.close_poll, counting.count):
        with refused("poll_state"):
            act(actor=w.office, poll=poll)
    with refused("not_yours_to_do"):
        polls.void_poll(actor=w.office, poll=poll, reason="x")
    with refused("reason_missing"):
        polls.void_poll(actor=w.head, poll=poll, reason=" ")
    polls.void_poll(actor=w.head, poll=poll, reason="票样有误")
    assert polls.prepare(actor=w.office, meeting=meeting, tellers=w.tellers).number == 2


def test_what_was_opened_is_frozen_and_a_failure_leaves_nothing(monkeypatch):
    w = make_world(vote(), publicity(), entries=1)
    poll = w.prepared()
    monkeypatch.setattr(polls, "record", lambda *a, **k: (_ for _ in ()).throw(RuntimeError("the log is full")))
    with pytest.raises(RuntimeError):
        polls.open_poll(actor=w.office, poll=poll)
    monkeypatch.undo()
    assert Poll.objects.get().status == "prepared"
    assert not RollSeat.objects.exists()
    poll = polls.open_poll(actor=w.office, poll=poll)
    before = (poll.roll_sha256, poll.settings_sha256)
    meetings.attend(actor=w.office, meeting=poll.meeting, present=[])
    w.cast(poll, *[["for"]] * 5)
    w.counted(poll)
    poll.refresh_from_db()
    assert (poll.roll_sha256, poll.settings_sha256) == before
    assert Tally.objects.get().votes_for == 5


def test_in_a_binding_round_nobody_chooses_who_is_called():
    w = make_world(vote(), publicity(), entries=1)
    type(w.round).objects.filter(pk=w.round.pk).update(kind="binding", clock_offset=dt.timedelta(0))
    with pytest.raises(Refused) as caught:
        meetings.convene(actor=w.office, stage=w.stage, held_on=dt.date(2024, 1, 1), electorate=w.members[:1])
    assert caught.value.code == "electorate_is_given"
