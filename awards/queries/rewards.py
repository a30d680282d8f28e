"""Which reward each honour brings: the first of its prize whose condition holds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from awards.queries.lineup import Line, lineup
from jurisdictions.policy.conditions import Undecided, reward_for
from jurisdictions.policy.prizes import Reward
from rounds.facts import facts_for_many
from rounds.models import RoundStage


@dataclass(frozen=True, slots=True)
class Granted:
    """A line of the list with its reward. ``unknown``: facts on which the choice depends and which nobody knows."""

    line: Line
    reward: Reward | None
    repeat: bool
    unknown: tuple[str, ...] = ()

    @property
    def article(self) -> str:
        return self.reward.article if self.reward else ""

    @property
    def amount(self) -> Decimal | None:
        return self.reward.yuan if self.reward else None

    @property
    def items(self) -> list[str]:
        return list(self.reward.items) if self.reward else []

    def facts(self) -> dict[str, Any]:
        """What the decision shows of it."""
        return {"items": self.items, "amount": self.amount, "repeat": self.repeat}


def granted(stage: RoundStage, *, statuses: tuple[str, ...] = ("pending", "advanced")) -> list[Granted]:
    """The rewards of everything in a conferral stage; a constant number of queries."""
    lines = lineup(stage, statuses=statuses)
    facts = facts_for_many([line.row.entry for line in lines]) if lines else {}
    return [_grant(stage, line, facts[line.entry_id]) for line in lines]


def _grant(stage: RoundStage, line: Line, facts: dict[str, dict[str, Any]]) -> Granted:
    repeat = line.prize in facts.get("awards", {}).get("ever", ())
    facts = {**facts, "entry": {**facts.get("entry", {}), "tier": line.tier}}
    try:
        return Granted(line, reward_for(stage.round.rules.prize(line.prize), facts), repeat)
    except Undecided as undecided:
        return Granted(line, None, repeat, undecided.unknown)
