"""Giving entries to teams, replacing reviewers, and what ends an assignment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from core.access import require
from core.refusals import Refused
from jurisdictions.policy.stages import TeamRule
from reviews.domain import access, fitness
from reviews.locking import entry_row, open_pending, open_stage, stage_row
from reviews.models import Assignment, Reviewer, Team, TeamMember
from reviews.rules import is_office
from rounds import clock
from rounds.engine.entries import on_recusal
from rounds.engine.logging import record
from rounds.models import Recusal, RoundStage, StageEntry


@transaction.atomic
def assign(*, actor: User, team: Team, stage_entries: Sequence[StageEntry]) -> list[Assignment]:
    """Give entries to a team: each member may then score them.

    Refused: not the office, the stage not open, an entry not waiting in it or given out already, a prize that the team does not
    review, a member who may not (any longer) review, or between whom and the applicant something stands; an actor who stepped aside.
    """
    stage = open_stage(stage_row(team.stage))
    rule: TeamRule = stage.spec.team
    require(is_office, actor, stage, article=rule.article)
    team = Team.objects.select_for_update().get(pk=team.pk)
    members = list(
        TeamMember.objects.filter(team=team, ended_at=None)
        .select_related("reviewer__user")
        .order_by("-is_leader", "id")
    )
    if team.ended_at is not None or not members:
        raise Refused("team_dissolved", article=rule.article, team=team.name)
    rows = _waiting(stage, [row.pk for row in stage_entries])
    _check_actor(actor, rows, stage)
    _check_prizes(team, rows, rule)
    reviewers = [member.reviewer for member in members]
    fitness.check(reviewers, stage.round, rule, {row.entry.prize for row in rows})
    fitness.Conflicts(reviewers, [row.entry for row in rows]).refuse(
        reviewers, (row.entry for row in rows), stage.round.rules.recusal.article
    )
    now = clock.now(stage.round)
    made = Assignment.objects.bulk_create(
        Assignment(stage_entry=row, team=team, reviewer=member.reviewer, is_leader=member.is_leader, since=now)
        for row in rows
        for member in members
    )
    access.grant((member.reviewer.user_id, row.entry_id) for row in rows for member in members)
    record(
        "entries.assigned", round_=stage.round, actor=actor, subject=team, article=rule.article, stage=stage.key,
        entries=[row.entry_id for row in rows], reviewers=[reviewer.pk for reviewer in reviewers],
    )  # fmt: skip
    return list(made)


@transaction.atomic
def distribute(*, actor: User, stage: RoundStage) -> list[StageEntry]:
    """Give every entry without a team to the team with the fewest entries that may take it. Returns those that no team may take."""
    stage = open_stage(stage_row(stage))
    require(is_office, actor, stage, article=stage.spec.team.article)
    teams = list(
        Team.objects.filter(stage=stage, ended_at=None)
        .prefetch_related("members__reviewer")
        .select_related("stage")
        .order_by("id")
    )
    gone = Recusal.objects.filter(user=actor, ended_at=None).values("entry")  # others give those out
    rows = list(unassigned(stage).exclude(entry__in=gone).select_related("entry__organisation").order_by("id"))
    seats = {team.pk: [m.reviewer for m in team.members.all() if m.ended_at is None] for team in teams}
    conflicts = fitness.Conflicts([r for seat in seats.values() for r in seat], [row.entry for row in rows])
    load = {
        team.pk: len(set(team.assignments.filter(ended_at=None).values_list("stage_entry", flat=True)))
        for team in teams
    }
    given: dict[int, list[StageEntry]] = {team.pk: [] for team in teams}
    left = []
    for row in rows:
        able = [
            team for team in teams
            if row.entry.prize in team.prizes and seats[team.pk] and not any(conflicts.between(r, row.entry) for r in seats[team.pk])
        ]  # fmt: skip
        if not able:
            left.append(row)
            continue
        team = min(able, key=lambda t: (load[t.pk], t.pk))
        load[team.pk] += 1
        given[team.pk].append(row)
    for team in teams:
        if given[team.pk]:
            team.stage = stage
            assign(actor=actor, team=team, stage_entries=given[team.pk])
    return left


@transaction.atomic
def take_back(*, actor: User, stage_entry: StageEntry, reason: str) -> None:
    """Take an entry from its team, so that another can be given it; sheets written so far are kept but do not count."""
    row = open_pending(entry_row(stage_entry))
    rule: TeamRule = row.stage.spec.team
    require(is_office, actor, row.stage, article=rule.article)
    if not reason.strip():
        raise Refused("reason_missing", article=rule.article, field="reason")
    ended = end(Assignment.objects.filter(stage_entry=row), code="unassigned", reason=reason)
    if not ended:
        raise Refused("entry_not_assigned", article=rule.article, organisation=row.entry.organisation)
    record(
        "entry.unassigned",
        round_=row.stage.round,
        actor=actor,
        subject=row.entry,
        article=rule.article,
        stage=row.stage.key,
        reason=reason,
    )


@transaction.atomic
def replace(
    *, actor: User, stage_entry: StageEntry, leaving: Reviewer, coming: Reviewer, reason: str, leads: bool | None = None
) -> Assignment:
    """``coming`` takes the place of ``leaving`` for one entry (who may have been recused from it before).

    ``leads`` None: leads if ``leaving`` led. Refused: no such place, ``coming`` may not review it, a second leader.
    """
    row = open_pending(entry_row(stage_entry))
    stage, rule = row.stage, row.stage.spec.team
    require(is_office, actor, stage, article=rule.article)
    if not reason.strip():
        raise Refused("reason_missing", article=rule.article, field="reason")
    before = (
        Assignment.objects.filter(stage_entry=row, reviewer=leaving, replaced_by=None)
        .order_by("ended_at", "-id")
        .first()
    )
    if before is None:
        raise Refused("no_such_assignment", article=rule.article, person=leaving)
    running = Assignment.objects.filter(stage_entry=row, ended_at=None)
    if running.filter(reviewer=coming).exists():
        raise Refused("team_member_twice", article=rule.article, field="coming")
    fitness.check([coming], stage.round, rule, [row.entry.prize])
    fitness.Conflicts([coming], [row.entry]).refuse([coming], [row.entry], stage.round.rules.recusal.article)
    if before.ended_at is None:
        end(running.filter(pk=before.pk), code="replaced", reason=reason)
    becomes_leader = before.is_leader if leads is None else leads
    if becomes_leader and running.filter(is_leader=True).exists():
        raise Refused("team_needs_one_leader", article=rule.article, field="leads", got=2)
    made = Assignment.objects.create(
        stage_entry=row,
        team=before.team,
        reviewer=coming,
        is_leader=becomes_leader,
        replaces=before,
        since=clock.now(stage.round),
    )
    access.grant([(coming.user_id, row.entry_id)])
    record(
        "reviewer.replaced", round_=stage.round, actor=actor, subject=row.entry, article=rule.article, stage=stage.key,
        leaving=leaving.pk, coming=coming.pk, leads=becomes_leader, reason=reason,
    )  # fmt: skip
    return made


@transaction.atomic
def appoint_leader(*, actor: User, stage_entry: StageEntry, reviewer: Reviewer) -> Assignment:
    """Make one of the entry's reviewers its leader (where the leader has gone, or instead of the present one)."""
    row = open_pending(entry_row(stage_entry))
    rule: TeamRule = row.stage.spec.team
    require(is_office, actor, row.stage, article=rule.article)
    running = Assignment.objects.filter(stage_entry=row, ended_at=None)
    chosen = running.filter(reviewer=reviewer).first()
    if chosen is None:
        raise Refused("no_such_assignment", article=rule.article, person=reviewer)
    running.filter(is_leader=True).update(is_leader=False)
    chosen.is_leader = True
    chosen.save(update_fields=["is_leader"])
    record(
        "leader.appointed",
        round_=row.stage.round,
        actor=actor,
        subject=row.entry,
        article=rule.article,
        stage=row.stage.key,
        leader=reviewer.pk,
    )
    return chosen


