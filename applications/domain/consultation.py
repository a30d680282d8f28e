"""Bodies are asked about entries; each sees only what it is asked. Silence means what the policy says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from applications.domain import assessing, checking, letters, renewal
from applications.domain.owning import bodies_of_kinds, let_in
from applications.models.assessment import CheckRecord
from applications.models.opinions import Consultation, ConsultationRequest
from applications.rules_office import may_answer, may_examine
from core.access import require
from core.refusals import Refused
from documents.models import StoredFile
from jurisdictions.calendar import calendar_of, window
from jurisdictions.models import Body
from rounds import clock
from rounds.engine.logging import record
from rounds.engine.stages import lock
from rounds.models import RoundStage, StageEntry
from rounds.rules import is_office

A = ConsultationRequest.Answer


@transaction.atomic
def ask(
    *, actor: User, stage: RoundStage, bodies: Sequence[Body] | None = None, entries: Iterable[int] | None = None
) -> Consultation:
    """Ask bodies (None: all of the policy's kinds) about waiting entries (None: all); what was asked before is not asked again."""
    stage = lock(stage)
    spec = _spec(stage)
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
    rows, stage = _locked([request.pk])
    row = rows[0]
    spec = _spec(stage)
    require(may_answer, actor, row, article=spec.article, code="not_asked_of_you")
    _refuse_late(row, spec, clock.now(stage.round))
    given = _values(stage, spec, answer, values or {})
    _refuse_unfounded(spec, answer, reason, recommends)
    row.answer, row.reason, row.recommends, row.values, row.file = answer, reason.strip(), recommends, given, file
    _stamp([row], actor, clock.now(stage.round))
    row.save()
    _take_over(stage, [row], actor, evidence=reason)
    record(
        "consultation.answered", round_=stage.round, actor=actor, subject=row, article=spec.article, body=row.body.key,
        entry=row.stage_entry.entry_id, answer=answer, recommends=recommends, values=given, reason=reason,
    )  # fmt: skip
    return row


@transaction.atomic
def answer_many(*, actor: User, requests: Iterable[int], answer: str = A.AGREE, recommends: bool | None = None) -> int:
    """The same harmless answer for many at once (agrees, or nothing on record). Returns how many; a dozen queries however many."""
    rows, stage = _locked(list(requests))
    spec = _spec(stage)
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
    now, given = clock.now(stage.round), _values(stage, spec, answer, {})
    _refuse_unfounded(spec, answer, "", recommends)
    for row in rows:
        _refuse_late(row, spec, now)
        row.answer, row.recommends, row.values = answer, recommends, given
    _stamp(rows, actor, now)
    ConsultationRequest.objects.bulk_update(
        rows, ("answer", "recommends", "values", "answered_by", "answered_at"), batch_size=500
    )
    _take_over(stage, rows, actor, evidence="")
    record(
        "consultation.answered_many", round_=stage.round, actor=actor, subject=stage, article=spec.article, stage=stage.key,
        answer=answer, recommends=recommends, values=given, requests=[row.pk for row in rows],
    )  # fmt: skip
    return len(rows)


@transaction.atomic
def lapse(*, stage: RoundStage, actor: User | None = None) -> int:
    """Take over what silence means for the answers that are overdue (nothing where silence blocks). Twice is harmless."""
    stage = lock(stage)
    spec = _spec(stage)
    if actor is not None:
        require(is_office, actor, stage, article=spec.article)
    now, silence = clock.now(stage.round), spec.silence.value
    rows = list(_whole(ConsultationRequest.objects.of_pending(stage).overdue(now)))
    if silence == "blocks" or not rows:
        return 0
    for row in rows:
        row.stage_entry.stage, row.lapsed_at, row.silence = stage, now, silence
    ConsultationRequest.objects.bulk_update(rows, ("lapsed_at", "silence"), batch_size=500)
    if silence == "no_record" and spec.asks:
        given = _values(stage, spec, A.NO_RECORD, {})
        for row in rows:
            row.values = given
        _take_over(stage, rows, None, evidence="", source=CheckRecord.Source.SILENCE)
    record(
        "consultation.lapsed", round_=stage.round, actor=actor, subject=stage, article=spec.article, stage=stage.key, silence=silence,
        requests=[[row.pk, row.body.key, row.stage_entry.entry_id] for row in rows],
    )  # fmt: skip
    return len(rows)


@transaction.atomic
def set_aside(*, actor: User, request: ConsultationRequest, reason: str) -> ConsultationRequest:
    """The office lets an entry go on against a body's disagreement, with its reason. Refused where nothing stands against it."""
    rows, stage = _locked([request.pk])
    row, article = rows[0], _spec(stage).article
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


def _spec(stage: RoundStage) -> Any:
    spec = getattr(stage.spec, "consult", None)
    if spec is None:
        raise Refused("nobody_is_consulted_here", article=stage.article)
    return spec


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


def _whole(rows: Any) -> Any:
    return rows.select_related("body", "consultation", "stage_entry__entry__organisation").order_by("pk")


def _locked(ids: Sequence[int]) -> tuple[list[ConsultationRequest], RoundStage]:
    """The questions, locked, of one open stage. Raises ``Refused`` when they are none, or their entries no longer wait."""
    rows = list(_whole(ConsultationRequest.objects.select_for_update(of=("self",)).filter(pk__in=ids)))
    if not rows or len(rows) != len(set(ids)):
        raise Refused("question_unknown")
    stage = RoundStage.objects.select_related("round__jurisdiction", "round__policy").get(
        pk=rows[0].stage_entry.stage_id
    )
    for row in rows:
        if (
            row.stage_entry.stage_id != stage.pk
            or row.stage_entry.status != StageEntry.Status.PENDING
            or stage.status != RoundStage.Status.OPEN
        ):
            raise Refused("entry_not_pending", article=_spec(stage).article, stage=stage.name)
        row.stage_entry.stage, row.stage_entry.entry.round = stage, stage.round
    return rows, stage


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


def _values(stage: RoundStage, spec: Any, answer: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to the checks it is asked; "nothing on record" gives the harmless one where the policy names it."""
    rules, result = stage.round.rules, {}
    if set(given) - set(spec.asks):
        raise Refused("check_not_asked", article=spec.article, check=sorted(set(given) - set(spec.asks))[0])
    for check in (rules.check(key) for key in spec.asks):
        value = checking.read(check, given.get(check.key))
        if answer == A.NO_RECORD and checking.is_adverse(check, value):
            raise Refused("no_record_contradicts", article=spec.article, check=str(check.label), field="answer")
        if value is None and answer == A.NO_RECORD:
            value = checking.harmless(check)
        if value is not None:
            result[check.key] = value
    return result


def _stamp(rows: Iterable[ConsultationRequest], actor: User, now: dt.datetime) -> None:
    for row in rows:
        row.answered_by, row.answered_at = actor, now


def _take_over(
    stage: RoundStage,
    rows: list[ConsultationRequest],
    actor: User | None,
    *,
    evidence: str,
    source: str = CheckRecord.Source.BODY,
) -> None:
    """What was answered becomes what conditions read, and the points of these entries are weighed again."""
    by_body: dict[int, list[ConsultationRequest]] = {}
    for row in rows:
        if row.values:
            by_body.setdefault(row.body_id, []).append(row)
    for mine in by_body.values():
        checking.put_down(
            stage.round.rules, {row.stage_entry.entry_id: row.values for row in mine}, source=source, actor=actor, body=mine[0].body,
            at=clock.now(stage.round), evidence=evidence,
        )  # fmt: skip
    if by_body:
        renewal.renew(stage, list({row.stage_entry_id: row.stage_entry for row in rows}.values()))
