"""What turns a stage on when its work is done: the decision is prepared, the stage is closed. No kind needs to think of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from rounds import counting
from rounds.engine.stages import blockers, previous
from rounds.kinds import Todo
from rounds.models import Decision, RoundStage, StageEntry
from rounds.readers import HEAD, STAFF, Reader

PREPARE, CLOSE = "prepare_decision", "close_stage"


def has_pending(stage: RoundStage) -> bool:
    """Something waits for a decision; counted already where a blocker counts it."""
    pending = counting.known(stage, "pending")
    return bool(pending) if pending is not None else StageEntry.objects.filter(stage=stage).pending().exists()


def is_prepared(stage: RoundStage) -> bool:
    """A decision waits for its release."""
    return Decision.objects.filter(stage=stage, status=Decision.Status.PREPARED).exists()


def onward(stage: RoundStage, reader: Reader) -> Iterator[Todo]:
    """For the office, where nothing holds the open stage up any more: what comes next. Released decisions wait beside stages."""
    if not reader.office or blockers(stage):
        return
    url = reverse("rounds:stage", args=[stage.round.jurisdiction.code, stage.pk])
    if has_pending(stage):
        if not is_prepared(stage):
            text = _("Prepare the decision: {stage}").format(stage=stage.name)
            yield Todo(PREPARE, stage.article, text, url, role=STAFF)
        return
    before = previous(stage)
    if before is None or before.status == RoundStage.Status.CLOSED:
        yield Todo(CLOSE, stage.article, _("Close the stage: {stage}").format(stage=stage.name), url, role=HEAD)
