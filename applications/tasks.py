"""Periodic tasks of this app. Each can run twice without a second effect; each stage stands by itself."""

from __future__ import annotations

import structlog
from celery import shared_task
from django_scopes import scope, scopes_disabled

from applications.domain import consultation, owning
from core.refusals import Refused
from rounds.models import Round, RoundStage

logger = structlog.get_logger(__name__)


@shared_task(name="applications.take_over_silence")
def take_over_silence() -> int:
    """What silence means for answers whose time is over. Returns how many were overdue."""
    return sum(_lapsed(stage) for stage in _open_stages("eligibility", "acceptance") if stage.spec.consult)


@shared_task(name="applications.let_newcomers_in")
def let_newcomers_in() -> int:
    """Officers of bodies who took up their role after the entries came. Returns in how many stages somebody was let in."""
    done = 0
    for stage in _open_stages("recommendation", "preliminary_review"):
        with scope(jurisdiction=stage.round.jurisdiction):
            done += bool(owning.let_newcomers_in(stage=stage))
    return done


def _lapsed(stage: RoundStage) -> int:
    with scope(jurisdiction=stage.round.jurisdiction):
        try:
            return consultation.lapse(stage=stage)
        except Refused as refusal:  # the stage closed meanwhile, say: the others go on
            logger.warning("silence not taken over", stage=stage.pk, code=refusal.code)
            return 0


def _open_stages(*kinds: str) -> list[RoundStage]:
    with scopes_disabled():
        rows = RoundStage.objects.filter(kind__in=kinds, status=RoundStage.Status.OPEN, round__status=Round.Status.OPEN)
        return list(rows.select_related("round__jurisdiction", "round__policy").order_by("pk"))
