"""What silence means once the day for answers is over."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from applications.domain.consultation.questions import A, consult_of, take_over, values_of, whole
from applications.models.assessment import CheckRecord
from applications.models.opinions import ConsultationRequest
from core.access import require
from rounds import clock
from rounds.engine.logging import record
from rounds.engine.stages import lock
from rounds.models import RoundStage
from rounds.rules import is_office


@transaction.atomic
def lapse(*, stage: RoundStage, actor: User | None = None) -> int:
    """Take over what silence means for the answers that are overdue (nothing where silence blocks). Twice is harmless."""
    stage = lock(stage)
    spec = consult_of(stage)
    if actor is not None:
        require(is_office, actor, stage, article=spec.article)
    now, silence = clock.now(stage.round), spec.silence.value
    rows = list(whole(ConsultationRequest.objects.of_pending(stage).overdue(now)))
    if silence == "blocks" or not rows:
        return 0
    for row in rows:
        row.stage_entry.stage, row.lapsed_at, row.silence = stage, now, silence
    ConsultationRequest.objects.bulk_update(rows, ("lapsed_at", "silence"), batch_size=500)
    if silence == "no_record" and spec.asks:
        given = values_of(stage, spec, A.NO_RECORD, {})
        for row in rows:
            row.values = given
        take_over(stage, rows, None, evidence="", source=CheckRecord.Source.SILENCE)
    record(
        "consultation.lapsed", round_=stage.round, actor=actor, subject=stage, article=spec.article, stage=stage.key, silence=silence,
        requests=[[row.pk, row.body.key, row.stage_entry.entry_id] for row in rows],
    )  # fmt: skip
    return len(rows)
