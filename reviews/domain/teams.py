"""Setting up and dissolving teams."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.access import require
from core.clock import legal_date
from core.refusals import Refused
from jurisdictions.policy.stages import TeamRule
from reviews.domain import fitness
from reviews.locking import stage_row
from reviews.models import Assignment, PoolRecord, Reviewer, Team, TeamMember
from reviews.rules import is_office
from reviews.tallies.shape import size_fits
from rounds import clock
from rounds.engine.logging import record
from rounds.models import RoundStage


@transaction.atomic
def build(
    *,
    actor: User,
    stage: RoundStage,
    name: str,
    members: Sequence[Reviewer],
    leaders: Sequence[Reviewer],
    prizes: Sequence[str] = (),
    size_reason: str = "",
) -> Team:
    """Set a team up. ``prizes``: those that it reviews (empty: all of the round that are applied for).

    Refused: its size (wholly, or without recorded reason), no leader or two, no industry expert where one is asked for, a member who
    is struck, has not signed, does not hold the role, or lacks a qualification that is valid today for each of the prizes.
    """
    stage = stage_row(stage)
    rule: TeamRule = stage.spec.team
    require(is_office, actor, stage, article=rule.article)
    if stage.status == RoundStage.Status.CLOSED:
        raise Refused("stage_not_open", article=rule.article, stage=stage.name)
    wanted = list(prizes) or applied_for(stage)
    _check_shape(rule, members, leaders, size_reason)
    fitness.check(members, stage.round, rule, wanted)
    now, leader = clock.now(stage.round), leaders[0].pk
    team = _create(stage, name, wanted, size_reason, actor, now, rule)
    TeamMember.objects.bulk_create(TeamMember(team=team, reviewer=m, is_leader=m.pk == leader) for m in members)
    use = {
        "kind": PoolRecord.Kind.USE,
        "on": legal_date(now),
        "text": f"{stage.name}: {team.name}",
        "round": stage.round,
        "by": actor,
        "at": now,
    }
    PoolRecord.objects.bulk_create(PoolRecord(reviewer=member, **use) for member in members)
    record(
        "team.built", round_=stage.round, actor=actor, subject=team, article=rule.article, stage=stage.key,
        members=[m.pk for m in members], leader=leader, prizes=wanted, size_reason=size_reason,
    )  # fmt: skip
    return team


@transaction.atomic
def dissolve(*, actor: User, team: Team, reason: str) -> Team:
    """Dissolve a team that has no entries left."""
    team = _locked(team)
    rule: TeamRule = team.stage.spec.team
    require(is_office, actor, team.stage, article=rule.article)
    if not reason.strip():
        raise Refused("reason_missing", article=rule.article, field="reason")
    if team.ended_at is not None or Assignment.objects.filter(team=team, ended_at=None).exists():
        raise Refused("team_has_entries", article=rule.article, team=team.name)
    team.ended_at = clock.now(team.stage.round)
    team.save(update_fields=["ended_at"])
    record("team.dissolved", round_=team.stage.round, actor=actor, subject=team, article=rule.article, reason=reason)
    return team


@transaction.atomic
def explain_size(*, actor: User, team: Team, reason: str) -> Team:
    """Record why a team (after a recusal, say) works with another number of members than normal."""
    team = _locked(team)
    rule: TeamRule = team.stage.spec.team
    require(is_office, actor, team.stage, article=rule.article)
    if rule.otherwise == "refuse":
        raise Refused(
            "team_size",
            article=rule.article,
            size=size_asked(rule),
            got=team.members.filter(ended_at=None).count(),
        )
    if not reason.strip():
        raise Refused("reason_missing", article=rule.article, field="reason")
    team.size_reason = reason.strip()
    team.save(update_fields=["size_reason"])
    record(
        "team.size_explained", round_=team.stage.round, actor=actor, subject=team, article=rule.article, reason=reason
    )
    return team


def size_asked(rule: TeamRule) -> str:
    """How many members the regulation asks for, in words."""
    told = _("{min} to {max}") if rule.max else _("{min} or more")
    return told.format(min=rule.min, max=rule.max)


def applied_for(stage: RoundStage) -> list[str]:
    """The prizes of the round for which one applies."""
    rules = stage.round.rules
    return [key for key in stage.round.prizes if rules.prize(key).is_applied_for]


def _check_shape(rule: TeamRule, members: Sequence[Reviewer], leaders: Sequence[Reviewer], size_reason: str) -> None:
    ids = [member.pk for member in members]
    if len(set(ids)) != len(ids):
        raise Refused("team_member_twice", article=rule.article, field="members")
    if not size_fits(rule, len(ids)):
        facts = {"size": size_asked(rule), "got": len(ids)}
        if rule.otherwise == "refuse":
            raise Refused("team_size", article=rule.article, field="members", **facts)
        if not size_reason.strip() or not ids:
            raise Refused("team_size_needs_reason", article=rule.article, field="size_reason", **facts)
    if len({leader.pk for leader in leaders}) != 1:
        raise Refused(
            "team_needs_one_leader", article=rule.article, field="leaders", got=len({leader.pk for leader in leaders})
        )
    if leaders[0].pk not in ids:
        raise Refused("leader_not_in_team", article=rule.article, field="leaders", person=leaders[0])
    if rule.industry_expert and not any(member.is_industry_expert for member in members):
        raise Refused("team_needs_industry_expert", article=rule.article, field="members")


def _create(
    stage: RoundStage, name: str, prizes: list[str], reason: str, actor: User, now: dt.datetime, rule: TeamRule
) -> Team:
    try:
        with transaction.atomic():
            made: Team = Team.objects.create(
                stage=stage,
                name=name.strip(),
                prizes=prizes,
                size_reason=reason.strip(),
                created_by=actor,
                created_at=now,
            )
    except IntegrityError as error:
        raise Refused("team_name_taken", article=rule.article, field="name", name=name) from error
    return made


def _locked(team: Team) -> Team:
    row: Team = (
        Team.objects.select_for_update(of=("self",))
        .select_related("stage__round__jurisdiction")
        .defer("stage__round__rules_document")
        .get(pk=team.pk)
    )
    return row
