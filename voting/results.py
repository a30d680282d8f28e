"""From tallies to winners: order, ties, places within the quotas, fallback awards. Read anew each time, from what was counted.

Order: where tiers are voted on, first by the best tier reached and the votes for it; else by share of votes for, by points, or by places.
Ties: by the later of what the rules foresee — review score, second-round ballots, recorded decisions of the committee. A tie is
*contested* when it decides who gets a place; nothing then goes on until it is settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from django.db.models import Count, Q

from jurisdictions.policy.prizes import Prize, Quota
from jurisdictions.policy.quota import Candidate, Place, Refusal, covers, fill, limit_of
from rounds.facts import facts_for_many
from rounds.models import RoundStage, StageEntry
from voting import queries
from voting.models import Meeting, Poll, Tally, TieDecision

SortKey = tuple[Fraction | int, ...]


@dataclass(slots=True)
class Standing:
    """One entry after the vote. ``prize`` and ``tier``: what it gets; ``""``: nothing."""

    row: StageEntry
    tally: Tally
    key: SortKey
    rank: int = 0
    prize: str = ""
    tier: str = ""
    fallback: bool = False
    refusal: Refusal | None = None

    @property
    def entry_id(self) -> int:
        return int(self.row.entry_id)


@dataclass(slots=True)
class Vacancy:
    """A quota that was not used up: ``got`` of ``limit``."""

    quota: Quota
    limit: int
    got: int


@dataclass(slots=True)
class Outcome:
    """Everything that follows from the counted ballots of a stage."""

    standings: list[Standing] = field(default_factory=list)
    contested: list[list[Standing]] = field(default_factory=list)
    vacancies: list[Vacancy] = field(default_factory=list)


def outcome(stage: RoundStage) -> Outcome:
    """Of the pending entries that were voted on; a constant number of queries."""
    standings = _standings(stage)
    if not standings:
        return Outcome()
    placer = _Placer(stage, standings)
    placer.place(standings)
    contested = [group for group in _tied(standings) if _is_contested(placer, standings, group)]
    placer.place(standings)
    _rank(standings)
    return Outcome(standings, contested, placer.vacancies(standings))


def _standings(stage: RoundStage) -> list[Standing]:
    rows = {
        row.entry_id: row
        for row in StageEntry.objects.filter(stage=stage).pending().select_related("entry__organisation")
    }
    for row in rows.values():
        row.stage, row.entry.round = stage, stage.round
    tallies = {t.item.entry_id: t for t in queries.tallies_of(stage) if t.item.entry_id in rows}
    breaks = _tie_breaks(stage, list(tallies))
    found = [
        Standing(rows[pk], tally, (*_merit(stage, rows[pk], tally), *breaks.get(pk, ())))
        for pk, tally in tallies.items()
    ]
    return sorted(found, key=lambda s: (s.key, s.entry_id))


def _merit(stage: RoundStage, row: StageEntry, tally: Tally) -> SortKey:
    """Smaller is better. What did not pass comes after everything that did."""
    failed = int(not tally.passed)
    if tally.tiers:
        names = [tier.key for tier in stage.round.rules.prize(row.entry.prize).tiers]
        best = next((n for n, tier in enumerate(names) if tier in tally.reached_tiers), len(names))
        votes = tally.tiers.get(names[best] if best < len(names) else names[-1], 0)
        return failed, best, -Fraction(votes, tally.base or 1)
    return failed, 0, -(tally.merit if tally.merit is not None else Fraction(-1))


def _tie_breaks(stage: RoundStage, entries: list[int]) -> dict[int, SortKey]:
    keys: dict[int, list[Fraction | int]] = {pk: [] for pk in entries}
    if stage.spec.ties.value == "review_score":
        scores = _review_scores(stage, entries)
        for pk in entries:
            keys[pk].append(-Fraction(scores.get(pk, 0)))
    second = queries.tallies_of(stage, Poll.Purpose.SECOND_ROUND)
    for number, group in groupby(second, key=lambda t: t.item.poll.number):
        merits = {t.item.entry_id: t.merit or Fraction(0) for t in group}
        assert number
        for pk in entries:
            keys[pk].append(-merits.get(pk, Fraction(0)))
    for decision in TieDecision.objects.filter(stage=stage).order_by("id"):
        for pk in entries:
            keys[pk].append(decision.order.index(pk) if pk in decision.order else 0)
    return {pk: tuple(parts) for pk, parts in keys.items()}


def _review_scores(stage: RoundStage, entries: list[int]) -> dict[int, Fraction]:
    """Each entry's latest score from a stage before this one."""
    rows = StageEntry.objects.filter(entry__in=entries, stage__position__lt=stage.position, score__isnull=False)
    return {pk: Fraction(score or 0) for pk, score in rows.order_by("stage__position").values_list("entry_id", "score")}


def _tied(standings: Sequence[Standing]) -> list[list[Standing]]:
    groups = [list(group) for _key, group in groupby(standings, key=lambda s: s.key)]
    return [group for group in groups if len({(s.prize, s.tier) for s in group}) > 1]


def _is_contested(placer: _Placer, standings: list[Standing], group: list[Standing]) -> bool:
    """Whether taking the tied in the opposite order gives anyone something else."""
    placer.place(standings)
    before = {s.entry_id: (s.prize, s.tier) for s in group}
    first = standings.index(group[0])
    placer.place([*standings[:first], *reversed(group), *standings[first + len(group) :]])
    return any(before[s.entry_id] != (s.prize, s.tier) for s in group)


