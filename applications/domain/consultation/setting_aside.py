"""The office lets an entry go on against a body's answer."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from applications.domain.consultation.questions import consult_of, locked
from applications.models.opinions import ConsultationRequest
from applications.rules_office import may_examine
from core.access import require
from core.refusals import Refused
from rounds import clock
from rounds.engine.logging import record


@transaction.atomic
def set_aside(*, actor: User, request: ConsultationRequest, reason: str) -> ConsultationRequest:
    """The office lets an entry go on against a body's disagreement, with its reason. Refused where nothing stands against it."""
    rows, stage = locked([request.pk])
    row, article = rows[0], consult_of(stage).article
    require(may_examine, actor, row.stage_entry, article=article)
    if not row.is_against:
        raise Refused("nothing_to_set_aside", article=article)
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    row.set_aside_reason, row.set_aside_by, row.set_aside_at = reason.strip(), actor, clock.now(stage.round)
    row.save()
    record(
        "consultation.set_aside",
        round_=stage.round,
        actor=actor,
        subject=row,
        article=article,
        body=row.body.key,
        entry=row.stage_entry.entry_id,
        reason=reason,
    )
    return row
