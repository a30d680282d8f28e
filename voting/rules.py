"""Who may do what about a vote."""

from __future__ import annotations

from typing import Any

from core.access import predicate
from jurisdictions.rules import holds
from rounds.rules import is_office, is_office_head, is_supervisor
from voting.models import Poll, RollSeat, TellerKey

runs_votes = is_office
ends_votes = is_office_head
holds_teller = holds("teller")
holds_seat = holds("committee")
runs_the_machine = holds("operator")


@predicate
def is_on_roll(actor: Any, poll: Poll) -> bool:
    """Stands on the frozen roll of the poll."""
    return bool(RollSeat.objects.filter(poll=poll, user=actor).exists())


@predicate
def is_teller_of(actor: Any, poll: Poll) -> bool:
    """Holds a part of the poll's tally key."""
    return bool(TellerKey.objects.filter(poll=poll, teller=actor).exists())


#: Meeting and results: the office, supervision, those with a seat; tellers see their own poll's state.
sees_votes = is_office | is_supervisor
sees_results = sees_votes | holds_seat | holds("approver")


def reads_paper(user: Any, poll: Poll, item: Any) -> bool:
    """The minutes of a counted poll: office, supervision, approver, and those on its roll."""
    from django_scopes import scopes_disabled

    with scopes_disabled():
        stage = poll.stage
        return bool(sees_votes(user, stage) or holds("approver")(user, stage) or is_on_roll(user, poll))
