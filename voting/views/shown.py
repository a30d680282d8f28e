"""Results as pages show them: without what the reader has stepped aside from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rounds.models import RoundStage, StageEntry
from voting import queries
from voting.models import Poll, Tally
from voting.results import Outcome, Standing, outcome


@dataclass(slots=True)
class ResultRow:
    """One line of the result: the count, and what the entry gets (or would, while nothing is released)."""

    tally: Tally
    row: StageEntry | None
    prize: str = ""
    tier: str = ""
    rank: int | None = None
    decided: bool = False
    tiers: list[tuple[str, int, bool]] = field(default_factory=list)


def results_for(reader: Any, stage: RoundStage) -> list[ResultRow]:
    """Every counted main tally of a stage, best first."""
    rows = {row.entry_id: row for row in _rows(reader, stage)}
    tallies = [tally for tally in queries.tallies_of(stage) if tally.item.entry_id in rows]
    standings = {s.entry_id: s for s in outcome(stage).standings}
    found = [_line(stage, tally, rows[tally.item.entry_id], standings.get(tally.item.entry_id)) for tally in tallies]
    return sorted(found, key=lambda line: (line.rank or 10**6, line.tally.item.position))


def tallies_for(reader: Any, poll: Poll) -> list[ResultRow]:
    """The tallies of one counted ballot."""
    rows = {row.entry_id: row for row in _rows(reader, poll.stage)}
    tallies = (
        Tally.objects.filter(item__poll=poll)
        .select_related("item__poll", "item__entry__organisation")
        .order_by("item__position")
    )
    return [
        _line(poll.stage, tally, rows[tally.item.entry_id], None) for tally in tallies if tally.item.entry_id in rows
    ]


def tied_for(reader: Any, found: Outcome) -> list[Standing]:
    """The first group of tied entries that a place depends on; empty for a reader recused from one of them."""
    if not found.contested:
        return []
    group = found.contested[0]
    gone = {entry for entry, _user in queries.open_recusals([s.row.entry for s in group], [reader.pk])}
    return [] if gone else group


def _rows(reader: Any, stage: RoundStage) -> list[StageEntry]:
    rows = StageEntry.objects.filter(stage=stage).not_recused_from(reader)
    return list(rows.select_related("entry__organisation"))


def _line(stage: RoundStage, tally: Tally, row: StageEntry, standing: Standing | None) -> ResultRow:
    rules = stage.round.rules
    names = {tier.key: str(tier.name) for tier in rules.prize(row.entry.prize).tiers}
    tiers = [(names.get(key, key), votes, key in tally.reached_tiers) for key, votes in tally.tiers.items()]
    decided = row.status != StageEntry.Status.PENDING
    prize, tier = (row.prize, row.tier) if decided or standing is None else (standing.prize, standing.tier)
    won = rules.prize(prize) if prize else None
    tier_name = next((str(t.name) for t in won.tiers if t.key == tier), "") if won else ""
    rank = row.rank if decided or standing is None else standing.rank
    return ResultRow(tally, row, str(won.name) if won else "", tier_name, rank, decided, tiers)
