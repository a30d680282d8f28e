"""What turns a stage on when its work is done: the decision is prepared, the stage is closed. No kind needs to think of it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from rounds import counting
from rounds.engine.stages import blockers, previous
from rounds.kinds import Todo
from rounds.models import Decision, RoundStage, StageEntry
from rounds.queries import decisions_of
from rounds.querysets import inside
from rounds.readers import HEAD, STAFF, Reader

PREPARE, CLOSE = "prepare_decision", "close_stage"


def has_pending(stage: RoundStage) -> bool:
    """Something waits for a decision; counted already where a blocker counts it."""
    found: bool = counting.kept(stage, "has_pending", inside(StageEntry, stage).filter(stage=stage).pending().exists)
    return found


def is_prepared(stage: RoundStage) -> bool:
    """A decision waits for its release."""
    return any(decision.status == Decision.Status.PREPARED for decision in decisions_of(stage))


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
