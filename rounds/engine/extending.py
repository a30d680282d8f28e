"""A later deadline for a stage in which applications are filed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import User
from core.clock import legal_date
from core.refusals import Refused
from rounds.engine.logging import record
from rounds.models import RoundStage


@transaction.atomic
def extend(
    *, actor: User, stage: RoundStage, deadline: dt.datetime, article: str, reason: str, **facts: Any
) -> RoundStage:
    """Everybody may file until ``deadline``. ``stage`` is locked, and the caller has checked authority.

    Refused: the stage is not open, or the deadline is no later than the one that stands.
    """
    if stage.status != RoundStage.Status.OPEN:
        raise Refused("stage_not_open", article=stage.article, stage=stage.name)
    if stage.deadline is None or deadline <= stage.deadline:
        raise Refused("extension_not_later", article=stage.article, field="days")
    before, stage.deadline = stage.deadline, deadline
    stage.save(update_fields=["deadline"])
    stage.round.closes_on = legal_date(deadline)
    stage.round.save(update_fields=["closes_on"])
    record(
        "stage.extended", round_=stage.round, actor=actor, subject=stage, article=article, stage=stage.key,
        before=before, deadline=deadline, reason=reason, **facts,
    )  # fmt: skip
    return stage
