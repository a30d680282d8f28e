"""Plays a team review of any policy: documents, on site, in a defence."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import ClassVar

from accounts.models import User
from core.clock import start_of_day
from reviews.domain import assignments, consensus, outcomes, plans, reports, scoring, visits
from reviews.models import Reviewer, Team, VisitPlan
from reviews.players import forbidden, pool, scores
from reviews.players.ties import settle_ties
from reviews.queries import progress
from reviews.queries.progress import EntryWork
from reviews.rules import approves_plans
from rounds import clock, engine
from rounds.models import RoundStage
from rounds.rehearsal import Candidate, Rehearsal, RehearsalFailed, plays

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
            _review(ctx, stage, [work.row.pk for work in works])
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
        engine.recuse(actor=pool.user_of(ctx, leaving), entry=work.row.entry, user=leaving.user, reason="演练：与申报单位有利益关系")
        ctx.say(f"{leaving} 回避：{work.row.entry.organisation}", ctx.round.rules.recusal.article)
        forbidden.scoring_after_recusal(ctx, stage, work.row, leaving)
        assignments.replace(actor=ctx.cast.office, stage_entry=work.row, leaving=leaving, coming=open_[-1], reason="演练：回避后递补")


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
            actor=ctx.cast.office, stage_entry=work.row, held_on=today, head_present=True, head_name=ctx.candidate(work.row.entry).owner.name
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
        _review(ctx, stage, ids)
    if stage.spec.opinion_within is not None:
        ctx.pass_days(1)
        stage.round = ctx.round
        for work in progress.of_stage(stage):
            assert work.leader is not None
            visits.give_opinion(actor=pool.user_of(ctx, work.leader.reviewer), stage_entry=work.row, text="演练：评审组同意进入下一环节。")


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


def _approved_plan(ctx: Rehearsal, stage: RoundStage, team: int, mine: list[EntryWork], by_entry: dict[int, dt.date]) -> VisitPlan:
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


def _review(ctx: Rehearsal, stage: RoundStage, ids: list[int]) -> None:
    """Sheets, differences, reports, confirmations of these entries."""
    works = [work for work in progress.of_stage(stage) if work.row.pk in set(ids)]
    _hand_in(ctx, stage, works)
    works = [work for work in progress.of_stage(stage) if work.row.pk in set(ids)]
    _agree(ctx, works)
    if progress.needs_report(stage.spec):
        _report(ctx, stage, works)


def _hand_in(ctx: Rehearsal, stage: RoundStage, works: list[EntryWork]) -> None:
    by_reviewer: dict[int, list[EntryWork]] = {}
    for work in works:
        for assignment in work.assignments:
            by_reviewer.setdefault(assignment.reviewer.user_id, []).append(work)
    merits = {candidate.organisation.pk: candidate for candidate in ctx.candidates}
    for user, mine in sorted(by_reviewer.items()):
        actor = next(person for person in ctx.cast.reviewers if person.pk == user)
        given = {work.row.pk: scores.given(work.sheet, _merit(merits, work), ctx.random) for work in mine}
        scoring.hand_in_many(actor=actor, stage=stage, sheets=given)


def _merit(candidates: dict[int, Candidate], work: EntryWork) -> float:
    return candidates[work.row.entry.organisation_id].merit


def _agree(ctx: Rehearsal, works: list[EntryWork]) -> None:
    """The leader records what was talked over."""
    for work in works:
        if not work.unsettled or work.leader is None:
            continue
        leader = pool.user_of(ctx, work.leader.reviewer)
        middle = {key: sorted(marks[key] for marks in work.marks)[len(work.marks) // 2] for key in work.unsettled}
        apart = set(work.far_apart)
        if apart and ctx.notes.get("unexplained") != work.row.stage.key:
            ctx.notes["unexplained"] = work.row.stage.key
            unexplained = partial(consensus.settle, actor=leader, stage_entry=work.row, values=middle, reasons={})
            ctx.refused(f"{work.row.stage.key}: differences settled without a reason", unexplained)
        reasons = {key: "演练：经讨论一致认可" for key in apart}
        consensus.settle(actor=leader, stage_entry=work.row, values=middle, reasons=reasons)


def _report(ctx: Rehearsal, stage: RoundStage, works: list[EntryWork]) -> None:
    by_leader: dict[int, list[EntryWork]] = {}
    for work in works:
        assert work.leader is not None
        by_leader.setdefault(work.leader.reviewer.user_id, []).append(work)
    found = []
    for user, mine in sorted(by_leader.items()):
        actor = next(person for person in ctx.cast.reviewers if person.pk == user)
        words = {work.row.pk: reports.from_sheets(work, "演练：评审组综合意见。") for work in mine}
        found += reports.make_many(actor=actor, stage=stage, words=words)
    if stage.spec.confirm is not None:
        office = partial(reports.confirm, actor=ctx.cast.office, report=found[0])
        ctx.refused(f"{stage.key}: a report confirmed by the office", office)
        for report in found:
            reports.confirm(actor=ctx.candidate(report.stage_entry.entry).owner, report=report)


def _propose(ctx: Rehearsal, stage: RoundStage, made: list[Team]) -> None:
    by_team = progress.by_team(progress.of_stage(stage))
    for team in made:
        mine = sorted((w for w in by_team.get(team.pk, []) if w.result is not None), key=lambda w: (-(w.result or 0), w.row.pk))
        if mine:
            outcomes.propose(actor=_team_leader(ctx, team), team=team, listed=[work.row.pk for work in mine], text="演练：按得分排序推荐。")
