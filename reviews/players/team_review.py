"""Plays a team review of any policy: documents, on site, in a defence."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from accounts.models import User
from core.clock import start_of_day
from reviews.domain import assignments, outcomes, plans, scoring, visits
from reviews.models import Reviewer, Team, VisitPlan
from reviews.players import forbidden, pool, reviewing, scores
from reviews.players.ties import settle_ties
from reviews.queries import progress
from reviews.queries.progress import EntryWork
from reviews.rules import approves_plans
from rounds import clock, engine
from rounds.models import RoundStage
from rounds.rehearsal import Rehearsal, RehearsalFailed, plays

VISIT_DAYS = 4
EVENING = dt.timedelta(hours=17)


@plays
class TeamReviewPlayer:
    """Everybody's work in a team review."""

    kind: ClassVar[str] = "team_review"

    def forbidden(self, ctx: Rehearsal, stage: RoundStage) -> None:
        reviewers = pool.gathered(ctx)
        forbidden.bad_teams(ctx, stage, reviewers)
        forbidden.bad_reviewers(ctx, stage, reviewers)

    def play(self, ctx: Rehearsal, stage: RoundStage) -> None:
        reviewers = pool.gathered(ctx)
        made = pool.build(ctx, stage, reviewers)
        left = assignments.distribute(actor=ctx.cast.office, stage=stage)
        if left:
            made.append(pool.build_for(ctx, stage, reviewers, left))
        _recuse(ctx, stage, reviewers)
        works = progress.of_stage(stage)
        if not works:
            return
        ctx.say(f"{len(made)} 个评审组，{len(works)} 份材料", stage.spec.team.article)
        if stage.spec.mode == "onsite":
            _on_site(ctx, stage, works)
        else:
            if stage.spec.mode == "defence":
                _hear(ctx, stage, works)
            forbidden.bad_sheets(ctx, stage, works[0])
            reviewing.review(ctx, stage, [work.row.pk for work in works])
        _propose(ctx, stage, made)
        settle_ties(ctx, stage)

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        works = progress.of_stage(stage)
        if works and works[0].assignments and works[0].sheets:
            actor = pool.user_of(ctx, works[0].assignments[0].reviewer)
            marks = dict(works[0].sheets[0].scores)
            ctx.refused(
                f"{stage.key}: a sheet changed after it was handed in",
                lambda: scoring.save(actor=actor, stage_entry=works[0].row, given=scoring.Given(marks), version=1),
            )


def _recuse(ctx: Rehearsal, stage: RoundStage, reviewers: list[Reviewer]) -> None:
    """A reviewer of an entry with that trait steps aside; another takes the place."""
    for work in progress.of_stage(stage):
        if ctx.candidate(work.row.entry).trait != "interest" or len(work.assignments) < 2:
            continue
        leaving = work.assignments[-1].reviewer
        busy = {a.reviewer_id for a in work.assignments}
        spare = [r for r in reviewers if r.pk not in busy and (r.is_industry_expert or not leaving.is_industry_expert)]
        open_ = [r for r in spare if not work.row.entry.recusals.filter(user=r.user_id, ended_at=None).exists()]
        if not open_:
            continue
        engine.recuse(
            actor=pool.user_of(ctx, leaving),
            entry=work.row.entry,
            user=leaving.user,
            reason="演练：与申报单位有利益关系",
        )
        ctx.say(f"{leaving} 回避：{work.row.entry.organisation}", ctx.round.rules.recusal.article)
        forbidden.scoring_after_recusal(ctx, stage, work.row, leaving)
        assignments.replace(
            actor=ctx.cast.office, stage_entry=work.row, leaving=leaving, coming=open_[-1], reason="演练：回避后递补"
        )


def _hear(ctx: Rehearsal, stage: RoundStage, works: list[EntryWork]) -> None:
    ctx.pass_days(1)
    stage.round = ctx.round
    today = clock.today(ctx.round)
    if stage.spec.head_present:
        work = works[0]
        leader = pool.user_of(ctx, work.assignments[0].reviewer)
        marks = scores.given(work.sheet, 0.5, ctx.random)
        ctx.refused(
            f"{stage.key}: scored before the head's presence is on record",
            lambda: scoring.save(actor=leader, stage_entry=work.row, given=marks, submit=True),
        )
    for work in works:
        visits.record_hearing(
            actor=ctx.cast.office,
            stage_entry=work.row,
            held_on=today,
            head_present=True,
            head_name=ctx.candidate(work.row.entry).owner.name,
        )


