"""A proposed assignment in the office's hands: changed, applied wholly or not at all, given up."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from core.access import require
from core.refusals import Refused
from reviews.domain import assignments, teams
from reviews.domain.ground import Ground, Seats, seats_of
from reviews.locking import open_stage, stage_row
from reviews.models import AssignmentProposal, Team
from reviews.rules import is_office
from rounds import clock
from rounds.engine.logging import record
from rounds.models import RoundStage, StageEntry


@transaction.atomic
def move(
    *, actor: User, proposal: AssignmentProposal, stage_entry: StageEntry, to: str, version: int
) -> AssignmentProposal:
    """Give an entry to another team of the proposal (``to`` "": to none). Refused with what stands against it, and its article."""
    held, ground, seats = _opened(proposal, actor, version)
    row = ground.row_by_id.get(stage_entry.pk)
    if row is None:
        raise Refused("entry_assigned_already", article=ground.rule.article, count=1)
    for team in seats:
        team.entries = [pk for pk in team.entries if pk != row.pk]
    if to:
        target = _team(seats, to, ground)
        for refusal in ground.against(target, row):
            raise refusal
        target.entries.append(row.pk)
    return _changed(held, seats, actor, ground, entry=row.entry_id, to=to)


@transaction.atomic
def exchange(
    *, actor: User, proposal: AssignmentProposal, team: str, leaving: int | None, coming: int | None, version: int
) -> AssignmentProposal:
    """Take a member out of a proposed team, put another in, or both (reviewer ids). A team that is set up is changed on its own page.

    Refused: who may not review, sits in another team, or has something standing against one of the team's entries; the only leader.
    """
    held, ground, seats = _opened(proposal, actor, version)
    target = _team(seats, team, ground)
    if target.team is not None:
        raise Refused("team_is_set_up", article=ground.rule.article, team=target.name)
    if leaving is not None:
        if leaving not in target.members:
            raise Refused("no_such_assignment", article=ground.rule.article, person="—")
        target.members.remove(leaving)
        target.leader = None if target.leader == leaving else target.leader
    if coming is not None:
        _admit(ground, seats, target, coming)
        target.members.append(coming)
        target.leader = target.leader or coming
    target.leader = target.leader or next(iter(target.members), None)
    return _changed(held, seats, actor, ground, team=target.name, leaving=leaving, coming=coming)


@transaction.atomic
def lead(*, actor: User, proposal: AssignmentProposal, team: str, leader: int, version: int) -> AssignmentProposal:
    """Let another member lead a proposed team."""
    held, ground, seats = _opened(proposal, actor, version)
    target = _team(seats, team, ground)
    if target.team is not None:
        raise Refused("team_is_set_up", article=ground.rule.article, team=target.name)
    if leader not in target.members:
        raise Refused("leader_not_in_team", article=ground.rule.article, person=ground.by_id.get(leader, "—"))
    target.leader = leader
    return _changed(held, seats, actor, ground, team=target.name, leader=leader)


@transaction.atomic
def apply(*, actor: User, proposal: AssignmentProposal, version: int, size_reason: str = "") -> list[Team]:
    """Set the teams up and give the entries out, wholly or not at all; every rule is asked again.

    Refused: a proposal that changed or was settled meanwhile, entries that are no longer free, whatever building and assigning refuse.
    """
    held, ground, seats = _opened(proposal, actor, version)
    stage = ground.stage
    if gone := {pk for team in seats for pk in team.entries} - set(ground.row_by_id):
        raise Refused("entry_assigned_already", article=ground.rule.article, count=len(gone))
    built = []
    for team in seats:
        made = _set_up(team, ground, actor, size_reason)
        if team.entries:
            rows = [ground.row_by_id[pk] for pk in team.entries]
            assignments.assign(actor=actor, team=made, stage_entries=rows)
        built.append(made)
    held.applied_by, held.applied_at = actor, clock.now(stage.round)
    held.save(update_fields=["applied_by", "applied_at"])
    record(
        "assignment.applied", round_=stage.round, actor=actor, subject=held, article=ground.rule.article, stage=stage.key,
        teams=[team.pk for team in built], entries=sum(len(team.entries) for team in seats),
    )  # fmt: skip
    return built


@transaction.atomic
def drop(*, actor: User, proposal: AssignmentProposal) -> AssignmentProposal:
    """Give a proposal up."""
    held, stage = _locked(proposal, actor)
    held.dropped_at = clock.now(stage.round)
    held.save(update_fields=["dropped_at"])
    record(
        "assignment.dropped", round_=stage.round, actor=actor, subject=held, article=stage.spec.team.article, stage=stage.key
    )  # fmt: skip
    return held


def _set_up(team: Seats, ground: Ground, actor: User, size_reason: str) -> Team:
    if team.team is not None:
        found: Team = Team.objects.select_related("stage").get(pk=team.team)
        found.stage = ground.stage
        return found
    members = [ground.by_id[pk] for pk in team.members if pk in ground.by_id]
    leaders = [ground.by_id[team.leader]] if team.leader in ground.by_id else []
    made = teams.build(
        actor=actor, stage=ground.stage, name=team.name, members=members, leaders=leaders, prizes=team.prizes, size_reason=size_reason
    )  # fmt: skip
    made.stage = ground.stage
    return made


def _admit(ground: Ground, seats: list[Seats], target: Seats, coming: int) -> None:
    reviewer = ground.by_id.get(coming)
    if reviewer is None:
        raise Refused("reviewer_not_of_this_pool", article=ground.rule.article, person="—")
    other = next((team for team in seats if coming in team.members), None)
    if other is not None:
        raise Refused("reviewer_in_another_team", article=ground.rule.article, person=reviewer, team=other.name)
    if fault := ground.unfit(reviewer, target.prizes):
        raise fault
    rows = [ground.row_by_id[pk].entry for pk in target.entries if pk in ground.row_by_id]
    ground.conflicts.refuse([reviewer], rows, ground.stage.round.rules.recusal.article)


def _team(seats: list[Seats], key: str, ground: Ground) -> Seats:
    found = next((team for team in seats if team.key == key), None)
    if found is None:
        raise Refused("proposal_outdated", article=ground.rule.article)
    return found


def _locked(proposal: AssignmentProposal, actor: User) -> tuple[AssignmentProposal, RoundStage]:
    held: AssignmentProposal = AssignmentProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    stage = open_stage(stage_row(proposal.stage))
    article = stage.spec.team.article
    require(is_office, actor, stage, article=article)
    if held.applied_at is not None or held.dropped_at is not None:
        raise Refused("proposal_settled", article=article)
    return held, stage


def _opened(proposal: AssignmentProposal, actor: User, version: int) -> tuple[AssignmentProposal, Ground, list[Seats]]:
    held, stage = _locked(proposal, actor)
    if held.version != version:
        raise Refused("proposal_outdated", article=stage.spec.team.article)
    return held, Ground(stage), seats_of(held.teams)


def _changed(
    held: AssignmentProposal, seats: list[Seats], actor: User, ground: Ground, **facts: Any
) -> AssignmentProposal:
    held.teams, held.version = [team.as_data() for team in seats], held.version + 1
    held.save(update_fields=["teams", "version"])
    record(
        "assignment.changed", round_=ground.stage.round, actor=actor, subject=held, article=ground.rule.article,
        stage=ground.stage.key, version=held.version, **facts,
    )  # fmt: skip
    return held
