"""What must be refused in a team review."""

from __future__ import annotations

import datetime as dt

from reviews.domain import conduct, pool, scoring, teams, visits
from reviews.domain.scoring import Given
from reviews.models import Qualification, Reviewer
from reviews.queries import progress, sheets
from rounds import clock, engine
from rounds.models import RoundStage, StageEntry
from rounds.rehearsal import Rehearsal


def bad_teams(ctx: Rehearsal, stage: RoundStage, reviewers: list[Reviewer]) -> None:
    """Teams that the article does not allow."""
    rule, office = stage.spec.team, ctx.cast.office
    enough = reviewers[: max(rule.min, 2)]

    def attempt(members: list[Reviewer], leaders: list[Reviewer]) -> None:
        teams.build(actor=office, stage=stage, name="违规组", members=members, leaders=leaders)

    if rule.min > 1:
        ctx.refused(
            f"{stage.key}: a team of {rule.min - 1}, no reason given",
            lambda: attempt(enough[: rule.min - 1], enough[:1]),
        )
    if rule.max is not None and len(reviewers) > rule.max:
        too_many = reviewers[: rule.max + 1]
        ctx.refused(f"{stage.key}: a team of {rule.max + 1}, no reason given", lambda: attempt(too_many, too_many[:1]))
    ctx.refused(f"{stage.key}: a team with two leaders", lambda: attempt(enough, enough[:2]))
    ctx.refused(f"{stage.key}: a team without leader", lambda: attempt(enough, []))
    ctx.refused(
        f"{stage.key}: a team built by a reviewer",
        lambda: teams.build(actor=ctx.cast.reviewers[0], stage=stage, name="自组", members=enough, leaders=enough[:1]),
    )
    if rule.industry_expert:
        plain = [r for r in reviewers if not r.is_industry_expert][: rule.min]
        if len(plain) >= rule.min:
            ctx.refused(f"{stage.key}: a team without industry expert", lambda: attempt(plain, plain[:1]))


def bad_reviewers(ctx: Rehearsal, stage: RoundStage, reviewers: list[Reviewer]) -> None:
    """Reviewers who may not: without valid qualification, struck from the pool."""
    rule, office, discipline = stage.spec.team, ctx.cast.office, ctx.round.rules.discipline
    members = reviewers[: rule.min]
    today = clock.today(ctx.round)

    def build() -> None:
        fresh = list(Reviewer.objects.filter(pk__in=[m.pk for m in members]).select_related("user").order_by("pk"))
        teams.build(actor=office, stage=stage, name="违规组", members=fresh, leaders=fresh[:1])

    def unqualified() -> None:
        for held in Qualification.objects.filter(reviewer=members[0]).select_related("reviewer__jurisdiction"):
            pool.end_qualification(
                actor=office,
                qualification=held,
                last_day=today - dt.timedelta(days=1),
                reason="演练：资格到期",
                round_=ctx.round,
            )
        build()

    def struck() -> None:
        conduct.discipline(
            actor=office, reviewer=members[0], act="strike", reason="演练：违反评审纪律", round_=ctx.round
        )
        build()

    if any(rule.qualifications.values()):
        ctx.refused(f"{stage.key}: a reviewer whose qualification has run out", unqualified)
    if discipline and "strike" in discipline.acts and "reviewer" in discipline.who:
        ctx.refused(f"{stage.key}: a reviewer who was struck from the pool", struck)


def bad_sheets(ctx: Rehearsal, stage: RoundStage, work: progress.EntryWork) -> None:
    """Marks outside the steps, an incomplete sheet, others' scores before all are in, a stranger's sheet."""
    leaf = work.sheet.leaves()[0]
    actor = next(u for u in ctx.cast.reviewers if u.pk == work.assignments[-1].reviewer.user_id)

    def save(marks: dict[str, object], *, by: object = actor, submit: bool = False) -> None:
        scoring.save(actor=by, stage_entry=work.row, given=Given(marks), submit=submit)  # type: ignore[arg-type]

    ctx.refused(f"{stage.key}: a mark outside the steps", lambda: save({leaf.key: "-1"}))
    ctx.refused(f"{stage.key}: a sheet with items left open", lambda: save({}, submit=True))
    ctx.refused(f"{stage.key}: others' scores before all are in", lambda: sheets.others(actor, work.row))
    ctx.refused(
        f"{stage.key}: a sheet by somebody who is not assigned", lambda: save({leaf.key: "0"}, by=ctx.cast.office)
    )
    ctx.refused(
        f"{stage.key}: closed with sheets missing", lambda: engine.close_stage(actor=ctx.cast.office_head, stage=stage)
    )
    ctx.refused(
        f"{stage.key}: a decision prepared with sheets missing",
        lambda: engine.prepare(actor=ctx.cast.office, stage=stage),
    )


def visit_without_plan(ctx: Rehearsal, stage: RoundStage, work: progress.EntryWork) -> None:
    """A visit before the plan is approved."""
    today = clock.today(ctx.round)
    leader = work.leader
    if leader is None:
        return
    actor = next(user for user in ctx.cast.reviewers if user.pk == leader.reviewer.user_id)
    ctx.refused(
        f"{stage.key}: a visit before the plan is approved",
        lambda: visits.record_visit(actor=actor, stage_entry=work.row, started_on=today, ended_on=today),
    )


def scoring_after_recusal(ctx: Rehearsal, stage: RoundStage, row: StageEntry, reviewer: Reviewer) -> None:
    """Recused means gone."""
    actor = next(u for u in ctx.cast.reviewers if u.pk == reviewer.user_id)
    ctx.refused(
        f"{stage.key}: scoring after stepping aside",
        lambda: scoring.save(actor=actor, stage_entry=row, given=Given({})),
    )
