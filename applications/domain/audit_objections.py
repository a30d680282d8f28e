"""Objections raised while a body's own window runs, and what the body found of them."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from applications.domain.audit_work import begin, log, window_article
from applications.models.opinions import WindowObjection
from core.refusals import Refused
from rounds import clock
from rounds.engine.logging import record
from rounds.models import StageEntry


@transaction.atomic
def object_(*, actor: User, stage_entry: StageEntry, text: str, raised_by: str = "") -> WindowObjection:
    """Record an objection received while the window runs."""
    (review,) = begin(actor, [stage_entry])
    stage = review.stage_entry.stage
    article, now = window_article(stage), clock.now(stage.round)
    if review.window_ends_at is None or now > review.window_ends_at:
        raise Refused("window_not_open", article=article)
    if not text.strip():
        raise Refused("reason_missing", article=article, field="text")
    objection = WindowObjection.objects.create(
        review=review, text=text.strip(), raised_by=raised_by.strip(), received_at=now, recorded_by=actor
    )
    record(
        "objection.recorded_by_body", round_=stage.round, actor=actor, subject=review.stage_entry.entry, article=article,
        personal={"text": text, "raised_by": raised_by}, objection=objection.pk,
    )  # fmt: skip
    return objection


@transaction.atomic
def settle_objection(*, actor: User, objection: WindowObjection, stands: bool, finding: str) -> WindowObjection:
    """What the body found of an objection. One that stands keeps the entry from going on."""
    (review,) = begin(actor, [objection.review.stage_entry])
    stage = review.stage_entry.stage
    found = WindowObjection.objects.select_for_update(of=("self",)).get(pk=objection.pk, review=review)
    if found.stands is not None:
        raise Refused("objection_settled", article=window_article(stage))
    if not finding.strip():
        raise Refused("reason_missing", article=window_article(stage), field="finding")
    found.stands, found.finding, found.settled_by = stands, finding.strip(), actor
    found.settled_at = clock.now(stage.round)
    found.save()
    log(
        [review],
        "objection.settled_by_body",
        actor,
        window_article(stage),
        objection=found.pk,
        stands=stands,
        finding=finding,
    )
    return found
