"""The minutes of a poll as one JSON bundle, for ``verify_minutes.py``."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from core.fields import digest, plain
from rounds import clock
from voting import queries
from voting.models import Ballot, HeadHeard, Minutes, OpenedBallot, Poll, SeatRecusal, Tally, TellerKey
from voting.settings import roll_data

FORMAT = "quality-award-minutes/1"


def make(poll: Poll, tallies: Iterable[Tally]) -> Minutes:
    """Write the minutes, once. They hold no vote with its voter, unless the ballot was named."""
    body = plain(_body(poll, tallies))
    found: Minutes = Minutes.objects.create(
        poll=poll, bundle=body, sha256=digest(body), made_at=clock.now(poll.stage.round)
    )
    return found


def export(minutes: Minutes) -> dict[str, Any]:
    """What is handed out: the frozen body, its hash, and the tellers' signatures so far."""
    signed = TellerKey.objects.filter(poll=minutes.poll_id).exclude(signature="").select_related("teller")
    signatures = [
        {"teller": key.position, "name": key.teller.name, "signing_key": key.signing_key, "signature": key.signature}
        for key in signed.order_by("position")
    ]
    return {"body": minutes.bundle, "sha256": minutes.sha256, "signatures": signatures}


def signed_message(sha256: str) -> bytes:
    """What the tellers sign."""
    return f"{FORMAT}|{sha256}".encode()


def _body(poll: Poll, tallies: Iterable[Tally]) -> dict[str, Any]:
    round_, items, seats = poll.stage.round, queries.items_of(poll), queries.seats_of(poll)
    later = SeatRecusal.objects.filter(seat__poll=poll, after_opening=True).select_related("item")
    at_opening = set(SeatRecusal.objects.filter(seat__poll=poll, after_opening=False).values_list("seat_id", "item_id"))
    return {
        "format": FORMAT,
        "jurisdiction": round_.jurisdiction.code,
        "round": {"id": round_.pk, "year": round_.year, "kind": round_.kind, "rules_sha256": round_.rules_sha256},
        "meeting": _meeting(poll),
        "settings": poll.settings,
        "settings_sha256": poll.settings_sha256,
        "roll": roll_data(seats, items, at_opening),
        "roll_sha256": poll.roll_sha256,
        "recused_after_opening": [{"seat": r.seat_id, "entry": r.item.entry_id, "since": r.since} for r in later],
        "public_key": poll.public_key,
        "box": _box(poll),
        "box_sha256": poll.box_sha256,
        "opened": _opened(poll),
        "tally": {str(tally.item.entry_id): tally_data(tally) for tally in tallies},
        "times": {name: getattr(poll, name) for name in ("opened_at", "closed_at", "unsealed_at", "counted_at")},
        "tellers": [
            {
                "teller": key.position,
                "name": key.teller.name,
                "signing_key": key.signing_key,
                "took_part": bool(key.handed_at),
            }
            for key in TellerKey.objects.filter(poll=poll).select_related("teller").order_by("position")
        ],
    }


def _meeting(poll: Poll) -> dict[str, Any]:
    meeting = poll.meeting
    heads = HeadHeard.objects.filter(meeting=meeting).order_by("entry_id")
    return {
        "held_on": meeting.held_on, "place": meeting.place, "plenary": meeting.plenary,
        "report_by": meeting.report_by, "report_heard_at": meeting.report_heard_at,
        "heads": [{"entry": h.entry_id, "speaker": h.speaker, "absent_reason": h.absent_reason} for h in heads],
    }  # fmt: skip


def _box(poll: Poll) -> list[dict[str, Any]]:
    """Every ballot as it lay in the box, by receipt; sealed votes as base64, named ones in clear."""
    ballots = Ballot.objects.filter(poll=poll).prefetch_related("items__item").order_by("receipt")
    box = []
    for ballot in ballots:
        rows = sorted(ballot.items.all(), key=lambda row: row.item.position)
        told: dict[str, Any] = {
            "receipt": ballot.receipt, "seat": ballot.seat_id, "version": ballot.version,
            "entries": [row.item.entry_id for row in rows], "struck": [row.item.entry_id for row in rows if row.struck],
        }  # fmt: skip
        if poll.secret:
            told["sealed"] = [base64.b64encode(bytes(row.sealed or b"")).decode() for row in rows]
        else:
            told["choices"] = [row.choice for row in rows]
        box.append(told)
    return box


def _opened(poll: Poll) -> dict[str, list[str]]:
    """The votes out of the opened box, by entry; empty for a named ballot, whose box shows them."""
    found: dict[str, list[str]] = {}
    for entry, value in (
        OpenedBallot.objects.filter(item__poll=poll).order_by("position").values_list("item__entry_id", "value")
    ):
        found.setdefault(str(entry), []).append(value)
    return found


def tally_data(tally: Tally) -> dict[str, Any]:
    """A tally as JSON."""
    names = (
        "appointed", "recused", "eligible", "present", "cast", "votes_for", "against", "abstained", "invalid", "tiers", "base", "share",
        "score", "passed", "reached_tiers",
    )  # fmt: skip
    return {name: getattr(tally, name) for name in names}
