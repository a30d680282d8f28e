"""The roll: who may vote, frozen when a ballot opens."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from core.refusals import Refused
from rounds import clock
from rounds.engine import recuse
from voting import queries
from voting.domain.shared import ids
from voting.models import Attendance, Poll, PollItem, RollSeat, SeatRecusal
from voting.settings import needed, numbers, roll_data


def freeze(poll: Poll, items: list[PollItem], actor: User) -> list[dict[str, Any]]:
    """Write seats and recusals of the poll, check the quorum, return the roll as JSON. Refused: see ``open_poll``."""
    stage = poll.stage
    rows = _one_per_unit(poll) if stage.spec.unit_votes.value else _all(poll)
    if not rows:
        raise Refused("no_electorate", article=stage.article)
    _step_aside_for_own(poll, items, rows, actor)
    RollSeat.objects.bulk_create(
        RollSeat(poll=poll, user=r.user, position=n, organ=r.organ, seat=r.seat, unit=r.unit, present=r.present)
        for n, r in enumerate(rows, 1)
    )
    seats = queries.seats_of(poll)
    recused = _recusals(poll, items, seats)
    _check_quorum(poll, items, seats, recused)
    return roll_data(seats, items, recused)


def _all(poll: Poll) -> list[Attendance]:
    return list(Attendance.objects.filter(meeting=poll.meeting).select_related("user").order_by("id"))


def _one_per_unit(poll: Poll) -> list[Attendance]:
    """One seat a unit: of several the first present, else the first. A seat without unit is a unit of its own."""
    chosen: dict[str, Attendance] = {}
    for row in _all(poll):
        unit = row.unit or f"#{row.pk}"
        if unit not in chosen or (row.present and not chosen[unit].present):
            chosen[unit] = row
    return list(chosen.values())


def _step_aside_for_own(poll: Poll, items: list[PollItem], rows: list[Attendance], actor: User) -> None:
    """Who acts for a candidate is recused from it, whether or not he said so."""
    entries = [item.entry for item in items]
    people = {row.user_id: row.user for row in rows}
    own = queries.representatives(entries, people)
    for entry_id, user_id in sorted(own - queries.open_recusals(entries, people)):
        entry = next(e for e in entries if e.pk == entry_id)
        entry.round = poll.stage.round
        recuse(actor=actor, entry=entry, user=people[user_id], reason=_("Acts for the candidate."))


def _recusals(poll: Poll, items: list[PollItem], seats: list[RollSeat]) -> set[tuple[int, int]]:
    pairs = queries.open_recusals([item.entry for item in items], [seat.user_id for seat in seats])
    now = clock.now(poll.stage.round)
    rows = [
        SeatRecusal(seat=seat, item=item, since=now)
        for seat in seats
        for item in items
        if (item.entry_id, seat.user_id) in pairs
    ]
    SeatRecusal.objects.bulk_create(rows)
    return {(row.seat_id, row.item_id) for row in rows}


def _check_quorum(poll: Poll, items: list[PollItem], seats: list[RollSeat], recused: set[tuple[int, int]]) -> None:
    """Of the appointed, or of those who may vote; then for every entry as well."""
    quorum, article = poll.spec.quorum.value, poll.stage.article
    voting = [s for s in seats if quorum.base == "appointed" or any((s.pk, i) not in recused for i in ids(items))]
    present, wanted = sum(seat.present for seat in voting), needed(quorum.ratio, len(voting))
    if present < wanted:
        raise Refused("quorum_missing", article=article, present=present, base=len(voting), needed=wanted)
    for item in items:
        count = numbers(seats, item, recused)
        if count.eligible == 0:
            raise Refused("nobody_may_vote", article=article, entry=str(item.entry))
        wanted = needed(quorum.ratio, count.eligible) if quorum.base == "eligible" else 1
        if count.present < wanted:
            raise Refused(
                "quorum_missing_for_entry",
                article=article,
                entry=str(item.entry),
                present=count.present,
                base=count.eligible,
                needed=wanted,
            )
