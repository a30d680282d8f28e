"""What is frozen on a poll when it is opened, and the numbers of its roll."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from core.fields import plain
from rounds.models import Entry
from voting.models import Poll, PollItem, RollSeat
from voting.tally import Seats


def voted_tiers(poll: Poll, entry: Entry) -> list[str]:
    """The tiers that a ballot offers for an entry, best first: where the policy gives tiers majorities of their own."""
    spec = poll.spec
    if poll.method != Poll.Method.APPROVE or not spec.tier_majorities or poll.purpose != Poll.Purpose.MAIN:
        return []
    return [tier.key for tier in poll.stage.round.rules.prize(entry.prize).tiers]


def settings_of(poll: Poll, items: Sequence[PollItem]) -> dict[str, Any]:
    """The rules of the vote as JSON: everything a count needs. A second round only orders: it asks for no majority."""
    spec, stage = poll.spec, poll.stage
    told = spec.model_dump(mode="json")
    main = poll.purpose == Poll.Purpose.MAIN
    found = {
        "context": context_of(poll),
        "stage": stage.key,
        "article": stage.article,
        "rules_sha256": stage.round.rules_sha256,
        "number": poll.number,
        "purpose": poll.purpose,
        "method": poll.method,
        "secret": poll.secret,
        "score_range": list(spec.score_range),
        "items": len(items),
        "majority": told["majority"]["value"] if main and spec.majority else None,
        "min_score": told["min_score"]["value"] if main and spec.min_score else None,
        "tier_majorities": told["tier_majorities"] if main else {},
        "quorum": told["quorum"]["value"],
        "unit_votes": spec.unit_votes.value,
        "tellers": {"total": poll.tellers_total, "needed": poll.tellers_needed},
        "entries": [
            {
                "entry": item.entry_id, "number": item.entry.number, "organisation": item.entry.organisation.name,
                "prize": item.entry.prize, "tiers": voted_tiers(poll, item.entry),
            }
            for item in items
        ],
    }  # fmt: skip
    result: dict[str, Any] = plain(found)
    return result


def context_of(poll: Poll) -> str:
    """What binds everything sealed to this poll."""
    round_ = poll.stage.round
    return f"quality award ballot 1|{round_.jurisdiction.code}|round {round_.pk}|poll {poll.pk}"


def vote_context(context: str, seat: int, entry: int) -> str:
    """What binds a sealed vote to its poll, seat and item."""
    return f"{context}|seat {seat}|entry {entry}"


def roll_data(
    seats: Iterable[RollSeat], items: Sequence[PollItem], recused: set[tuple[int, int]]
) -> list[dict[str, Any]]:
    """The roll as JSON, for its hash and the minutes. ``recused``: ``(seat, item)`` as they stood at the opening."""
    return [
        {
            "seat": seat.pk, "person": seat.user_id, "name": seat.user.name, "organ": seat.organ, "place": seat.seat, "unit": seat.unit,
            "present": seat.present, "recused": [item.entry_id for item in items if (seat.pk, item.pk) in recused],
        }
        for seat in seats
    ]  # fmt: skip


def numbers(seats: Sequence[RollSeat], item: PollItem, recused: set[tuple[int, int]]) -> Seats:
    """Appointed, recused and present for one item."""
    out = {seat.pk for seat in seats if (seat.pk, item.pk) in recused}
    return Seats(len(seats), len(out), sum(seat.present and seat.pk not in out for seat in seats))


def needed(ratio: Fraction, base: int) -> int:
    """The least whole number that reaches the ratio of the base."""
    return max(1, -(-base * ratio.numerator // ratio.denominator))
