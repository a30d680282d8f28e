"""Ties at a cut are decided by the office, with a reason."""

from __future__ import annotations

from functools import partial

from reviews.domain import ties
from rounds import engine
from rounds.kinds import kind_of
from rounds.models import RoundStage
from rounds.rehearsal import Rehearsal


def settle_ties(ctx: Rehearsal, stage: RoundStage) -> None:
    """Take the places that are left by filing number; nothing when no tie crosses a cut."""
    standings = kind_of(stage).standings(stage)  # type: ignore[attr-defined]
    for tie in standings.open_ties:
        ctx.refused(
            f"{stage.key}: a decision prepared over an open tie",
            lambda: engine.prepare(actor=ctx.cast.office, stage=stage),
        )
        rows = sorted(tie.rows, key=lambda row: (row.entry.number, row.pk))
        more = [row.pk for row in rows][: tie.free + 1]
        settle = partial(ties.settle, actor=ctx.cast.office, stage=stage, group=tie.group, score=tie.score)
        ctx.refused(
            f"{stage.key}: more of a tie let through than there are places", partial(settle, chosen=more, reason="演练")
        )
        settle(chosen=[row.pk for row in rows[: tie.free]], reason="演练：同分，按受理先后确定")
