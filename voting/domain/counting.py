"""Counting a closed and opened ballot; signing its minutes."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from django.db import transaction

from accounts.models import User
from core.access import require
from core.refusals import Refused
from rounds import clock
from rounds.engine.logging import record
from voting import bundle, locks, queries, sealing
from voting.domain.keys import own_key, unlocked
from voting.domain.shared import lock_poll, poll_is
from voting.models import Ballot, BallotItem, Minutes, OpenedBallot, Poll, PollItem, RollSeat, Tally, TellerKey
from voting.papers import request_minutes
from voting.rules import runs_votes
from voting.settings import numbers
from voting.tally import Count, Seats
from voting.tally import count as count_item


@transaction.atomic
def count(*, actor: User, poll: Poll) -> Poll:
    """Count: a tally for each item, and the minutes. Refused: voting still open, box still sealed."""
    locks.exclude(poll.pk)
    poll = lock_poll(poll)
    stage = poll.stage
    require(runs_votes, actor, stage, article=stage.article)
    if poll.secret and poll.status == Poll.Status.CLOSED:
        given = TellerKey.objects.filter(poll=poll, handed_at__isnull=False).count()
        raise Refused("box_not_opened", article=stage.article, given=given, needed=poll.tellers_needed)
    poll_is(poll, Poll.Status.UNSEALED if poll.secret else Poll.Status.CLOSED)
    rows = _tallies(poll)
    Tally.objects.bulk_create(rows)
    poll.status, poll.counted_at = Poll.Status.COUNTED, clock.now(stage.round)
    poll.save(update_fields=["status", "counted_at"])
    minutes = bundle.make(poll, rows)
    request_minutes(poll, rows)
    record(
        "poll.counted", round_=stage.round, actor=actor, subject=poll, article=stage.article, stage=stage.key, number=poll.number,
        minutes=minutes.sha256, result=[[row.item.entry_id, row.votes_for, row.base, row.score, row.passed] for row in rows],
    )  # fmt: skip
    return poll


@transaction.atomic
def sign_minutes(*, actor: User, poll: Poll, passphrase: str) -> TellerKey:
    """A teller signs the minutes of a counted ballot. Refused: not counted, not a teller, wrong passphrase, signed before."""
    poll = lock_poll(poll)
    article = poll.stage.article
    poll_is(poll, Poll.Status.COUNTED)
    mine = own_key(poll, actor)
    if mine.signature:
        raise Refused("part_taken", article=article)
    private = unlocked(mine, passphrase, article, signing=True)
    minutes = Minutes.objects.get(poll=poll)
    mine.signature = sealing.sign(private, bundle.signed_message(minutes.sha256))
    mine.signed_at, mine.locked_signing = clock.now(poll.stage.round), ""
    mine.save(update_fields=["signature", "signed_at", "locked_signing"])
    record(
        "poll.minutes_signed",
        round_=poll.stage.round,
        actor=actor,
        subject=poll,
        article=article,
        minutes=minutes.sha256,
    )
    return mine


def _tallies(poll: Poll) -> list[Tally]:
    items, seats, recused = queries.items_of(poll), queries.seats_of(poll), queries.recusals_of(poll)
    votes = votes_by_item(poll)
    sizes = _ballot_sizes(poll)
    tiers = {told["entry"]: told["tiers"] for told in poll.settings["entries"]}
    return [
        _tally(item, count_item(
            votes[item.pk], numbers(seats, item, recused), poll.settings, tiers=tiers[item.entry_id],
            allowance=_allowance(poll, item, sizes, recused),
        ), numbers(seats, item, recused))
        for item in items
    ]  # fmt: skip


def votes_by_item(poll: Poll) -> dict[int, list[str]]:
    """The votes on each item, sorted: out of the opened box, or the named ones."""
    found: dict[int, list[str]] = {pk: [] for pk in PollItem.objects.filter(poll=poll).values_list("pk", flat=True)}
    votes: Iterable[tuple[int, str]]
    if poll.secret:
        votes = OpenedBallot.objects.filter(item__poll=poll).order_by("position").values_list("item_id", "value")
    else:
        named = BallotItem.objects.filter(ballot__poll=poll, struck=False).order_by("choice")
        votes = named.values_list("item_id", "choice")
    for item, value in votes:
        found[item].append(value)
    return found


def _ballot_sizes(poll: Poll) -> dict[int, int]:
    """How many items each seat's ballot had: known from the roll, in a secret vote too."""
    sizes: dict[int, int] = {}
    for seat in BallotItem.objects.filter(ballot__poll=poll).values_list("ballot__seat_id", flat=True):
        sizes[seat] = sizes.get(seat, 0) + 1
    return sizes


def _allowance(poll: Poll, item: PollItem, sizes: dict[int, int], recused: set[tuple[int, int]]) -> Fraction:
    """Half the items missing on the ballots that order this one, averaged over them (rank only)."""
    if poll.method != Poll.Method.RANK:
        return Fraction(0)
    total = poll.settings["items"]
    missing = [total - size for seat, size in sizes.items() if (seat, item.pk) not in recused]
    return Fraction(sum(missing), 2 * len(missing)) if missing else Fraction(0)


def _tally(item: PollItem, found: Count, seats: Seats) -> Tally:
    return Tally(
        item=item, appointed=seats.appointed, recused=seats.recused, eligible=seats.eligible, present=seats.present,
        cast=found.cast, votes_for=found.votes_for, against=found.against, abstained=found.abstained, invalid=found.invalid,
        tiers=found.tiers, base=found.base, share="" if found.share is None else str(found.share),
        score="" if found.score is None else str(found.score), passed=found.passed, reached_tiers=list(found.reached_tiers),
    )  # fmt: skip


def turnout(poll: Poll) -> tuple[int, int]:
    """Ballots cast, seats present."""
    return Ballot.objects.filter(poll=poll).count(), RollSeat.objects.filter(poll=poll, present=True).count()
