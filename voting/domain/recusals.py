"""A recusal declared while a ballot is under way takes the voter off that item at once, and a vote already cast on it out of the count."""

from __future__ import annotations

from rounds.models import Recusal
from voting.models import BallotItem, Poll, RollSeat, SeatRecusal


def strike(recusal: Recusal) -> None:
    """Runs in the recusal's transaction. A box that was opened stays as it is: no vote in it has a voter any more."""
    seats = RollSeat.objects.select_for_update(of=("self",)).filter(
        user=recusal.user, poll__items__entry=recusal.entry, poll__status__in=(Poll.Status.OPEN, Poll.Status.CLOSED)
    )
    for seat in seats.select_related("poll"):
        item = seat.poll.items.get(entry=recusal.entry)
        SeatRecusal.objects.get_or_create(
            seat=seat, item=item, defaults={"since": recusal.since, "after_opening": True}
        )
        BallotItem.objects.filter(ballot__seat=seat, item=item).update(struck=True)
