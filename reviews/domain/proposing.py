"""An assignment proposed by the solver: teams from the pool, entries for the teams."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.access import require
from core.refusals import Refused
from jurisdictions.policy.stages import TeamRule
from reviews.domain import assignments, looking
from reviews.domain.ground import Ground, Seats
from reviews.locking import open_stage, stage_row
from reviews.models import AssignmentProposal, Reviewer
from reviews.rules import is_office
from reviews.tallies import solving
from rounds import clock
from rounds.engine.logging import record
from rounds.models import RoundStage

MOST_TEAMS = 60
MOST_USES = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """``new_teams``: how many to set up beside those that are; ``size``: members of each; ``cap``: the most entries a team may have."""

    new_teams: int = 0
    size: int = 3
    cap: int | None = None


@transaction.atomic
def propose(*, actor: User, stage: RoundStage, wish: Wish) -> AssignmentProposal:
    """Have the solver propose teams and their entries; nothing of it holds yet. An earlier proposal of the stage is given up.

    Refused: not the office, the stage not open, no team at all, more teams than the pool can fill as the regulation wants them.
    """
    stage = open_stage(stage_row(stage))
    rule: TeamRule = stage.spec.team
    require(is_office, actor, stage, article=rule.article)
    started = time.monotonic()
    looking.look_in_stage(stage, assignments.unassigned(stage).select_related("entry__organisation"))
    ground = Ground(stage)
    seats = [*ground.standing, *_new_teams(ground, wish)]
    if not seats:
        raise Refused("no_teams_to_give_to", article=rule.article, field="new_teams")
    _give(ground, seats, wish.cap)
    made = _store(stage, actor, wish, seats, started)
    record(
        "assignment.proposed", round_=stage.round, actor=actor, subject=made, article=rule.article, stage=stage.key,
        wish=asdict(wish), teams=len(seats), given=sum(len(s.entries) for s in seats), entries=len(ground.rows),
    )  # fmt: skip
    return made


def _new_teams(ground: Ground, wish: Wish) -> list[Seats]:
    """Teams from whom the pool has: qualified for a group of prizes, one leader, an expert where the article asks for one."""
    rule, groups = ground.rule, ground.groups()
    if not wish.new_teams:
        return []
    if wish.new_teams > MOST_TEAMS or wish.size < 1:
        raise Refused(
            "team_pool_too_small", article=rule.article, field="new_teams", teams=wish.new_teams, size=wish.size
        )
    shapes = [solving.Shape(g, wish.size, rule.industry_expert) for g in _shares(ground, groups, wish.new_teams)]
    free = [reviewer for reviewer in ground.pool if reviewer.pk not in ground.busy]
    found = solving.form(_candidates(ground, free, groups), shapes)
    if found is None:
        raise Refused(
            "team_pool_too_small", article=rule.article, field="new_teams", teams=wish.new_teams, size=wish.size
        )
    taken = {seats.name for seats in ground.standing}
    names = (name for n in range(1, 1000) if (name := _("Team {n}").format(n=n)) not in taken)
    return [
        Seats(f"n{t}", None, next(names), groups[shapes[t].group], [free[m].pk for m in members], free[leader].pk)
        for t, (members, leader) in enumerate(found)
    ]


def _shares(ground: Ground, groups: list[list[str]], count: int) -> list[int]:
    """How many of the new teams each group of prizes gets: by its entries, at least one where it has any."""
    waiting = [sum(1 for row in ground.rows if row.entry.prize in group) for group in groups]
    shares = [1 if entries else 0 for entries in waiting]
    while sum(shares) < count and any(waiting):
        neediest = max(range(len(groups)), key=lambda g: waiting[g] / (shares[g] or 0.5))
        shares[neediest] += 1
    return [g for g, share in enumerate(shares) for _n in range(share)][:count]


def _candidates(ground: Ground, free: Sequence[Reviewer], groups: list[list[str]]) -> list[solving.Candidate]:
    uses = ground.uses()
    clashes = {
        reviewer.pk: sum(1 for row in ground.rows if ground.conflicts.between(reviewer, row.entry)) for reviewer in free
    }
    return [
        solving.Candidate(
            groups=frozenset(g for g, prizes in enumerate(groups) if ground.unfit(reviewer, prizes) is None),
            expert=reviewer.is_industry_expert, cost=clashes[reviewer.pk] + 0.1 * uses[reviewer.pk],
            lead=min(uses[reviewer.pk], MOST_USES) / MOST_USES, employer=reviewer.employer.strip(),
        )
        for reviewer in free
    ]  # fmt: skip


def _give(ground: Ground, seats: list[Seats], cap: int | None) -> None:
    able = [
        {t: float(ground.fit(team, row)) for t, team in enumerate(seats) if not ground.against(team, row)}
        for row in ground.rows
    ]
    loads = [ground.loads[team.team] if team.team else 0 for team in seats]
    for row, team in zip(ground.rows, solving.give(able, loads, cap), strict=True):
        if team is not None:
            seats[team].entries.append(row.pk)


def _store(stage: RoundStage, actor: User, wish: Wish, seats: list[Seats], started: float) -> AssignmentProposal:
    RoundStage.objects.select_for_update().get(pk=stage.pk)  # two proposals at once: the later one stands
    now = clock.now(stage.round)
    AssignmentProposal.objects.filter(stage=stage, applied_at=None, dropped_at=None).update(dropped_at=now)
    made: AssignmentProposal = AssignmentProposal.objects.create(
        stage=stage, wish=asdict(wish), teams=[team.as_data() for team in seats], by=actor, at=now,
        milliseconds=int((time.monotonic() - started) * 1000),
    )  # fmt: skip
    return made
