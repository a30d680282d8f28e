"""What was asked: locked, read, and taken over into what conditions read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import User
from applications.domain import checking, renewal
from applications.models.assessment import CheckRecord
from applications.models.opinions import ConsultationRequest
from core.refusals import Refused
from rounds import clock
from rounds.models import RoundStage, StageEntry

A = ConsultationRequest.Answer


def consult_of(stage: RoundStage) -> Any:
    spec = getattr(stage.spec, "consult", None)
    if spec is None:
        raise Refused("nobody_is_consulted_here", article=stage.article)
    return spec


def whole(rows: Any) -> Any:
    return rows.select_related("body", "consultation", "stage_entry__entry__organisation").order_by("pk")


def locked(ids: Sequence[int]) -> tuple[list[ConsultationRequest], RoundStage]:
    """The questions, locked, of one open stage. Raises ``Refused`` when they are none, or their entries no longer wait."""
    rows = list(whole(ConsultationRequest.objects.select_for_update(of=("self",)).filter(pk__in=ids)))
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
            raise Refused("entry_not_pending", article=consult_of(stage).article, stage=stage.name)
        row.stage_entry.stage, row.stage_entry.entry.round = stage, stage.round
    return rows, stage


def values_of(stage: RoundStage, spec: Any, answer: str, given: Mapping[str, Any]) -> dict[str, Any]:
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


def take_over(
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
