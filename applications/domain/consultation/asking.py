"""Bodies are asked about entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from applications.domain import assessing, letters
from applications.domain.consultation.questions import consult_of
from applications.domain.owning import bodies_of_kinds, let_in
from applications.models.opinions import Consultation, ConsultationRequest
from core.access import require
from core.refusals import Refused
from jurisdictions.calendar import calendar_of, window
from jurisdictions.models import Body
from rounds import clock
from rounds.engine.logging import record
from rounds.engine.stages import lock
from rounds.models import RoundStage, StageEntry
from rounds.rules import is_office


@transaction.atomic
def ask(
    *, actor: User, stage: RoundStage, bodies: Sequence[Body] | None = None, entries: Iterable[int] | None = None
) -> Consultation:
    """Ask bodies (None: all of the policy's kinds) about waiting entries (None: all); what was asked before is not asked again."""
    stage = lock(stage)
    spec = consult_of(stage)
    require(is_office, actor, stage, article=spec.article)
    if stage.status != RoundStage.Status.OPEN:
        raise Refused("stage_not_open", article=spec.article, stage=stage.name)
    known = bodies_of_kinds(stage, spec.bodies)
    asked = known if bodies is None else list(bodies)
    if not asked or not {body.pk for body in asked} <= {body.pk for body in known}:
        raise Refused("nobody_to_ask", article=spec.article, field="bodies")
    rows = assessing.pending(stage, entries)
    before = set(ConsultationRequest.objects.filter(stage_entry__in=rows).values_list("stage_entry_id", "body_id"))
    wanted = [(row, body) for row in rows for body in asked if (row.pk, body.pk) not in before]
    if not wanted:
        raise Refused("asked_already", article=spec.article)
    made = _put(actor, stage, spec, wanted)
    record(
        "consultation.asked", round_=stage.round, actor=actor, subject=made, article=spec.article, stage=stage.key,
        bodies=sorted({body.key for _, body in wanted}), entries=sorted({row.entry_id for row, _ in wanted}), due=made.due_at, window=made.window,
    )  # fmt: skip
    return made


def _put(actor: User, stage: RoundStage, spec: Any, wanted: list[tuple[StageEntry, Body]]) -> Consultation:
    now = clock.now(stage.round)
    span = window(
        calendar_of(stage.round.jurisdiction),
        after=now.date(),
        length=spec.within.length.value,
        unit=spec.within.unit,
        article=spec.article,
    )
    made = Consultation.objects.create(
        stage=stage, article=spec.article, asked_by=actor, asked_at=now, due_at=span.ends_at, window=span.as_data()
    )
    rows = [ConsultationRequest(consultation=made, stage_entry=row, body=body) for row, body in wanted]
    ConsultationRequest.objects.bulk_create(rows, batch_size=500)
    let_in(stage, "consult_entry", [(row.entry_id, body.pk) for row, body in wanted])
    letters.questions_put(made, [body for _, body in wanted])
    return made
