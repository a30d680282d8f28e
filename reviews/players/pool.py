"""The rehearsal's pool and its teams, whatever the policy asks of reviewers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q

from accounts.models import User
from reviews.domain import assignments, fitness, pool, teams
from reviews.models import Qualification, Reviewer, Team
from rounds import clock
from rounds.models import RoundStage, StageEntry
from rounds.rehearsal import Rehearsal

YEARS_AHEAD = 2
REASON = "演练：可用评审员人数有限"


def gathered(ctx: Rehearsal) -> list[Reviewer]:
    """Every reviewer of the cast in the pool: appointed, with undertakings signed and qualifications that hold today."""
    known = {
        r.user_id: r
        for r in Reviewer.objects.filter(
            jurisdiction=ctx.round.jurisdiction_id, user__in=ctx.cast.reviewers
        ).select_related("user", "jurisdiction")
    }
    found = []
    for number, user in enumerate(ctx.cast.reviewers):
        reviewer = known.get(user.pk) or pool.appoint(
            actor=ctx.cast.office, user=user, jurisdiction=ctx.round.jurisdiction, round_=ctx.round, employer=f"演练单位{number + 1}",
            is_industry_expert=number % 2 == 0, text="演练：聘任入库",
        )  # fmt: skip
        found.append(reviewer)
    _sign(ctx, found)
    _qualify(ctx, found)
    return [r for r in found if r.status == Reviewer.Status.ACTIVE]


def _sign(ctx: Rehearsal, reviewers: Sequence[Reviewer]) -> None:
    wanted = {u.key for u in ctx.round.rules.undertakings if "reviewer" in u.who}
    users = {user.pk: user for user in ctx.cast.reviewers}
    for number, reviewer in enumerate(reviewers):
        if wanted - set(reviewer.undertakings):
            signed = pool.sign_undertakings(actor=users[reviewer.user_id], reviewer=reviewer, round_=ctx.round)
            reviewers[number].undertakings = signed.undertakings


def _qualify(ctx: Rehearsal, reviewers: Sequence[Reviewer]) -> None:
    """One qualification for every prize of every stage, so that any team may review any prize."""
    today, needed = clock.today(ctx.round), _needed(ctx)
    valid = Qualification.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=dt.date(today.year + 1, 12, 31)),
        reviewer__in=reviewers,
        valid_from__lte=today,
    )
    held = set(valid.values_list("reviewer_id", "kind"))
    for reviewer in reviewers:
        for kind in needed:
            if (reviewer.pk, kind) not in held:
                pool.qualify(
                    actor=ctx.cast.office, reviewer=reviewer, kind=kind, number=f"演练-{reviewer.pk}", round_=ctx.round,
                    valid_from=dt.date(today.year - 1, 1, 1), valid_until=dt.date(today.year + YEARS_AHEAD, 12, 31),
                )  # fmt: skip


def _needed(ctx: Rehearsal) -> list[str]:
    rules = [stage.team for stage in ctx.round.rules.stages if stage.kind == "team_review"]
    return sorted({kinds[0] for rule in rules for kinds in rule.qualifications.values() if kinds})


def shape(ctx: Rehearsal, stage: RoundStage, reviewers: Sequence[Reviewer]) -> list[list[Reviewer]]:
    """As many teams as there are people, of the least size; one reviewer at least is left over to step in."""
    size = min(stage.spec.team.min, len(reviewers))
    count = max(1, (len(reviewers) - 1) // size)
    experts = [r for r in reviewers if r.is_industry_expert]
    others = [r for r in reviewers if not r.is_industry_expert]
    made = []
    for _number in range(min(count, max(1, len(experts)))):
        first = experts.pop(0) if experts else others.pop(0)
        rest = [(others or experts).pop(0) for _place in range(size - 1)]
        made.append([first, *rest])
    return made


def build(ctx: Rehearsal, stage: RoundStage, reviewers: Sequence[Reviewer]) -> list[Team]:
    """The stage's teams, each led by its first member."""
    rule = stage.spec.team
    return [
        teams.build(
            actor=ctx.cast.office, stage=stage, name=f"评审{number}组", members=members, leaders=members[:1],
            size_reason="" if len(members) >= rule.min else REASON,
        )
        for number, members in enumerate(shape(ctx, stage, reviewers), start=1)
    ]  # fmt: skip


def build_for(ctx: Rehearsal, stage: RoundStage, reviewers: Sequence[Reviewer], rows: Sequence[StageEntry]) -> Team:
    """A team for entries that no other may take (somebody of each is recused): of those between whom and them nothing stands."""
    rule = stage.spec.team
    conflicts = fitness.Conflicts(reviewers, [row.entry for row in rows])
    free = [r for r in reviewers if not any(conflicts.between(r, row.entry) for row in rows)]
    members = sorted(free, key=lambda reviewer: not reviewer.is_industry_expert)[: rule.min]
    reason = "" if len(members) >= rule.min else REASON
    office = ctx.cast.office
    team = teams.build(
        actor=office, stage=stage, name="递补组", members=members, leaders=members[:1], size_reason=reason
    )
    assignments.assign(actor=office, team=team, stage_entries=rows)
    return team


def user_of(ctx: Rehearsal, reviewer: Reviewer) -> User:
    """The cast's own instance, whose roles are read already."""
    return next(user for user in ctx.cast.reviewers if user.pk == reviewer.user_id)