def _on_site(ctx: Rehearsal, stage: RoundStage, works: list[EntryWork]) -> None:
    """Plans, then a few days of visits; what is due on the spot is done on the day."""
    days = _plan(ctx, stage, works)
    for number, (day, ids) in enumerate(sorted(days.items())):
        ctx.move_to(start_of_day(day) + EVENING)
        stage.round = ctx.round
        todays = [work for work in progress.of_stage(stage) if work.row.pk in ids]
        for work in todays:
            assert work.leader is not None
            visits.record_visit(
                actor=pool.user_of(ctx, work.leader.reviewer), stage_entry=work.row, started_on=day, ended_on=day,
                fed_back_to=ctx.candidate(work.row.entry).owner.name,
            )  # fmt: skip
        if number == 0:
            forbidden.bad_sheets(ctx, stage, todays[0])
        reviewing.review(ctx, stage, ids)
    if stage.spec.opinion_within is not None:
        ctx.pass_days(1)
        stage.round = ctx.round
        for work in progress.of_stage(stage):
            assert work.leader is not None
            visits.give_opinion(
                actor=pool.user_of(ctx, work.leader.reviewer),
                stage_entry=work.row,
                text="演练：评审组同意进入下一环节。",
            )


def _plan(ctx: Rehearsal, stage: RoundStage, works: list[EntryWork]) -> dict[dt.date, list[int]]:
    """Each team's plan, made and approved; entries over a few days from tomorrow. ``{day: stage entry ids}``."""
    first = clock.today(ctx.round) + dt.timedelta(days=1)
    found: dict[dt.date, list[int]] = {}
    if stage.spec.plan is not None:
        forbidden.visit_without_plan(ctx, stage, works[0])
    for team, mine in progress.by_team(works).items():
        by_entry = {work.row.pk: first + dt.timedelta(days=number % VISIT_DAYS) for number, work in enumerate(mine)}
        for pk, day in by_entry.items():
            found.setdefault(day, []).append(pk)
        if stage.spec.plan is not None:
            _approved_plan(ctx, stage, team, mine, by_entry)
    return found


def _approved_plan(
    ctx: Rehearsal, stage: RoundStage, team: int, mine: list[EntryWork], by_entry: dict[int, dt.date]
) -> VisitPlan:
    leader = _team_leader(ctx, mine[0].assignments[0].team)
    plan = plans.make(
        actor=leader, team=mine[0].assignments[0].team, starts_on=min(by_entry.values()), ends_on=max(by_entry.values()),
        text="演练：首次会议、现场查看、座谈、末次会议。", by_entry=by_entry,
    )  # fmt: skip
    ctx.refused(f"{stage.key}: a plan approved by its maker", lambda: plans.approve(actor=leader, plan=plan))
    approves = approves_plans(stage.spec.plan.by.value, stage.round.rules)
    people = (ctx.cast.office_head, ctx.cast.office, ctx.cast.approver, ctx.cast.supervisor, *ctx.cast.electors)
    approver = next((person for person in people if approves(person, stage)), None)
    if approver is None:
        raise RehearsalFailed(f"{stage.key}: nobody of the cast approves plans ({stage.spec.plan.by.value})")
    return plans.approve(actor=approver, plan=plan)


def _team_leader(ctx: Rehearsal, team: Team) -> User:
    member = team.members.filter(is_leader=True, ended_at=None).select_related("reviewer").get()
    return pool.user_of(ctx, member.reviewer)


def _propose(ctx: Rehearsal, stage: RoundStage, made: list[Team]) -> None:
    by_team = progress.by_team(progress.of_stage(stage))
    for team in made:
        mine = sorted(
            (w for w in by_team.get(team.pk, []) if w.result is not None), key=lambda w: (-(w.result or 0), w.row.pk)
        )
        if mine:
            outcomes.propose(
                actor=_team_leader(ctx, team),
                team=team,
                listed=[work.row.pk for work in mine],
                text="演练：按得分排序推荐。",
            )
