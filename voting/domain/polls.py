"""Preparing a ballot, opening it (roll and rules are frozen), closing it, declaring it void."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import comb

from django.db import transaction

from accounts.models import User
from core.access import require
from core.fields import digest
from core.refusals import Refused
from rounds import clock
from rounds.engine.logging import record
from rounds.models import Entry, RoundStage
from voting import locks, queries, sealing
from voting.domain import roll
from voting.domain.meetings import unheard
from voting.domain.shared import ids, lock_meeting, lock_poll, poll_is, says_something, stage_is_open
from voting.models import Ballot, KeyShare, Meeting, Poll, PollItem, TellerKey
from voting.rules import ends_votes, holds_teller, runs_the_machine, runs_votes
from voting.settings import settings_of

P = Poll.Status
#: A tally key is sealed once for each combination of tellers that can open the box.
MOST_COMBINATIONS = 1000


@transaction.atomic
def prepare(*, actor: User, meeting: Meeting, tellers: Sequence[User] = ()) -> Poll:
    """A ballot on every entry of the stage that waits for one. ``tellers``: who will hold the tally key of a secret ballot.

    Refused: stage not open, a ballot under way, nobody to vote on, the wrong number or kind of tellers.
    """
    meeting = lock_meeting(meeting)
    require(runs_votes, actor, meeting.stage, article=meeting.stage.article)
    return lay_out(actor, meeting, queries.waiting_entries(meeting.stage), Poll.Purpose.MAIN, tellers)


def lay_out(actor: User, meeting: Meeting, entries: list[Entry], purpose: str, tellers: Sequence[User]) -> Poll:
    """Write a prepared poll with its items and tellers. The caller holds the meeting's lock and has checked authority."""
    stage = meeting.stage
    stage_is_open(stage)
    under_way = queries.current_poll(stage)
    if under_way:
        raise Refused("poll_under_way", article=stage.article, number=under_way.number)
    if not entries:
        raise Refused("nobody_to_vote_on", article=stage.article, stage=stage.name)
    spec = stage.spec
    secret = spec.secret.value
    total, needed = (spec.tellers.value.total, spec.tellers.value.needed) if secret else (0, 0)
    _check_tellers(stage, tellers, total, needed)
    poll = Poll.objects.create(
        stage=stage, meeting=meeting, number=Poll.objects.filter(stage=stage).count() + 1, purpose=purpose, method=spec.method.value,
        secret=secret, tellers_total=total, tellers_needed=needed, prepared_by=actor, prepared_at=clock.now(stage.round),
    )  # fmt: skip
    PollItem.objects.bulk_create(PollItem(poll=poll, entry=entry, position=n) for n, entry in enumerate(entries, 1))
    TellerKey.objects.bulk_create(
        TellerKey(poll=poll, teller=teller, position=n) for n, teller in enumerate(tellers, 1)
    )
    record(
        "poll.prepared", round_=stage.round, actor=actor, subject=poll, article=stage.article, stage=stage.key,
        number=poll.number, purpose=purpose, entries=ids(entries), tellers=ids(tellers),
    )  # fmt: skip
    return poll


@transaction.atomic
def open_poll(*, actor: User, poll: Poll) -> Poll:
    """Freeze rules and roll, make the tally key and split it over the tellers, open the ballot.

    Refused: not prepared, report not heard, no quorum (for the whole or for an entry), keys missing.
    """
    poll = lock_poll(poll)
    stage = poll.stage
    require(runs_votes, actor, stage, article=stage.article)
    stage_is_open(stage)
    poll_is(poll, P.PREPARED)
    if stage.spec.plenary and not poll.meeting.plenary:
        raise Refused("meeting_not_plenary", article=stage.article)
    if stage.spec.hears_report and poll.meeting.report_heard_at is None:
        raise Refused("report_not_heard", article=stage.article)
    items = queries.items_of(poll)
    frozen = roll.freeze(poll, items, actor)
    if poll.secret:
        _split_key(poll)
    poll.settings = settings_of(poll, items)
    poll.settings_sha256, poll.roll_sha256 = digest(poll.settings), digest(frozen)
    poll.status, poll.opened_at = P.OPEN, clock.now(stage.round)
    poll.save()
    record(
        "poll.opened", round_=stage.round, actor=actor, subject=poll, article=stage.article, stage=stage.key, number=poll.number,
        rules=poll.settings_sha256, roll=poll.roll_sha256, seats=len(frozen), present=sum(seat["present"] for seat in frozen),
        public_key=poll.public_key,
    )  # fmt: skip
    return poll


