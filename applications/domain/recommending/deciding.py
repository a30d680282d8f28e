"""Recommend or decline."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from applications.domain.recommending.work import OUTCOME, begin
from applications.domain.telling import tell_outcome
from applications.models.opinions import Charge, Recommendation
from core.refusals import Refused
from jurisdictions.models import Body
from rounds import clock, engine
from rounds.engine.logging import record
from rounds.models import RoundStage, StageEntry


@transaction.atomic
def recommend(
    *, actor: User, stage_entry: StageEntry, reason: str = "", overtaking: str = "", body: Body | None = None
) -> Recommendation:
    """Recommend; the entry goes on.

    Refused: not one's own; no first review, or one that found a condition not met; nobody consulted where the policy asks; an entry with
    priority still waits and no reason (``overtaking``) is given.
    """
    row, charge, work = begin(actor, stage_entry, body)
    stage = row.stage
    _refuse_unprepared(stage, work)
    if stage.spec.ranks and not charge.priority and not overtaking.strip():
        _refuse_overtaking(stage, charge)
    work.outcome, work.reason, work.overtaking = OUTCOME.RECOMMENDED, reason.strip(), overtaking.strip()
    work.priority, work.at, work.officer = charge.priority, clock.now(stage.round), actor
    last = Recommendation.objects.filter(body=charge.body, stage_entry__stage=stage).aggregate(last=Max("order"))[
        "last"
    ]
    work.order = (last or 0) + 1
    work.save()
    engine.settle(
        actor=actor, stage_entry=row, outcome="advanced", article=stage.article, reason=work.reason, act="entry.recommended",
        body=charge.body.key, order=work.order, priority=work.priority, overtaking=work.overtaking,
    )  # fmt: skip
    tell_outcome(row, "application.recommended", charge.body)
    return work


@transaction.atomic
def decline(*, actor: User, stage_entry: StageEntry, reason: str, body: Body | None = None) -> Recommendation:
    """Decline with the reason. The entry stops when every body whose own it is has declined."""
    row, charge, work = begin(actor, stage_entry, body)
    stage = row.stage
    if not reason.strip():
        raise Refused("reason_missing", article=stage.article, field="reason")
    work.outcome, work.reason, work.at, work.officer = OUTCOME.DECLINED, reason.strip(), clock.now(stage.round), actor
    work.save()
    if _others_may_still_recommend(row):
        record(
            "entry.declined_by_one",
            round_=stage.round,
            actor=actor,
            subject=row.entry,
            article=stage.article,
            stage=stage.key,
            body=charge.body.key,
            reason=reason,
        )
        return work
    engine.settle(
        actor=actor,
        stage_entry=row,
        outcome="stopped",
        article=stage.article,
        reason=reason.strip(),
        act="entry.declined",
        body=charge.body.key,
    )
    tell_outcome(row, "application.declined", charge.body, reason.strip())
    return work


def _refuse_unprepared(stage: RoundStage, work: Recommendation) -> None:
    if stage.spec.first_review:
        if work.reviewed_at is None:
            raise Refused("first_review_missing", article=stage.article)
        if any(found["finding"] == "not_met" for found in work.findings.values()):
            raise Refused("first_review_failed", article=stage.article)
    if stage.spec.consults and not work.consulted:
        raise Refused("nobody_consulted", article=stage.article)


def _refuse_overtaking(stage: RoundStage, charge: Charge) -> None:
    before = Charge.objects.filter(
        body=charge.body, priority=True, stage_entry__in=StageEntry.objects.filter(stage=stage).pending()
    )
    spoken = (
        Recommendation.objects.filter(body=charge.body, stage_entry__stage=stage)
        .exclude(outcome="")
        .values("stage_entry")
    )
    count = before.exclude(stage_entry__in=spoken).count()
    if count:
        raise Refused("priority_waits", article=stage.article, count=count, field="overtaking")


def _others_may_still_recommend(row: StageEntry) -> bool:
    declined = Recommendation.objects.filter(stage_entry=row, outcome=OUTCOME.DECLINED).values("body")
    return Charge.objects.filter(stage_entry=row).exclude(body__in=declined).exists()
