"""Voters cast while the office closes: real threads on PostgreSQL."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django_scopes import scopes_disabled

from core.fields import digest
from core.refusals import Refused
from tests.voting.world import make_world, publicity, vote
from voting import locks
from voting.domain import casting, polls
from voting.models import Ballot, BallotItem, Poll

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="advisory locks are PostgreSQL's"),
]
VOTERS = 8


def in_thread(act, *args, **kwargs):
    try:
        with scopes_disabled():
            return act(*args, **kwargs)
    except Refused as refusal:
        return refusal
    finally:
        connections.close_all()


def test_what_is_cast_before_the_close_is_in_the_box_and_nothing_after():
    w = make_world(vote(secret=True), publicity(), entries=2, members=VOTERS)
    poll = w.opened()
    choices = dict.fromkeys([e.pk for e in w.entries], "for")
    start = threading.Barrier(VOTERS + 1)

    def voter(member):
        start.wait()
        seen = []
        for _again in range(6):
            seen.append(in_thread(casting.cast, actor=member, poll=poll, choices=choices))
        return seen

    def close():
        start.wait()
        time.sleep(0.15)
        return in_thread(polls.close_poll, actor=w.office, poll=poll)

    with ThreadPoolExecutor(VOTERS + 1) as pool:
        votes = [pool.submit(voter, member) for member in w.members]
        closed = pool.submit(close).result()
        outcomes = [job.result() for job in votes]
    assert isinstance(closed, Poll), closed
    for seen in outcomes:
        kinds = [isinstance(result, Ballot) for result in seen]
        assert kinds == sorted(kinds, reverse=True), "after the first refusal nothing is taken any more"
        assert all(result.code == "poll_state" for result in seen if isinstance(result, Refused))
    last = {job[-1].seat_id: job for job in ([r for r in seen if isinstance(r, Ballot)] for seen in outcomes) if job}
    assert {b.seat_id: b.receipt for b in Ballot.objects.filter(poll=poll)} == {
        seat: job[-1].receipt for seat, job in last.items()
    }
    receipts = sorted(Ballot.objects.filter(poll=poll).values_list("receipt", flat=True))
    assert Poll.objects.get(pk=poll.pk).box_sha256 == digest(receipts)
    assert BallotItem.objects.filter(ballot__poll=poll).count() == 2 * len(receipts)


def test_the_same_voter_casting_twice_at_once_leaves_one_whole_ballot():
    w = make_world(vote(), publicity(), entries=2, members=3)
    poll = w.opened()
    ballots = [dict.fromkeys([e.pk for e in w.entries], word) for word in ("for", "against")] * 4
    with ThreadPoolExecutor(VOTERS) as pool:
        jobs = [pool.submit(in_thread, casting.cast, actor=w.members[0], poll=poll, choices=given) for given in ballots]
        assert all(isinstance(job.result(), Ballot) for job in jobs)
    ballot = Ballot.objects.get()
    assert ballot.version == VOTERS
    assert len(set(ballot.items.values_list("choice", flat=True))) == 1


def test_a_stream_of_voters_does_not_starve_the_close():
    """Casting holds a shared lock, closing the exclusive one: while the close waits, a new voter waits behind it."""
    w = make_world(vote(), publicity(), entries=1, members=3)
    poll = w.opened()
    choices = {w.entries[0].pk: "for"}
    holding, go_on = threading.Event(), threading.Event()

    def slow_voter():
        with scopes_disabled(), transaction.atomic():
            locks.share(poll.pk)
            holding.set()
            go_on.wait(10)
        connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        slow = pool.submit(slow_voter)
        holding.wait(10)
        closing = pool.submit(in_thread, polls.close_poll, actor=w.office, poll=poll)
        time.sleep(0.4)
        assert not closing.done()
        late = pool.submit(in_thread, casting.cast, actor=w.members[0], poll=poll, choices=choices)
        time.sleep(0.4)
        assert not late.done(), "a newcomer must queue behind the waiting close"
        go_on.set()
        slow.result()
        assert isinstance(closing.result(), Poll)
        assert isinstance(late.result(), Refused)
