"""The applicant publishes its application inside its own organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.domain.deadlines import last_of_all
from applications.kinds.shared import waiting
from core import formats
from core.clock import end_of_day, legal_date
from rounds import clock
from rounds.engine.stages import next_stage, span_end
from rounds.kinds import Blocker, Proposal, StageKind, Todo, register
from rounds.models import RoundStage, StageEntry
from rounds.readers import EVERYBODY, Reader


@register
class InternalPublicity(StageKind):
    """Each entry goes on when its publicity is recorded. What was not recorded by the last day stops."""

    key = "internal_publicity"
    one_by_one = True
    acts = frozenset({"applicant"})

    def todos(self, stage: RoundStage, reader: Reader = EVERYBODY) -> Iterable[Todo]:
        rows = waiting(stage, reader)
        due = last_moment(stage) if rows else None
        for row in rows:
            url = reverse(
                "applications:internal_publicity", kwargs={"code": stage.round.jurisdiction.code, "pk": row.entry_id}
            )
            text = _("Publish the application internally and record it")
            yield Todo(
                "publish_internally", stage.article, text, url, due=due, organisation_id=row.entry.organisation_id
            )

    def blockers(self, stage: RoundStage) -> list[Blocker]:
        until = last_moment(stage)
        if until is None or clock.now(stage.round) > until:
            return []
        text = formats.said_later(_("Internal publicity can be recorded until {day}."), day=legal_date(until))
        return [Blocker("deadline_running", stage.article, text)]

    def proposals(self, stage: RoundStage) -> list[Proposal]:
        reason = gettext("Internal publicity was not recorded in time.")
        return [Proposal(row, "stopped", stage.article, reason) for row in waiting(stage)]


def last_moment(stage: RoundStage) -> dt.datetime | None:
    """Until when it can be recorded: while filing runs beside it, else to its own deadline, else a window's length from the last entry."""
    following = next_stage(stage)
    if (
        following is not None
        and following.kind == "intake"
        and following.spec.opens == "with"
        and stage.round.closes_on
    ):
        return (last_of_all(following) if following.deadline else None) or end_of_day(stage.round.closes_on)
    if stage.deadline is not None:
        return stage.deadline
    last = StageEntry.objects.filter(stage=stage).pending().aggregate(last=Max("entered_at"))["last"]
    return span_end(stage.round, last, stage.spec.window) if last else None
