"""Locks that read little: a round's frozen rules are large, and kept by their hash."""

from __future__ import annotations

from core.refusals import Refused
from rounds.models import RoundStage, StageEntry


def entry_row(stage_entry: StageEntry) -> StageEntry:
    """The stage entry, locked, with its stage, round and organisation fresh: one query."""
    row: StageEntry = (
        StageEntry.objects.select_for_update(of=("self",))
        .select_related("stage__round__jurisdiction", "entry__organisation")
        .defer("stage__round__rules_document")
        .get(pk=stage_entry.pk)
    )
    row.entry.round = row.stage.round
    return row


def open_pending(row: StageEntry) -> StageEntry:
    """Refuse unless the stage is open and the entry waits in it."""
    if row.stage.status != RoundStage.Status.OPEN:
        raise Refused("stage_not_open", article=row.stage.article, stage=row.stage.name)
    if row.status != StageEntry.Status.PENDING or row.entry.status not in ("draft", "active"):
        raise Refused("entry_not_pending", article=row.stage.article, stage=row.stage.name)
    return row


def stage_row(stage: RoundStage) -> RoundStage:
    """The stage, fresh but not locked, with its round: one query."""
    row: RoundStage = (
        RoundStage.objects.select_related("round__jurisdiction").defer("round__rules_document").get(pk=stage.pk)
    )
    return row


def open_stage(stage: RoundStage) -> RoundStage:
    """Refuse unless the stage is open."""
    if stage.status != RoundStage.Status.OPEN:
        raise Refused("stage_not_open", article=stage.article, stage=stage.name)
    return stage