def _rank(standings: list[Standing]) -> None:
    """Places within each prize; the still tied share one."""
    for prize in {s.row.entry.prize for s in standings}:
        mine = [s for s in standings if s.row.entry.prize == prize]
        for place, standing in enumerate(mine, 1):
            same = mine[place - 2] if place > 1 and mine[place - 2].key == standing.key else None
            standing.rank = same.rank if same else place


class _Placer:
    """Fills the quotas with the standings in an order given."""

    def __init__(self, stage: RoundStage, standings: list[Standing]) -> None:
        self.stage, self.rules = stage, stage.round.rules
        needs_facts = any(q.where or q.exempt for q in self.rules.quotas)
        self.facts = facts_for_many([s.row.entry for s in standings]) if needs_facts else {}
        self.sizes = sizes_of(stage) if any(q.share_of for q in self.rules.quotas) else {}
        self.fallbacks = {s.row.entry.prize: fallback_prize(stage, s.row.entry.prize) for s in standings}
        self.wanted = _wanted_fallbacks(stage)

    def place(self, order: Sequence[Standing]) -> None:
        by_id = {s.entry_id: s for s in order}
        for standing in order:
            standing.prize, standing.tier, standing.fallback, standing.refusal = "", "", False, None
        placed, refused = fill(
            [self._candidate(s) for s in order if s.tally.passed], self.rules.quotas, sizes=self.sizes
        )
        for refusal in refused:
            by_id[refusal.candidate.id].refusal = refusal
        for place in placed:
            self._give(by_id[place.candidate.id], place)
        self._fall_back([s for s in order if not s.prize], placed, by_id)

    def _fall_back(self, losers: list[Standing], placed: list[Place], by_id: dict[int, Standing]) -> None:
        candidates = [
            self._candidate(s, prize.key, tuple(t.key for t in prize.tiers))
            for s in losers
            if (prize := self.fallbacks[s.row.entry.prize]) is not None
        ]
        if not candidates:
            return
        settled = [
            Candidate(
                p.candidate.id, p.candidate.prize, (p.tier,) if p.tier else (), p.candidate.category, p.candidate.facts
            )
            for p in placed
        ]
        given: dict[str, int] = {}
        for place in fill([*settled, *candidates], self.rules.quotas, sizes=self.sizes)[0]:
            given_prize = place.candidate.prize
            standing = by_id[place.candidate.id]
            if standing.prize or given.get(given_prize, 0) >= self.wanted.get(given_prize, len(candidates)):
                continue
            given[given_prize] = given.get(given_prize, 0) + 1
            self._give(standing, place, fallback=True)

    def _candidate(self, standing: Standing, prize: str = "", tiers: tuple[str, ...] | None = None) -> Candidate:
        entry = standing.row.entry
        if tiers is None:
            offered = tuple(tier.key for tier in self.rules.prize(entry.prize).tiers)
            tiers = tuple(t for t in offered if t in standing.tally.reached_tiers) if standing.tally.tiers else offered
        return Candidate(entry.pk, prize or entry.prize, tiers, entry.category, self.facts.get(entry.pk, {}))

    def _give(self, standing: Standing, place: Place, *, fallback: bool = False) -> None:
        standing.prize, standing.tier, standing.fallback = place.candidate.prize, place.tier, fallback

    def vacancies(self, standings: Sequence[Standing]) -> list[Vacancy]:
        """Quotas of the prizes voted on that were not used up."""
        concerned = {s.row.entry.prize for s in standings} | {p.key for p in self.fallbacks.values() if p}
        places = [Place(self._candidate(s, s.prize, (s.tier,)), s.tier) for s in standings if s.prize]
        found = []
        for quota in self.rules.quotas:
            limit = limit_of(quota, self.sizes)
            got = sum(covers(quota, place) for place in places)
            if limit is not None and got < limit and concerned & set(quota.prizes):
                found.append(Vacancy(quota, limit, got))
        return found


def vacancies_of(stage: RoundStage) -> list[Vacancy]:
    """The same once the decision is released: read from what each entry got."""
    rows = (
        StageEntry.objects.filter(stage=stage)
        .advanced()
        .exclude(prize="")
        .select_related("entry__organisation", "stage")
    )
    tallies = {t.item.entry_id: t for t in queries.tallies_of(stage)}
    standings = [
        Standing(row, tallies[row.entry_id], (), prize=row.prize, tier=row.tier)
        for row in rows
        if row.entry_id in tallies
    ]
    for standing in standings:
        standing.row.entry.round = stage.round
    return _Placer(stage, standings).vacancies(standings) if standings else _all_vacant(stage)


def _all_vacant(stage: RoundStage) -> list[Vacancy]:
    voted = set(StageEntry.objects.filter(stage=stage).values_list("entry__prize", flat=True))
    sizes = sizes_of(stage)
    limits = [(quota, limit_of(quota, sizes)) for quota in stage.round.rules.quotas if voted & set(quota.prizes)]
    return [Vacancy(quota, limit, 0) for quota, limit in limits if limit]


def fallback_prize(stage: RoundStage, prize: str) -> Prize | None:
    """What an entry for ``prize`` may get that reached this stage without winning."""
    for found in stage.round.rules.prizes:
        if prize in found.fallback_for and found.fallback_stage in (None, stage.key):
            return found
    return None


def _wanted_fallbacks(stage: RoundStage) -> dict[str, int]:
    meeting: Meeting | None = queries.latest_meeting(stage)
    return dict(meeting.fallback_places) if meeting else {}


def sizes_of(stage: RoundStage) -> dict[str, int]:
    rows = RoundStage.objects.filter(round=stage.round).annotate(
        size=Count("entries", filter=~Q(entries__status="skipped"))
    )
    return dict(rows.values_list("key", "size"))
