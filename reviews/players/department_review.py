"""Plays a department review: each asked body's officer answers on all entries at once."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from jurisdictions.policy.stages import DepartmentReview
from reviews.domain import departments
from reviews.domain.departments import Answer
from reviews.queries.departments import EntryOpinions, bodies_asked, of_stage
from rounds import engine
from rounds.models import RoundStage
from rounds.rehearsal import Rehearsal, plays

CREDIT_BODIES = 2


@plays
class DepartmentReviewPlayer:
    """Answers by merit; credit points from the last two bodies asked."""

    kind: ClassVar[str] = "department_review"

    def forbidden(self, ctx: Rehearsal, stage: RoundStage) -> None:
        given, bodies = of_stage(stage), bodies_asked(stage)
        if not given or not bodies:
            return
        body, row, spec = bodies[0], given[0].row, stage.spec
        officer = ctx.cast.bodies[body.pk]
        first = next(iter(spec.opinions.value), "")

        def answer(said: Answer, actor: object = officer) -> None:
            departments.answer(actor=actor, stage=stage, body=body, answers={row.pk: said})  # type: ignore[arg-type]

        ctx.refused(
            f"{stage.key}: an answer for another department", lambda: answer(Answer(first), ctx.cast.reviewers[0])
        )
        ctx.refused(f"{stage.key}: an opinion that does not exist", lambda: answer(Answer("no_such_opinion")))
        ctx.refused(
            f"{stage.key}: credit points outside the scale", lambda: answer(Answer(first, credit=spec.scale + 1))
        )
        if spec.silence.value == "blocks":
            ctx.refused(
                f"{stage.key}: decided with answers missing", lambda: engine.prepare(actor=ctx.cast.office, stage=stage)
            )

    def play(self, ctx: Rehearsal, stage: RoundStage) -> None:
        given, bodies = of_stage(stage), bodies_asked(stage)
        if not given:
            return
        for body in bodies:
            answers = {
                opinions.row.pk: self._answer(ctx, stage.spec, opinions, body in bodies[-CREDIT_BODIES:])
                for opinions in given
            }
            departments.answer(actor=ctx.cast.bodies[body.pk], stage=stage, body=body, answers=answers)
        ctx.say(f"{len(bodies)} 个部门评价 {len(given)} 家", stage.article)

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        """Nothing that could not be tried before."""

    def _answer(self, ctx: Rehearsal, spec: DepartmentReview, opinions: EntryOpinions, credit: bool) -> Answer:
        merit = min(1.0, max(0.0, ctx.candidate(opinions.row.entry).merit + ctx.random.gauss(0, 0.1)))
        best_first = sorted(spec.opinions.value, key=lambda key: (-spec.opinions.value[key], key))
        opinion = best_first[min(len(best_first) - 1, int((1 - merit) * len(best_first)))] if best_first else ""
        points = (spec.scale * Decimal(str(round(0.5 + merit / 2, 3)))).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        return Answer(opinion, credit=points if (credit and spec.credit_weight.value) or not opinion else "")
