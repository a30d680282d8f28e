"""What keeps an organisation from applying, as the applicant's side asks it: when an application is started, and when it is filed."""

from __future__ import annotations

from collections.abc import Iterable

from applications.gates import Candidacy, register_gate
from awards import bars
from core.refusals import Refused


@register_gate
def barred_or_waiting(candidacy: Candidacy) -> Iterable[Refused]:
    """Bars after fraud, false papers or accidents; waiting periods after an award."""
    same = candidacy.facts.get("form", {}).get("same_achievements")
    won = candidacy.facts.get("awards", {}).get("won")
    return bars.refusals(
        candidacy.organisation,
        candidacy.round,
        candidacy.prize.key,
        won=won,
        same_achievements=same if isinstance(same, bool) else None,
    )
