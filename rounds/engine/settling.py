"""Settling entries one by one (recommendation, filing, a county office's audit), and writing outcomes."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from core.refusals import Refused
from rounds import clock
from rounds.engine.logging import record
from rounds.engine.stages import pass_on
from rounds.models import Entry, RoundStage, StageEntry


@transaction.atomic
def settle(
    *,
    actor: User | None,
    stage_entry: StageEntry,
    outcome: str,
    article: str,
    reason: str = "",
    act: str = "entry.settled",
    **facts: Any,
) -> StageEntry:
    """One entry goes on (``advanced``) or not (``stopped``) in an open stage. The caller has checked authority.

    Refused: the stage is not open, or the entry does not wait in it.
    """
    row = locked(stage_entry)
    stage = row.stage
    if stage.status != RoundStage.Status.OPEN:
        raise Refused("stage_not_open", article=stage.article, stage=stage.name)
    if row.status != StageEntry.Status.PENDING:
        raise Refused("entry_not_pending", article=stage.article, stage=stage.name)
    write_outcome(row, outcome, actor=actor, article=article, reason=reason, facts=facts)
    if outcome == StageEntry.Status.ADVANCED:
        pass_on(stage, [row.entry])
    record(
        act,
        round_=stage.round,
        actor=actor,
        subject=row.entry,
        article=article,
        stage=stage.key,
        outcome=outcome,
        reason=reason,
        **facts,
    )
    return row


def write_outcome(
    row: StageEntry, outcome: str, *, actor: User | None, article: str, reason: str, facts: dict[str, Any]
) -> None:
    """The one place that writes a stage entry's outcome, and the entry's own state that follows from it."""
    row.status, row.article, row.reason = outcome, article, reason
    row.facts, row.decided_by, row.decided_at = {**row.facts, **facts}, actor, clock.now(row.stage.round)
    row.save()
    stopped = outcome == StageEntry.Status.STOPPED
    entry = row.entry
    if stopped and entry.status in (Entry.Status.DRAFT, Entry.Status.ACTIVE):
        entry.status, entry.stopped_stage = Entry.Status.STOPPED, row.stage
        entry.save(update_fields=["status", "stopped_stage"])
    elif not stopped and entry.status == Entry.Status.STOPPED:
        entry.status, entry.stopped_stage = (Entry.Status.ACTIVE if entry.number else Entry.Status.DRAFT), None
        entry.save(update_fields=["status", "stopped_stage"])


def locked(stage_entry: StageEntry) -> StageEntry:
    """The stage entry, locked, with its stage, round and organisation."""
    row: StageEntry = (
        StageEntry.objects.select_for_update(of=("self",))
        .select_related("stage__round__jurisdiction", "stage__round__policy", "entry__organisation")
        .get(pk=stage_entry.pk)
    )
    row.entry.round = row.stage.round
    return row
