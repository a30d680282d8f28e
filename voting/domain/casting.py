"""Casting a ballot, and what a voter signs before the first."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from core.fields import digest
from core.refusals import Refused
from jurisdictions.policy.constitution import Undertaking
from rounds import clock
from rounds.engine.logging import record
from rounds.models import Round
from voting import locks, queries, sealing
from voting.domain.shared import poll_is
from voting.models import Ballot, BallotItem, Poll, PollItem, RollSeat, VoterUndertaking
from voting.settings import vote_context
from voting.tally import ABSTAIN, is_vote


@transaction.atomic
def cast(*, actor: User, poll: Poll, choices: Mapping[int, str]) -> Ballot:
    """The actor's ballot, ``{entry id: vote}``; it replaces an earlier one. Votes are checked, sealed one by one, and forgotten.

    Refused: poll not open, not on the roll, not present, an entry from which the voter is recused, an undertaking not signed,
    a vote missing or impossible.
    """
    locks.share(poll.pk)
    poll = Poll.objects.select_related("stage__round__jurisdiction", "stage__round__policy").get(pk=poll.pk)
    article = poll.stage.article
    poll_is(poll, Poll.Status.OPEN)
    seat = _own_seat(poll, actor)
    missing = unsigned(poll.stage.round, actor)
    if missing:
        raise Refused("undertaking_missing", article=missing[0].article, text=str(missing[0].text))
    items = queries.items_for(poll, seat)
    _check(poll, items, choices)
    ballot = _write(poll, seat, [(item, choices[item.entry_id]) for item in items])
    record(
        "ballot.cast", round_=poll.stage.round, actor=actor, subject=poll, article=article,
        receipt=ballot.receipt, version=ballot.version, seat=seat.pk,
    )  # fmt: skip
    return ballot


def unsigned(round_: Round, voter: User) -> list[Undertaking]:
    """Undertakings of the policy for voters that this voter has not signed in this round."""
    wanted = [u for u in round_.rules.undertakings if "voter" in u.who]
    if not wanted:
        return []
    signed = set(VoterUndertaking.objects.filter(round=round_, user=voter).values_list("key", flat=True))
    return [u for u in wanted if u.key not in signed]


@transaction.atomic
def sign_undertakings(*, actor: User, poll: Poll) -> list[VoterUndertaking]:
    """The voter signs what the policy asks of voters. Refused: not on the roll; nothing to sign is no error."""
    _own_seat(poll, actor)
    round_ = poll.stage.round
    now, missing = clock.now(round_), unsigned(round_, actor)
    rows = VoterUndertaking.objects.bulk_create(
        VoterUndertaking(round=round_, user=actor, key=u.key, article=u.article, signed_at=now) for u in missing
    )
    if missing:
        record(
            "voter.undertook",
            round_=round_,
            actor=actor,
            subject=poll,
            article=missing[0].article,
            keys=[u.key for u in missing],
        )
    return list(rows)


def _own_seat(poll: Poll, actor: User) -> RollSeat:
    """The actor's seat on the roll, locked: one ballot of a person at a time."""
    seat = RollSeat.objects.select_for_update(of=("self",)).filter(poll=poll, user=actor).first()
    if seat is None or not actor.is_active:
        raise Refused("not_on_roll", article=poll.stage.article)
    if not seat.present:
        raise Refused("not_present", article=poll.stage.article)
    found: RollSeat = seat
    return found


def _check(poll: Poll, items: list[PollItem], choices: Mapping[int, str]) -> None:
    article, shown = poll.stage.article, {item.entry_id for item in items}
    if set(choices) - shown:
        raise Refused("recused_from_item", article=poll.stage.round.rules.recusal.article)
    if shown - {entry for entry, value in choices.items() if value}:
        raise Refused("ballot_incomplete", article=article, count=len(shown - {e for e, v in choices.items() if v}))
    tiers = {told["entry"]: told["tiers"] for told in poll.settings["entries"]}
    for entry, value in choices.items():
        if not is_vote(value, poll.settings, tiers[entry]):
            raise Refused("ballot_wrong", article=article, choice=value)
    if poll.method == Poll.Method.RANK:
        _check_ranks(poll, list(choices.values()))


def _check_ranks(poll: Poll, values: list[str]) -> None:
    """A complete order, or abstention as a whole."""
    if all(value == ABSTAIN for value in values):
        return
    if sorted(values) != sorted(str(n) for n in range(1, len(values) + 1)):
        raise Refused("ranks_wrong", article=poll.stage.article, count=len(values))


def _write(poll: Poll, seat: RollSeat, votes: list[tuple[PollItem, str]]) -> Ballot:
    earlier = Ballot.objects.filter(seat=seat).first()
    ballot = earlier or Ballot(poll=poll, seat=seat, version=0)
    rows = [_row(poll, seat, ballot, item, value) for item, value in votes]
    ballot.receipt = (
        sealing.receipt_of(bytes(row.sealed or b"") for row in rows)
        if poll.secret
        else digest([poll.settings["context"], seat.pk, ballot.version + 1, [[i.entry_id, v] for i, v in votes]])
    )
    ballot.version += 1
    ballot.cast_at = clock.now(poll.stage.round)
    ballot.save()
    if earlier:
        BallotItem.objects.filter(ballot=ballot).delete()
    BallotItem.objects.bulk_create(rows)
    return ballot


def _row(poll: Poll, seat: RollSeat, ballot: Ballot, item: PollItem, value: str) -> BallotItem:
    if not poll.secret:
        return BallotItem(ballot=ballot, item=item, choice=value)
    context = vote_context(poll.settings["context"], seat.pk, item.entry_id)
    return BallotItem(ballot=ballot, item=item, sealed=sealing.seal_vote(poll.public_key, value, context=context))
