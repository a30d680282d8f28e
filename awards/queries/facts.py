"""What is known of earlier awards, for conditions, waiting periods and rewards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django_scopes import scopes_disabled

from awards.models import Bar, Honour, OtherAward
from awards.queries.levels import levels_of
from rounds import clock
from rounds.models import Entry, Round

FOR_GOOD = "9999-12-31"
HIGHER = ("city", "province", "nation")


def award_facts(entries: Sequence[Entry]) -> dict[int, dict[str, Any]]:
    """``awards.*`` of entries of one round, as ``jurisdictions.policy.facts.AWARDS`` names them; at most four queries.

    A rehearsal sees only what was invented for it, a binding round only what is real. What this very round gave does not count.
    """
    if not entries:
        return {}
    round_, organisations = entries[0].round, {entry.organisation_id for entry in entries}
    history = _History(round_, organisations)
    return {entry.pk: history.of(entry.organisation_id) for entry in entries}


def won_by(organisation_id: int, round_: Round) -> list[dict[str, Any]]:
    """``awards.won`` of one organisation, as this round sees it."""
    found: list[dict[str, Any]] = _History(round_, {organisation_id}).of(organisation_id)["won"]
    return found


class _History:
    """Everything that a round may know of some organisations."""

    def __init__(self, round_: Round, organisations: set[int]) -> None:
        world = round_ if round_.is_rehearsal else None
        self.round, self.today = round_, clock.today(round_)
        with scopes_disabled():
            honours = Honour.objects.filter(organisation__in=organisations, world=world).select_related("jurisdiction")
            self.honours = [h for h in honours.order_by("document_date", "id") if h.round_id != round_.pk]
            own = {"organisation__in": organisations, "jurisdiction": round_.jurisdiction_id, "world": world}
            self.others = list(OtherAward.objects.filter(**own).order_by("year", "id"))
            self.bars = list(Bar.objects.filter(**own))
        self.levels = levels_of({h.jurisdiction_id for h in self.honours})

    def of(self, organisation_id: int) -> dict[str, Any]:
        mine = [h for h in self.honours if h.organisation_id == organisation_id]
        here = [h for h in mine if h.jurisdiction_id == self.round.jurisdiction_id and h.stands]
        won = [self._honour(h) for h in mine] + [_other(a) for a in self.others if a.organisation_id == organisation_id]
        levels = {row["level"] for row in won if not row["revoked"]}
        return {
            "won": won,
            "held": sorted({h.prize for h in here if h.valid_until is None or h.valid_until >= self.today}),
            "ever": sorted({h.prize for h in here}),
            "county_level": "county" in levels,
            "higher_level": [level for level in HIGHER if level in levels],
            "barred_until": self._barred_until(organisation_id),
            "years_since": {
                prize: self.round.year - max(h.year for h in here if h.prize == prize)
                for prize in {h.prize for h in here}
            },
        }

    def _honour(self, honour: Honour) -> dict[str, Any]:
        return {
            "prize": honour.prize, "tier": honour.tier, "year": honour.year, "level": self.levels.get(honour.jurisdiction_id, ""),
            "jurisdiction": honour.jurisdiction.code, "revoked": not honour.stands, "decided_on": honour.document_date.isoformat(),
        }  # fmt: skip

    def _barred_until(self, organisation_id: int) -> str:
        days = [_last_day(bar) for bar in self.bars if bar.organisation_id == organisation_id]
        standing = [day for day in days if day and day >= self.today.isoformat()]
        return max(standing, default="")


def _last_day(bar: Bar) -> str:
    """The last day of a bar; '' where it counts rounds."""
    if bar.rounds is not None:
        return ""
    return bar.until.isoformat() if isinstance(bar.until, dt.date) else FOR_GOOD


def _other(award: OtherAward) -> dict[str, Any]:
    return {
        "prize": "", "tier": "", "year": award.year, "level": award.level, "jurisdiction": award.issuer or award.name,
        "revoked": award.revoked, "decided_on": None,
    }  # fmt: skip