def unassigned(stage: RoundStage) -> QuerySet[StageEntry]:
    """Entries waiting in the stage that no team has."""
    busy = Assignment.objects.filter(stage_entry__stage=stage, ended_at=None).values("stage_entry")
    found: QuerySet[StageEntry] = StageEntry.objects.filter(stage=stage).pending().exclude(pk__in=busy)
    return found


def end(assignments: QuerySet[Assignment], *, code: str, reason: str = "") -> int:
    """End running assignments and take the rights away that went with them. Three queries and the round's time."""
    running = list(
        assignments.filter(ended_at=None).select_related("stage_entry__stage__round", "reviewer")
        .defer("stage_entry__stage__round__rules_document").order_by("id")
    )  # fmt: skip
    if not running:
        return 0
    now = clock.now(running[0].stage_entry.stage.round)
    Assignment.objects.filter(pk__in=[a.pk for a in running]).update(ended_at=now, end_code=code, end_reason=reason)
    access.withdraw((a.reviewer.user_id, a.stage_entry.entry_id) for a in running)
    return len(running)


@on_recusal
def _end_on_recusal(recusal: Recusal) -> None:
    """Recused means gone: at once, whatever was begun. The sheets stay on record and no longer count."""
    mine = Assignment.objects.filter(stage_entry__entry=recusal.entry_id, reviewer__user=recusal.user_id)
    end(mine.exclude(stage_entry__stage__status=RoundStage.Status.CLOSED), code="recused", reason=recusal.reason)


def _waiting(stage: RoundStage, ids: Iterable[int]) -> list[StageEntry]:
    """The entries, locked, each waiting in the stage and given to no team."""
    wanted = set(ids)
    rows = list(
        unassigned(stage)
        .filter(pk__in=wanted)
        .select_for_update(of=("self",))
        .select_related("entry__organisation")
        .order_by("id")
    )
    if len(rows) != len(wanted):
        raise Refused("entry_assigned_already", article=stage.spec.team.article, count=len(wanted) - len(rows))
    for row in rows:
        row.stage, row.entry.round = stage, stage.round
    return rows


def _check_actor(actor: User, rows: list[StageEntry], stage: RoundStage) -> None:
    """Who stepped aside does not choose who reviews, either."""
    if Recusal.objects.filter(user=actor, entry__in=[row.entry_id for row in rows], ended_at=None).exists():
        raise Refused("recused", article=stage.round.rules.recusal.article)


def _check_prizes(team: Team, rows: list[StageEntry], rule: TeamRule) -> None:
    for row in rows:
        if row.entry.prize not in team.prizes:
            raise Refused("team_not_for_prize", article=rule.article, team=team.name, prize=row.entry.prize)
