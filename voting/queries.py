"""Reads: the electorate, the tied, what a voter sees."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from accounts.models import OrganisationMember
from core import clock
from jurisdictions.models import Membership, Role
from rounds.models import Entry, Recusal, RoundStage, StageEntry
from voting.models import BallotItem, Meeting, Poll, PollItem, RollSeat, SeatRecusal, Tally

P = Poll.Status
UNDER_WAY = (P.PREPARED, P.OPEN, P.CLOSED, P.UNSEALED)


def electorate(stage: RoundStage) -> list[Membership]:
    """Seats in the organs that vote, today; one for each person, in the order of the organs and of appointment.

    In a rehearsal the invented members vote where there are any: real ones need not come to a training.
    """
    round_, today = stage.round, clock.today()
    organs: list[str] = list(stage.spec.electorate)
    held = Membership.objects.filter(
        Q(until=None) | Q(until__gt=today),
        jurisdiction=round_.jurisdiction,
        role=Role.COMMITTEE,
        organ__in=organs,
        since__lte=today,
    ).select_related("user")
    rows = [m for m in held.order_by("id") if m.user.is_active and (round_.is_rehearsal or not m.rehearsal)]
    invented = [m for m in rows if m.rehearsal]
    rows = sorted(invented or rows, key=lambda m: (organs.index(m.organ), m.pk))
    return list({m.user_id: m for m in reversed(rows)}.values())[::-1]


def waiting_entries(stage: RoundStage) -> list[Entry]:
    """Entries of the stage that wait for a vote: pending, and not on a ballot that was counted."""
    counted = PollItem.objects.filter(poll__stage=stage, poll__status=P.COUNTED, entry=OuterRef("entry"))
    rows = StageEntry.objects.filter(stage=stage).pending().filter(~Exists(counted))
    return [
        row.entry for row in rows.select_related("entry__organisation").order_by("entry__prize", "entry__number", "id")
    ]


def current_poll(stage: RoundStage) -> Poll | None:
    """The poll under way."""
    found: Poll | None = Poll.objects.filter(stage=stage, status__in=UNDER_WAY).select_related("meeting").first()
    if found is not None:
        found.stage = stage
    return found


def latest_meeting(stage: RoundStage) -> Meeting | None:
    found: Meeting | None = Meeting.objects.filter(stage=stage).order_by("-id").first()
    return found


def open_recusals(entries: Iterable[Entry], users: Iterable[int]) -> set[tuple[int, int]]:
    """``(entry, user)`` of open recusals."""
    rows = Recusal.objects.filter(entry__in=list(entries), user__in=list(users), ended_at=None)
    return set(rows.values_list("entry_id", "user_id"))


def representatives(entries: Iterable[Entry], users: Iterable[int]) -> set[tuple[int, int]]:
    """``(entry, user)`` where the user acts for the entry's organisation."""
    by_organisation: dict[int, list[int]] = {}
    for entry in entries:
        by_organisation.setdefault(entry.organisation_id, []).append(entry.pk)
    rows = OrganisationMember.objects.filter(organisation__in=by_organisation, user__in=list(users))
    pairs = rows.values_list("organisation_id", "user_id")
    return {(entry, user) for organisation, user in pairs for entry in by_organisation[organisation]}


def seats_of(poll: Poll) -> list[RollSeat]:
    return list(RollSeat.objects.filter(poll=poll).select_related("user").order_by("position"))


def items_of(poll: Poll) -> list[PollItem]:
    """Items in order, with entry and organisation."""
    return list(PollItem.objects.filter(poll=poll).select_related("entry__organisation").order_by("position"))


def items_for(poll: Poll, seat: RollSeat) -> list[PollItem]:
    """What the ballot of this seat shows: without the items from which it is recused."""
    gone = SeatRecusal.objects.filter(seat=seat, item=OuterRef("pk"))
    return list(
        PollItem.objects.filter(~Exists(gone), poll=poll).select_related("entry__organisation").order_by("position")
    )


def recusals_of(poll: Poll) -> set[tuple[int, int]]:
    """``(seat, item)``."""
    return set(SeatRecusal.objects.filter(seat__poll=poll).values_list("seat_id", "item_id"))


def box_of(poll: Poll) -> list[BallotItem]:
    """Every sealed or named vote that counts, by item and seat."""
    rows = BallotItem.objects.filter(ballot__poll=poll, struck=False).select_related("ballot")
    return list(rows.order_by("item_id", "ballot__seat_id"))


def tallies_of(stage: RoundStage, purpose: str = Poll.Purpose.MAIN) -> list[Tally]:
    """Tallies of the counted polls of a stage, with item and poll."""
    rows = Tally.objects.filter(item__poll__stage=stage, item__poll__status=P.COUNTED, item__poll__purpose=purpose)
    return list(rows.select_related("item__poll").order_by("item__poll__number", "item__position"))
