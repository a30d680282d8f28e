"""Plays a composite: the office writes its report and settles ties."""

from __future__ import annotations

from typing import ClassVar

from reviews.domain import outcomes
from reviews.players.ties import settle_ties
from reviews.queries import composites
from rounds import engine
from rounds.models import RoundStage
from rounds.rehearsal import Rehearsal, plays


@plays
class CompositePlayer:
    """The computation is the system's; the report is the office's."""

    kind: ClassVar[str] = "composite"

    def forbidden(self, ctx: Rehearsal, stage: RoundStage) -> None:
        if not composites.of_stage(stage):
            return
        if stage.spec.report_article:
            ctx.refused(
                f"{stage.key}: decided without the evaluation report",
                lambda: engine.prepare(actor=ctx.cast.office, stage=stage),
            )
        ctx.refused(
            f"{stage.key}: the report written by a reviewer",
            lambda: outcomes.write_report(actor=ctx.cast.reviewers[0], stage=stage, text="演练"),
        )

    def play(self, ctx: Rehearsal, stage: RoundStage) -> None:
        weighed = composites.of_stage(stage)
        if not weighed:
            return
        best = max((item.score for item in weighed if item.score is not None), default=None)
        outcomes.write_report(
            actor=ctx.cast.office, stage=stage, text=f"演练：共 {len(weighed)} 家进入综合评价，最高分 {best}。"
        )
        ctx.say(f"综合得分：{len(weighed)} 家，最高 {best}", stage.article)
        settle_ties(ctx, stage)

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        """Nothing that could not be tried before."""
