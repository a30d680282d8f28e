"""What was voted on an entry, once it is counted."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from rounds.panels import Look, provide
from voting.models import Poll, Tally


@provide("votes", _("Votes"), template="voting/panels/votes.html", order=55)
def votes(look: Look) -> dict[str, Any] | None:
    """The tallies of counted ballots. One query, and none before the entry has come to a vote."""
    if not any(row.stage.kind == "vote" for row in look.rows):
        return None
    rows = Tally.objects.filter(item__entry=look.entry, item__poll__status=Poll.Status.COUNTED)
    found = list(rows.select_related("item__poll").order_by("item__poll__number"))
    stages = {row.stage_id: row.stage for row in look.rows}
    return {"lines": [(stages.get(tally.item.poll.stage_id), tally) for tally in found]} if found else None