@transaction.atomic
def close_poll(*, actor: User, poll: Poll) -> Poll:
    """No ballot is taken any more; the box gets its hash. Refused: not open, heads not heard."""
    locks.exclude(poll.pk)
    poll = lock_poll(poll)
    stage = poll.stage
    require(runs_votes, actor, stage, article=stage.article)
    poll_is(poll, P.OPEN)
    silent = unheard(poll.meeting, [item.entry for item in queries.items_of(poll)])
    if silent and poll.purpose == Poll.Purpose.MAIN:
        raise Refused("heads_not_heard", article=stage.article, count=len(silent))
    receipts = sorted(Ballot.objects.filter(poll=poll).values_list("receipt", flat=True))
    poll.status, poll.closed_at, poll.box_sha256 = P.CLOSED, clock.now(stage.round), digest(receipts)
    poll.save(update_fields=["status", "closed_at", "box_sha256"])
    record(
        "poll.closed", round_=stage.round, actor=actor, subject=poll, article=stage.article, stage=stage.key, number=poll.number,
        ballots=len(receipts), box=poll.box_sha256,
    )  # fmt: skip
    return poll


@transaction.atomic
def void_poll(*, actor: User, poll: Poll, reason: str) -> Poll:
    """Declare a ballot void that was not counted (a lost passphrase, a mistake in calling the meeting); it is held again."""
    locks.exclude(poll.pk)
    poll = lock_poll(poll)
    stage = poll.stage
    require(ends_votes, actor, stage, article=stage.article)
    poll_is(poll, P.PREPARED, P.OPEN, P.CLOSED, P.UNSEALED)
    poll.void_reason, poll.status = says_something(reason, stage.article), P.VOID
    poll.save(update_fields=["status", "void_reason"])
    TellerKey.objects.filter(poll=poll).update(locked="")
    record(
        "poll.voided",
        round_=stage.round,
        actor=actor,
        subject=poll,
        article=stage.article,
        number=poll.number,
        reason=reason,
    )
    return poll


def _check_tellers(stage: RoundStage, tellers: Iterable[User], total: int, needed: int) -> None:
    chosen, article = {user.pk: user for user in tellers}, stage.article
    if len(chosen) != total:
        raise Refused("tellers_wrong", article=article, total=total, given=len(chosen), field="tellers")
    if total and (needed > total or comb(total, needed) > MOST_COMBINATIONS):
        raise Refused("tellers_too_many", article=article, total=total, needed=needed)
    for user in chosen.values():
        if not holds_teller(user, stage):
            raise Refused("teller_needs_role", article=article, person=str(user), field="tellers")
        if user.is_superuser or user.is_staff or runs_the_machine(user, stage):
            raise Refused("operator_holds_no_key", article=article, field="tellers")


def _split_key(poll: Poll) -> None:
    """Make the tally key; its private part leaves this function only sealed to combinations of tellers."""
    tellers = list(TellerKey.objects.filter(poll=poll).order_by("position"))
    missing = sum(not teller.public_key for teller in tellers)
    if missing:
        raise Refused("keys_missing", article=poll.stage.article, count=missing)
    key = sealing.new_key()
    poll.public_key = key.public
    shares = []
    for group in combinations(tellers, poll.tellers_needed):
        name = ".".join(str(teller.position) for teller in group)
        sealed = sealing.nest([t.public_key for t in group], key.private, context=share_context(poll, name))
        shares.append(KeyShare(poll=poll, combination=name, sealed=sealed))
    KeyShare.objects.bulk_create(shares)


def share_context(poll: Poll, combination: str) -> str:
    """What binds a sealed share to its poll and combination."""
    return f"quality award tally key 1|poll {poll.pk}|tellers {combination}"
