"""The rehearsal itself: opens a round, plays stage after stage, tries what is forbidden, and tells the result."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django_scopes import scope

from audit.verify import verify
from awards.rehearsing import cast as casting
from awards.rehearsing import plan, report
from core import clock as core_clock
from core import tokens
from jurisdictions.models import PolicyDocument
from rounds import clock, engine
from rounds.kinds import kind_of
from rounds.models import Decision, Round, RoundStage, StageEntry
from rounds.rehearsal import Rehearsal, player_of, seeders


@dataclass(slots=True)
class Wish:
    """What is asked of a rehearsal."""

    applications: int = 12
    seed: int = 1
    year: int | None = None
    papers: bool = True
    show: Callable[[str], None] = field(default=lambda line: None)


def rehearse(document: PolicyDocument, wish: Wish) -> dict[str, Any]:
    """Play one round of ``document``; returns the report (see ``report.build``).

    Raises ``rounds.rehearsal.RehearsalFailed`` when a forbidden act goes through, ``Refused`` when a lawful one does not.
    """
    generator = random.Random(wish.seed)  # noqa: S311 - a rehearsal must repeat itself
    with scope(jurisdiction=document.jurisdiction), tokens.seeded(random.Random(wish.seed)):  # noqa: S311
        ctx = _opened(document, wish, generator)
        with clock.standing(ctx.round, clock.now(ctx.round).replace(minute=0, second=0, microsecond=0)):
            for stage in RoundStage.objects.filter(round=ctx.round).order_by("position"):
                _play(ctx, stage)
            if wish.papers:
                report.make_papers(ctx)
            return report.build(ctx, verify(document.jurisdiction.code))


@transaction.atomic
def _opened(document: PolicyDocument, wish: Wish, generator: random.Random) -> Rehearsal:
    jurisdiction, policy = document.jurisdiction, document.policy
    people = casting.gather(jurisdiction, policy)
    year, starts = plan.when(jurisdiction, policy, wish.year)
    round_ = engine.create_round(
        actor=people.office,
        jurisdiction=jurisdiction,
        policy=document,
        year=year,
        kind=Round.Kind.REHEARSAL,
        starts_at=starts,
        seed=str(wish.seed),
    )
    ctx = Rehearsal(round=round_, random=generator, cast=people, candidates=[], papers=wish.papers, show=wish.show)
    ctx.say(f"{jurisdiction.name_zh} {document.edition} · {year}", policy.cycle.article)
    plan.try_forbidden_rounds(ctx, document)
    with clock.standing(round_, starts):
        ctx.refused("open a stage before the round is open", lambda: _must_refuse_early(ctx))
        reason = "演练：按计划时间发布" if plan.needs_reason(policy, starts) else ""
        closes_on = core_clock.legal_date(starts) + dt.timedelta(days=plan.filing_days(policy))
        ctx.round = engine.open_round(actor=people.office_head, round_=round_, closes_on=closes_on, reason=reason)
    ctx.candidates = plan.invent_candidates(ctx, wish.applications)
    for candidate in ctx.candidates:
        for seed in seeders():
            seed(ctx, candidate)
    return ctx


def _must_refuse_early(ctx: Rehearsal) -> None:
    engine.open_round(actor=ctx.cast.approver, round_=ctx.round, closes_on=core_clock.today())


def _play(ctx: Rehearsal, stage: RoundStage) -> None:
    stage = _fresh(stage)
    if stage.status == RoundStage.Status.WAITING:
        ctx.refused(
            f"{stage.key}: opened by a reviewer", lambda: engine.open_stage(actor=ctx.cast.reviewers[0], stage=stage)
        )
        stage = _atomically(lambda: engine.open_stage(actor=ctx.cast.office, stage=stage))
    ctx.say(f"▶ {stage.name}", stage.article)
    player = player_of(stage)
    player.forbidden(ctx, _fresh(stage))
    player.play(ctx, _fresh(stage))
    player.forbidden_after(ctx, _fresh(stage))
    _decide(ctx, _fresh(stage))
    stage = _atomically(lambda: engine.close_stage(actor=ctx.cast.office_head, stage=_fresh(stage)))
    ctx.refused(f"{stage.key}: closed twice", lambda: engine.close_stage(actor=ctx.cast.office_head, stage=stage))
    counts = report.counts(stage)
    ctx.say(f"■ {stage.name}: {counts['entered']} → {counts['advanced']} (−{counts['stopped']})", stage.article)
    ctx.round.refresh_from_db()


def _decide(ctx: Rehearsal, stage: RoundStage) -> None:
    """Prepare, try what is forbidden, release; again while something waits (a release may let more in)."""
    if kind_of(stage).without_entries or not StageEntry.objects.filter(stage=stage).pending().exists():
        return
    ctx.refused(
        f"{stage.key}: closed with entries undecided",
        lambda: engine.close_stage(actor=ctx.cast.office_head, stage=stage),
    )
    decision: Decision = _atomically(lambda: engine.prepare(actor=ctx.cast.office_head, stage=stage))
    ctx.refused(
        f"{stage.key}: released by who prepared it",
        lambda: engine.release(actor=ctx.cast.office_head, decision=decision),
    )
    _atomically(lambda: engine.discard(actor=ctx.cast.office, decision=decision))
    decision = _atomically(lambda: engine.prepare(actor=ctx.cast.office, stage=_fresh(stage)))
    ctx.refused(
        f"{stage.key}: released by a reviewer", lambda: engine.release(actor=ctx.cast.reviewers[0], decision=decision)
    )
    _atomically(lambda: engine.release(actor=ctx.cast.office_head, decision=decision))


def _atomically(act: Callable[[], Any]) -> Any:
    with transaction.atomic():
        return act()


def _fresh(stage: RoundStage) -> RoundStage:
    found: RoundStage = RoundStage.objects.select_related("round__jurisdiction", "round__policy").get(pk=stage.pk)
    return found
