"""Objections that are still open hold an approval up."""

from __future__ import annotations

from rounds.kinds import Blocker
from rounds.models import RoundStage


def open_objections(stage: RoundStage) -> list[Blocker]:
    """A blocker for the open objections to the round's lists, whichever window they belong to."""
    from rounds.kinds import kind_of

    rows = RoundStage.objects.filter(round=stage.round, kind="publicity", position__lt=stage.position)
    found: list[Blocker] = []
    for window in rows.order_by("position"):
        window.round = stage.round
        found += [blocker for blocker in kind_of(window).blockers(window) if blocker.code in CODES]
    return found


#: The publicity kind's own codes for an objection that is not settled, or whose investigation report is missing.
CODES = frozenset({"objection_open", "objector_not_told", "not_reported"})
