"""Fixing the list, and the government's decision on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from awards.models import Approval
from awards.queries.lineup import Line, fingerprint, lineup, over, vacancies
from awards.rules import records_for, speaks_for
from core.access import require
from core.refusals import Refused
from rounds import clock
from rounds.engine.logging import record
from rounds.engine.stages import lock
from rounds.models import Decision, RoundStage


@transaction.atomic
def fix_list(*, actor: User, stage: RoundStage, on: dt.date, document: str) -> Approval:
    """The reviewing organ (``reviewed_by``) fixes the list that goes to the government: its day and the number of its minutes.

    Refused: not that organ or the office, the stage is not open or decided, a quota is gone over, a day ahead, no number.
    """
    stage = _open(stage)
    article, organ = stage.spec.review_article or stage.article, stage.spec.reviewed_by
    if organ is None:
        raise Refused("no_list_to_fix", article=stage.article)
    require(records_for(stage.round.rules, organ), actor, stage.round, article=article)
    lines = lineup(stage)
    _check(stage, lines, on, document, article)
    approval = _row(stage)
    approval.fixed_on, approval.fixed_document, approval.fixed_by = on, document.strip(), actor
    approval.fixed_fingerprint = fingerprint(lines)
    approval.save()
    record(
        "approval.list_fixed", round_=stage.round, actor=actor, subject=approval, article=article, stage=stage.key, organ=organ, on=on,
        document=document, list=[[line.entry_id, line.prize, line.tier] for line in lines], fingerprint=approval.fixed_fingerprint,
    )  # fmt: skip
    return approval


@transaction.atomic
def approve(
    *, actor: User, stage: RoundStage, number: str, date: dt.date, struck: Mapping[int, str] | None = None
) -> Approval:
    """The approving government's decision, by document number and date. ``struck``: {entry id: reason} that it does not approve.

    Refused: another role, the list was not fixed first or has changed since, whoever fixed it, no number, a day before the list was
    fixed or ahead, a quota is gone over, a struck name without reason.
    """
    stage = _open(stage)
    require(speaks_for(stage.round.rules, stage.spec.by), actor, stage.round, article=stage.article)
    lines, struck = lineup(stage), dict(struck or {})
    approval = _row(stage)
    _check_fixed(stage, approval, lines, date, actor)
    if set(struck) - {line.entry_id for line in lines} or not all(reason.strip() for reason in struck.values()):
        raise Refused("struck_needs_reason", article=stage.article, field="struck")
    kept = [line for line in lines if line.entry_id not in struck]
    _check(stage, kept, date, number, stage.article)
    approval.organ, approval.number, approval.date = stage.spec.by, number.strip(), date
    approval.decided_by, approval.decided_at = actor, clock.now(stage.round)
    approval.struck = [{"entry": pk, "reason": reason} for pk, reason in sorted(struck.items())]
    approval.vacancies, approval.fingerprint = vacancies(stage, kept), fingerprint(lines)
    approval.save()
    record(
        "approval.decided", round_=stage.round, actor=actor, subject=approval, article=stage.article, stage=stage.key, number=number,
        date=date, approved=[[line.entry_id, line.prize, line.tier] for line in kept], struck=sorted(struck),
        vacancies=approval.vacancies, fingerprint=approval.fingerprint,
    )  # fmt: skip
    return approval


def _open(stage: RoundStage) -> RoundStage:
    stage = lock(stage)
    if stage.status != RoundStage.Status.OPEN:
        raise Refused("stage_not_open", article=stage.article, stage=stage.name)
    if Decision.objects.filter(stage=stage).exclude(status=Decision.Status.DISCARDED).exists():
        raise Refused("approval_is_carried_out", article=stage.article)
    return stage


def _row(stage: RoundStage) -> Approval:
    found, _made = Approval.objects.select_for_update().get_or_create(stage=stage, defaults={"organ": stage.spec.by})
    row: Approval = found
    return row


def _check_fixed(stage: RoundStage, approval: Approval, lines: list[Line], date: dt.date, actor: User) -> None:
    if stage.spec.reviewed_by is None:
        return
    article = stage.spec.review_article or stage.article
    if approval.fixed_on is None:
        raise Refused("list_not_fixed", article=article)
    if approval.fixed_fingerprint != fingerprint(lines):
        raise Refused("list_has_changed", article=article)
    if approval.fixed_by_id == actor.pk:
        raise Refused("prepared_by_same_person", article=stage.article)
    if date < approval.fixed_on:
        raise Refused("approved_before_fixed", article=article, fixed=approval.fixed_on, field="date")


def _check(stage: RoundStage, lines: list[Line], day: dt.date, number: str, article: str) -> None:
    if not number.strip():
        raise Refused("document_number_missing", article=article, field="number")
    if day > clock.today(stage.round):
        raise Refused("document_date_ahead", article=article, today=clock.today(stage.round), field="date")
    for quota, limit, got in over(stage, lines):
        raise Refused("quota_exceeded", article=quota.article, limit=limit, got=got)
