"""Filing in a rehearsal: in time, twice, and too late."""

from __future__ import annotations

import datetime as dt

from applications.domain import filing
from applications.players import applicants
from rounds import engine
from rounds.models import RoundStage
from rounds.rehearsal import Rehearsal, plays


@plays
class IntakePlayer:
    """Writes what is not written yet, files what is not filed yet, lets the deadline pass."""

    kind = "intake"

    def forbidden(self, ctx: Rehearsal, stage: RoundStage) -> None:
        if not ctx.candidates or ctx.notes.get(applicants.NOTE):
            return
        applicants.try_starting(ctx)

    def play(self, ctx: Rehearsal, stage: RoundStage) -> None:
        applicants.write_all(ctx)
        waiting = next(applicants.filed_in_time(ctx), None)
        if waiting is not None:
            applicants.try_filing(ctx, waiting)
            ctx.refused("the list closed while filing runs", lambda: engine.prepare(actor=ctx.cast.office, stage=stage))
        applicants.file_all(ctx)
        pass_deadline(ctx, stage)

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        applicants.try_late(ctx)
        filed = next((c for c in ctx.candidates if c.entry is not None and c.trait not in ("late", "withdraws")), None)
        if filed is not None:
            ctx.refused(
                "taken back after the deadline",
                lambda: filing.take_back(actor=filed.owner, application=applicants.application_of(filed)),
            )


def pass_deadline(ctx: Rehearsal, stage: RoundStage) -> None:
    """The first working moment after the last day for filing."""
    if stage.deadline is not None:
        ctx.move_to(stage.deadline + dt.timedelta(hours=9))
