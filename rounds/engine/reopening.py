"""Giving a stage back to an entry that went on, as long as nobody has taken it up: an application taken back before the deadline."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from core.refusals import Refused
from rounds.engine import settling
from rounds.engine.logging import record
from rounds.models import RoundStage, StageEntry


@transaction.atomic
def reopen(
    *, actor: User, stage_entry: StageEntry, article: str, reason: str = "", act: str = "entry.reopened", **facts: Any
) -> StageEntry:
    """The entry waits in the stage again; what stands after it is taken away. The caller has checked authority and deadline.

    Refused: the stage is not open, the entry did not go on, or a later stage has begun with it.
    """
    row = settling.locked(stage_entry)
    stage = row.stage
    if stage.status != RoundStage.Status.OPEN:
        raise Refused("stage_not_open", article=article, stage=stage.name)
    if row.status != StageEntry.Status.ADVANCED:
        raise Refused("entry_not_pending", article=article, stage=stage.name)
    later = StageEntry.objects.select_for_update(of=("self",)).filter(
        entry=row.entry, stage__position__gt=stage.position
    )
    begun = [
        one
        for one in later
        if one.status not in (StageEntry.Status.PENDING, StageEntry.Status.SKIPPED) or one.score is not None
    ]
    if begun:
        raise Refused("taken_up_already", article=article)
    later.delete()
    settling.write_outcome(row, StageEntry.Status.PENDING, actor=actor, article=article, reason=reason, facts={})
    record(
        act,
        round_=stage.round,
        actor=actor,
        subject=row.entry,
        article=article,
        stage=stage.key,
        reason=reason,
        **facts,
    )
    return row
