"""The tellers open the box: each takes part with a passphrase, in any order; the last needed one opens it, once and for all."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from core.fields import digest
from core.refusals import Refused
from rounds import clock
from rounds.engine.logging import record
from voting import locks, queries, sealing
from voting.domain.keys import own_key, unlocked
from voting.domain.polls import share_context
from voting.domain.shared import lock_poll, poll_is
from voting.models import BallotItem, Contribution, KeyShare, OpenedBallot, Poll, PollItem, TellerKey
from voting.settings import vote_context

#: What is written for a vote that cannot be opened or read.
UNREADABLE = "unreadable"
LENGTH = 60


@transaction.atomic
def take_part(*, actor: User, poll: Poll, passphrase: str) -> Poll:
    """A teller's part in opening the box. When enough have come, the box is opened: sorted votes are written, the keys are wiped.

    Until then the teller's key waits sealed to the other tellers, so nobody else can use it. Refused: voting not closed, not a
    teller, a wrong passphrase, taken part before.
    """
    locks.exclude(poll.pk)
    poll = lock_poll(poll)
    article = poll.stage.article
    poll_is(poll, Poll.Status.CLOSED)
    mine = own_key(poll, actor)
    if mine.handed_at:
        raise Refused("part_taken", article=article)
    private = unlocked(mine, passphrase, article)
    mine.handed_at = clock.now(poll.stage.round)
    mine.save(update_fields=["handed_at"])
    tellers = list(TellerKey.objects.filter(poll=poll).order_by("position"))
    come = [teller for teller in tellers if teller.handed_at]
    if len(come) < poll.tellers_needed:
        _hand_over(mine, private, [teller for teller in tellers if not teller.handed_at])
        facts: dict[str, Any] = {"opened": False}
    else:
        _open_box(poll, _tally_key(poll, mine, private, come))
        facts = {"opened": True, "votes": _digest_of_opened(poll)}
    record(
        "poll.unsealed" if facts["opened"] else "poll.part_taken", round_=poll.stage.round, actor=actor, subject=poll, article=article,
        number=poll.number, come=len(come), needed=poll.tellers_needed, **facts,
    )  # fmt: skip
    return poll


def _hand_over(mine: TellerKey, private: bytes, others: list[TellerKey]) -> None:
    Contribution.objects.bulk_create(
        Contribution(
            giver=mine, receiver=other, sealed=sealing.seal(other.public_key, private, context=_handing(mine, other))
        )
        for other in others
    )


def _tally_key(poll: Poll, mine: TellerKey, private: bytes, come: list[TellerKey]) -> bytes:
    """The tally key's private part, from the last teller's key and those handed to that teller."""
    keys = {mine.position: private}
    try:
        for handed in Contribution.objects.filter(receiver=mine).select_related("giver"):
            keys[handed.giver.position] = sealing.unseal(
                private, bytes(handed.sealed), context=_handing(handed.giver, mine)
            )
        positions = sorted(teller.position for teller in come)
        name = ".".join(str(position) for position in positions)
        share = KeyShare.objects.get(poll=poll, combination=name)
        return sealing.unnest(
            [keys[position] for position in positions], bytes(share.sealed), context=share_context(poll, name)
        )
    except (sealing.Unsealable, KeyError, KeyShare.DoesNotExist) as error:
        raise Refused("box_damaged", article=poll.stage.article) from error


def _open_box(poll: Poll, tally_key: bytes) -> None:
    items = {item.pk: item for item in queries.items_of(poll)}
    found: dict[int, list[str]] = {pk: [] for pk in items}
    for row in queries.box_of(poll):
        found[row.item_id].append(_vote(poll, tally_key, row, items[row.item_id]))
    OpenedBallot.objects.bulk_create(
        OpenedBallot(item_id=pk, position=n, value=value)
        for pk, values in found.items()
        for n, value in enumerate(sorted(values), 1)
    )
    poll.status, poll.unsealed_at = Poll.Status.UNSEALED, clock.now(poll.stage.round)
    poll.save(update_fields=["status", "unsealed_at"])
    TellerKey.objects.filter(poll=poll).update(locked="")
    Contribution.objects.filter(giver__poll=poll).delete()
    KeyShare.objects.filter(poll=poll).delete()


def _vote(poll: Poll, tally_key: bytes, row: BallotItem, item: PollItem) -> str:
    context = vote_context(poll.settings["context"], row.ballot.seat_id, item.entry_id)
    try:
        return sealing.unseal_vote(tally_key, bytes(row.sealed or b""), context=context)[:LENGTH] or UNREADABLE
    except sealing.Unsealable:
        return UNREADABLE


def _handing(giver: TellerKey, receiver: TellerKey) -> str:
    return f"quality award teller key 1|poll {giver.poll_id}|from {giver.position}|to {receiver.position}"


def _digest_of_opened(poll: Poll) -> str:
    rows = OpenedBallot.objects.filter(item__poll=poll).order_by("item__position", "position")
    return digest([list(pair) for pair in rows.values_list("item__entry_id", "value")])
