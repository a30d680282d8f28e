"""Reads of the applicant's pages: a constant number of queries each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Organisation
from applications.models import Application
from rounds.engine.entries import first_stage
from rounds.models import Entry, Round, RoundStage, StageEntry


def open_rounds() -> list[Round]:
    """Rounds of this jurisdiction in which applications can begin."""
    rows = (
        Round.objects.filter(status=Round.Status.OPEN, stages__status=RoundStage.Status.OPEN)
        .select_related("jurisdiction")
        .distinct()
    )
    return [
        round_
        for round_ in rows
        if (first := first_stage(round_)) is not None and first.status == RoundStage.Status.OPEN
    ]


def applications_of(organisations: Sequence[Organisation]) -> list[Application]:
    """Every application of these organisations here, newest first."""
    rows = Application.objects.filter(entry__organisation__in=[o.pk for o in organisations])
    return list(rows.select_related("entry__round__jurisdiction", "entry__organisation").order_by("-entry_id"))


@dataclass(slots=True)
class Step:
    """One stage on the way of an application; ``row`` is None while it has not been reached; ``until``: the organisation's deadline in it."""

    stage: RoundStage
    row: StageEntry | None
    until: dt.datetime | None = None

    @property
    def state(self) -> str:
        """For the timeline's mark: closed, open, or waiting."""
        if self.row is None:
            return "waiting"
        return "open" if self.row.status == StageEntry.Status.PENDING else "closed"


def way_of(entry: Entry) -> list[Step]:
    """Every stage of the round in order, with what became of the entry in it: two queries."""
    rows = {row.stage_id: row for row in StageEntry.objects.filter(entry=entry)}
    stages = list(RoundStage.objects.filter(round=entry.round_id).order_by("position"))
    for stage in stages:
        stage.round = entry.round
        if stage.pk in rows:
            rows[stage.pk].stage, rows[stage.pk].entry = stage, entry
    return [Step(stage, rows.get(stage.pk)) for stage in stages]
