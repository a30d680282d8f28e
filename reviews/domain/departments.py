"""Opinions and credit points of departments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db import transaction

from accounts.models import User
from core.refusals import Refused
from jurisdictions.models import Body
from jurisdictions.policy.stages import DepartmentReview
from jurisdictions.rules import bodies_of
from reviews.locking import open_stage, stage_row
from reviews.models import DepartmentOpinion
from reviews.queries.departments import bodies_asked
from rounds import clock
from rounds.engine.logging import record
from rounds.models import RoundStage, StageEntry


@dataclass(frozen=True, slots=True)
class Answer:
    """``opinion``: a key of the policy, or ""; ``credit``: points out of the stage's scale as typed, or ""."""

    opinion: str = ""
    credit: object = ""
    reason: str = ""


@transaction.atomic
def answer(*, actor: User, stage: RoundStage, body: Body, answers: Mapping[int, Answer]) -> list[DepartmentOpinion]:
    """A body answers on several entries, ``{stage entry id: answer}``; may be changed until the stage's decision.

    Refused: not acting for the body, a body that is not asked, an entry not waiting (or from which the person is recused), an opinion
    that the policy does not know, credit points outside the scale, an empty answer. All or none; a handful of queries.
    """
    stage = open_stage(stage_row(stage))
    _check_body(actor, stage, body)
    rows = set(
        StageEntry.objects.filter(stage=stage, pk__in=answers)
        .pending()
        .not_recused_from(actor)
        .select_for_update(of=("self",))
        .values_list("pk", flat=True)
    )
    if set(answers) - rows:
        raise Refused("entry_not_waiting_here", article=stage.article, count=len(set(answers) - rows))
    now = clock.now(stage.round)
    given = [_opinion(stage, body, pk, said, actor) for pk, said in answers.items()]
    for opinion in given:
        opinion.at = now
    made = DepartmentOpinion.objects.bulk_create(
        given,
        update_conflicts=True,
        unique_fields=["stage_entry", "body"],
        update_fields=["opinion", "credit", "reason", "by", "at"],
    )
    record(
        "departments.answered", round_=stage.round, actor=actor, subject=body, article=stage.article, stage=stage.key,
        answers=[[o.stage_entry_id, o.opinion, o.credit] for o in given],
    )  # fmt: skip
    return list(made)


def _check_body(actor: User, stage: RoundStage, body: Body) -> None:
    if body.pk not in bodies_of(actor, stage.round.jurisdiction, rehearsal=stage.round.is_rehearsal):
        raise Refused("not_acting_for_body", article=stage.article, body=body)
    if body.pk not in {asked.pk for asked in bodies_asked(stage)}:
        raise Refused("body_not_asked", article=stage.article, body=body)


def _opinion(stage: RoundStage, body: Body, pk: int, said: Answer, actor: User) -> DepartmentOpinion:
    spec: DepartmentReview = stage.spec
    if said.opinion and said.opinion not in spec.opinions.value:
        raise Refused("opinion_unknown", article=stage.article, field=f"opinion_{pk}", given=said.opinion)
    credit = _credit(said.credit, spec, pk)
    if not said.opinion and credit is None:
        raise Refused("opinion_empty", article=stage.article, field=f"opinion_{pk}")
    return DepartmentOpinion(
        stage_entry_id=pk, body=body, opinion=said.opinion, credit=credit, reason=said.reason.strip(), by=actor
    )


def _credit(raw: object, spec: DepartmentReview, pk: int) -> Decimal | None:
    if raw is None or str(raw).strip() == "":
        return None
    try:
        credit = Decimal(str(raw).strip())
    except InvalidOperation as error:
        raise Refused("score_not_a_number", article=spec.article, field=f"credit_{pk}", item="", given=raw) from error
    if not credit.is_finite() or not 0 <= credit <= spec.scale:
        raise Refused("credit_outside_scale", article=spec.article, field=f"credit_{pk}", given=raw, top=spec.scale)
    return credit
