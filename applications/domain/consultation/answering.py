"""A body answers what it was asked, one by one or many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from applications.domain.consultation.questions import A, consult_of, locked, take_over, values_of
from applications.models.opinions import ConsultationRequest
from applications.rules_office import may_answer
from core.access import require
from core.refusals import Refused
from documents.models import StoredFile
from rounds import clock
from rounds.engine.logging import record


@transaction.atomic
def answer(
    *,
    actor: User,
    request: ConsultationRequest,
    answer: str,
    reason: str = "",
    values: Mapping[str, Any] | None = None,
    recommends: bool | None = None,
    file: StoredFile | None = None,
) -> ConsultationRequest:
    """One body's answer: agrees, disagrees (with a reason), or has nothing on record; values of the checks it is asked."""
    rows, stage = locked([request.pk])
    row = rows[0]
    spec = consult_of(stage)
    require(may_answer, actor, row, article=spec.article, code="not_asked_of_you")
    _refuse_late(row, spec, clock.now(stage.round))
    given = values_of(stage, spec, answer, values or {})
    _refuse_unfounded(spec, answer, reason, recommends)
    row.answer, row.reason, row.recommends, row.values, row.file = answer, reason.strip(), recommends, given, file
    _stamp([row], actor, clock.now(stage.round))
    row.save()
    take_over(stage, [row], actor, evidence=reason)
    record(
        "consultation.answered", round_=stage.round, actor=actor, subject=row, article=spec.article, body=row.body.key,
        entry=row.stage_entry.entry_id, answer=answer, recommends=recommends, values=given, reason=reason,
    )  # fmt: skip
    return row


@transaction.atomic
def answer_many(*, actor: User, requests: Iterable[int], answer: str = A.AGREE, recommends: bool | None = None) -> int:
    """The same harmless answer for many at once (agrees, or nothing on record). Returns how many; a dozen queries however many."""
    rows, stage = locked(list(requests))
    spec = consult_of(stage)
    if answer not in (A.AGREE, A.NO_RECORD) or recommends is False:
        raise Refused("answer_one_by_one", article=spec.article)
    from applications.rules_office import own_bodies
    from rounds.models import Recusal

    mine = own_bodies(actor, stage)
    gone = set(
        Recusal.objects.filter(user=actor, ended_at=None, entry__in=[r.stage_entry.entry_id for r in rows]).values_list(
            "entry_id", flat=True
        )
    )
    if any(row.body_id not in mine or row.stage_entry.entry_id in gone for row in rows):
        raise Refused("not_asked_of_you", article=spec.article)
    now, given = clock.now(stage.round), values_of(stage, spec, answer, {})
    _refuse_unfounded(spec, answer, "", recommends)
    for row in rows:
        _refuse_late(row, spec, now)
        row.answer, row.recommends, row.values = answer, recommends, given
    _stamp(rows, actor, now)
    ConsultationRequest.objects.bulk_update(
        rows, ("answer", "recommends", "values", "answered_by", "answered_at"), batch_size=500
    )
    take_over(stage, rows, actor, evidence="")
    record(
        "consultation.answered_many", round_=stage.round, actor=actor, subject=stage, article=spec.article, stage=stage.key,
        answer=answer, recommends=recommends, values=given, requests=[row.pk for row in rows],
    )  # fmt: skip
    return len(rows)


def _refuse_late(row: ConsultationRequest, spec: Any, now: dt.datetime) -> None:
    if row.answer:
        raise Refused("answered_already", article=spec.article, body=row.body.name)
    if row.lapsed_at or (now > row.consultation.due_at and spec.silence.value != "blocks"):
        raise Refused("answer_too_late", article=spec.article, due=row.consultation.due_at.date())


def _refuse_unfounded(spec: Any, answer: str, reason: str, recommends: bool | None) -> None:
    if answer not in (A.AGREE, A.DISAGREE, A.NO_RECORD):
        raise Refused("answer_missing", article=spec.article, field="answer")
    if spec.recommends and recommends is None and answer == A.AGREE:
        raise Refused("recommendation_missing", article=spec.article, field="recommends")
    if (answer == A.DISAGREE or recommends is False) and not reason.strip():
        raise Refused("disagreement_needs_reason", article=spec.article, field="reason")


def _stamp(rows: Iterable[ConsultationRequest], actor: User, now: dt.datetime) -> None:
    for row in rows:
        row.answered_by, row.answered_at = actor, now
