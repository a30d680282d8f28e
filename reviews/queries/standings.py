"""From scores to who goes on: gate, ranks, lists, ties at the cut. Shared by all kinds that have scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from jurisdictions.policy.stages import Gate, Shortlist
from reviews.models import TieDecision
from reviews.queries import places
from reviews.tallies import ranking
from rounds.models import RoundStage, StageEntry

Outcome = Literal["advanced", "stopped", "tied"]
Within = Literal["prize", "round", "category"]


@dataclass(frozen=True, slots=True)
class Line:
    """One entry's place. ``why``: "gate", "cut", "tie" or "" (goes on)."""

    row: StageEntry
    score: Decimal
    rank: int
    outcome: Outcome
    why: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """Entries that share the score at a cut, with fewer ``free`` places than they are; ``decision``: how it was settled."""

    group: str
    score: Decimal
    rows: tuple[StageEntry, ...]
    free: int
    decision: TieDecision | None

    @property
    def ids(self) -> list[int]:
        return sorted(row.pk for row in self.rows)


@dataclass
class Standings:
    """Every scored entry's line, and the ties at the cuts."""

    lines: list[Line] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    caps: dict[str, int | None] = field(default_factory=dict)

    @property
    def open_ties(self) -> list[Tie]:
        return [tie for tie in self.ties if tie.decision is None]


def group_of(row: StageEntry, within: Within) -> str:
    """The list that an entry stands in: "" for the whole round, else prize, or prize and category."""
    if within == "round":
        return ""
    return row.entry.prize if within == "prize" or not row.entry.category else f"{row.entry.prize}/{row.entry.category}"


def stand(
    stage: RoundStage,
    scores: Mapping[int, Decimal],
    rows: Sequence[StageEntry],
    *,
    gate: Gate | None,
    shortlist: Shortlist | None,
    rank_within: Within,
) -> Standings:
    """Rank and cut. ``scores``: {stage entry id: score}; entries without a score are left out. One query."""
    scored = [row for row in rows if row.pk in scores]
    rank = _ranks(scored, scores, rank_within)
    passed = [row for row in scored if gate is None or scores[row.pk] >= gate.min_score.value]
    found = Standings()
    through = _shortlisted(stage, passed, scores, shortlist, found) if shortlist else {row.pk: "" for row in passed}
    for row in scored:
        why = through.get(row.pk, "gate")
        outcome: Outcome = "advanced" if not why else "tied" if why == "tie" else "stopped"
        found.lines.append(Line(row, scores[row.pk], rank[row.pk], outcome, why))
    found.lines.sort(key=lambda line: (group_of(line.row, rank_within), line.rank, line.row.pk))
    return found


def _ranks(rows: Sequence[StageEntry], scores: Mapping[int, Decimal], within: Within) -> dict[int, int]:
    groups: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for row in rows:
        groups[group_of(row, within)][row.pk] = scores[row.pk]
    return {pk: rank for group in groups.values() for pk, rank in ranking.ranks(group).items()}


def _shortlisted(
    stage: RoundStage, rows: Sequence[StageEntry], scores: Mapping[int, Decimal], rule: Shortlist, found: Standings
) -> dict[int, str]:
    groups: dict[str, list[StageEntry]] = defaultdict(list)
    for row in rows:
        groups[group_of(row, rule.per)].append(row)
    decided = {(d.group, d.score): d for d in reversed(TieDecision.objects.filter(stage=stage))} if groups else {}
    why: dict[int, str] = {}
    for group, members in sorted(groups.items()):
        cut = ranking.cut({row.pk: scores[row.pk] for row in members}, cap_of(stage, rule, group, found))
        why |= {row.pk: "" if row.pk in cut.sure else "cut" for row in members}
        if cut.tied and cut.score is not None:
            tied = tuple(row for row in members if row.pk in cut.tied)
            why |= _tie(Tie(group, cut.score, tied, cut.free, decided.get((group, cut.score))), found)
    return why


def cap_of(stage: RoundStage, rule: Shortlist, group: str, found: Standings) -> int | None:
    """The number of places of a list."""
    prize, _slash, category = group.partition("/")
    rules = stage.round.rules
    offered = [prize] if prize else [key for key in stage.round.prizes if rules.prize(key).is_applied_for]
    found.caps[group] = places.cap(rules, rule, prizes=offered, category=category)
    return found.caps[group]


def _tie(tie: Tie, found: Standings) -> dict[int, str]:
    valid = (
        tie.decision if tie.decision and tie.decision.tied == tie.ids and len(tie.decision.chosen) <= tie.free else None
    )
    found.ties.append(Tie(tie.group, tie.score, tie.rows, tie.free, valid))
    if valid is None:
        return dict.fromkeys(tie.ids, "tie")
    return {pk: "" if pk in valid.chosen else "cut" for pk in tie.ids}
