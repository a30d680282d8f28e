"""What a proposed assignment is made from, and why each entry stands where it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.refusals import Refused
from jurisdictions.policy.stages import TeamRule
from reviews.domain import fitness
from reviews.domain.assignments import unassigned
from reviews.domain.teams import applied_for
from reviews.models import Assignment, PoolRecord, Reviewer, Team, TeamMember
from rounds.models import RoundStage, StageEntry


@dataclass
class Seats:
    """A team as a proposal has it: ``team`` the id of one that is set up, else None. Ids of reviewers and stage entries."""

    key: str
    team: int | None
    name: str
    prizes: list[str]
    members: list[int]
    leader: int | None
    entries: list[int] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        return {
            "key": self.key, "team": self.team, "name": self.name, "prizes": self.prizes, "members": self.members,
            "leader": self.leader, "entries": self.entries,
        }  # fmt: skip


def seats_of(data: Sequence[Mapping[str, Any]]) -> list[Seats]:
    """A stored proposal's teams."""
    return [Seats(**one) for one in data]


class Ground:
    """The stage's free entries, its teams, the pool with who may review, and what stands between. About ten queries."""

    def __init__(self, stage: RoundStage) -> None:
        self.stage, self.rule = stage, stage.spec.team
        self.rows: list[StageEntry] = list(unassigned(stage).select_related("entry__organisation").order_by("id"))
        for row in self.rows:
            row.entry.round = stage.round
        self.prizes = applied_for(stage)
        self.pool = self._pool()
        self.by_id = {reviewer.pk: reviewer for reviewer in self.pool}
        self.row_by_id = {row.pk: row for row in self.rows}
        self.fitness = fitness.Fitness(self.pool, stage.round, self.rule)
        self.conflicts = fitness.Conflicts(self.pool, [row.entry for row in self.rows])
        self.standing = self._standing()
        self.busy = {pk for seats in self.standing for pk in seats.members}
        self.loads = self._loads()

    def hide(self, entries: Collection[int]) -> set[int]:
        """Leave these entries out; the keys of what was left out."""
        hidden = {row.pk for row in self.rows if row.entry_id in entries}
        self.rows = [row for row in self.rows if row.pk not in hidden]
        self.row_by_id = {row.pk: row for row in self.rows}
        return hidden

    def _pool(self) -> list[Reviewer]:
        found = Reviewer.objects.filter(
            jurisdiction=self.stage.round.jurisdiction_id, status=Reviewer.Status.ACTIVE
        ).select_related("user")
        if not self.stage.round.is_rehearsal:
            found = found.filter(rehearsal=False)
        return list(found.order_by("id"))

    def _standing(self) -> list[Seats]:
        """Teams that are set up."""
        found = {
            team.pk: Seats(f"t{team.pk}", team.pk, team.name, team.prizes, [], None)
            for team in Team.objects.filter(stage=self.stage, ended_at=None).order_by("id")
        }
        for member in TeamMember.objects.filter(team__in=found, ended_at=None).order_by("-is_leader", "id"):
            seats = found[member.team_id]
            seats.members.append(member.reviewer_id)
            seats.leader = member.reviewer_id if member.is_leader else seats.leader
        return list(found.values())

    def _loads(self) -> Counter[int]:
        """How many entries each team that is set up has."""
        running = Assignment.objects.filter(team__stage=self.stage, ended_at=None, stage_entry__status="pending")
        pairs = set(running.values_list("team_id", "stage_entry_id"))
        return Counter(team for team, _entry in pairs)

    def uses(self) -> Counter[int]:
        """How often each of the pool was used in a review."""
        rows = PoolRecord.objects.filter(reviewer__in=self.by_id, kind=PoolRecord.Kind.USE)
        return Counter(rows.values_list("reviewer_id", flat=True))

    def against(self, seats: Seats, row: StageEntry) -> list[Refused]:
        """Everything that keeps a team from an entry, each with its article; empty: it may take it."""
        if row.entry.prize not in seats.prizes:
            name = self.stage.round.rules.prize(row.entry.prize).name
            return [Refused("team_not_for_prize", article=self.rule.article, team=seats.name, prize=name)]
        if not seats.members:
            return [Refused("team_dissolved", article=self.rule.article, team=seats.name)]
        article = self.stage.round.rules.recusal.article
        return [
            Refused(code, article=article, person=self.by_id[pk], organisation=row.entry.organisation)
            for pk in seats.members
            if pk in self.by_id and (code := self.conflicts.between(self.by_id[pk], row.entry))
        ]

    def fit(self, seats: Seats, row: StageEntry) -> int:
        """How many members know the organisation's sectors."""
        asked = set(row.entry.organisation.sectors) | {row.entry.organisation.industry} - {""}
        return sum(1 for pk in seats.members if pk in self.by_id and asked & knowledge(self.by_id[pk]))

    def unfit(self, reviewer: Reviewer, prizes: Sequence[str]) -> Refused | None:
        return self.fitness.fault(reviewer, prizes)

    def groups(self) -> list[list[str]]:
        """Prizes whose entries the same qualifications admit to; a team is qualified for one such group."""
        found: dict[tuple[str, ...], list[str]] = {}
        for prize in self.prizes:
            found.setdefault(tuple(sorted(fitness.kinds_for(self.rule, prize))), []).append(prize)
        return list(found.values())


def knowledge(reviewer: Reviewer) -> set[str]:
    """Sectors and fields that a reviewer is entered with."""
    return {*reviewer.sectors, *reviewer.fields}


def normal_size(rule: TeamRule) -> int:
    """The smallest regular team."""
    return rule.min
