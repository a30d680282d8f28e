"""How a rehearsal plays a recommendation."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from accounts.models import User
from applications.domain import assessing, recommending
from applications.domain.owning import priorities
from applications.models.assessment import Assessment
from applications.players import office_common as common
from rounds import engine
from rounds.models import RoundStage, StageEntry
from rounds.rehearsal import Candidate, Rehearsal, plays

CONSULTED = [{"whom": "市场监管、应急管理、生态环境、税务等部门", "outcome": "均无不良记录"}]


@plays
class RecommendationPlayer:
    """Each body reviews, consults and recommends its own, those with priority first; some are declined."""

    kind: ClassVar[str] = "recommendation"

    def forbidden(self, ctx: Rehearsal, stage: RoundStage) -> None:
        common.assign_the_lost(ctx, stage)
        row = common.first(assessing.pending(stage))
        if row is None:
            return
        own = common.officers(ctx, stage)[row.pk]
        act, other = partial(recommending.recommend, stage_entry=row), common.stranger(ctx, row)
        ctx.refused("recommend another body's application", lambda: act(actor=other))
        ctx.refused("recommend as a reviewer", lambda: act(actor=ctx.cast.reviewers[0]))
        ctx.refused("decline without a reason", lambda: recommending.decline(actor=own, stage_entry=row, reason=" "))
        if stage.spec.first_review:
            ctx.refused("recommend without the first review", lambda: act(actor=own))
        elif stage.spec.consults:
            ctx.refused("recommend without consulting anybody", lambda: act(actor=own))
        ctx.refused(
            "close while bodies have not spoken", lambda: engine.close_stage(actor=ctx.cast.office_head, stage=stage)
        )

    def play(self, ctx: Rehearsal, stage: RoundStage) -> None:
        common.assign_the_lost(ctx, stage)
        officers, known, first = common.officers(ctx, stage), common.candidates(ctx), priorities(stage)
        rows = sorted(assessing.pending(stage), key=lambda row: (not first & set(row.entry.flags), row.pk))
        unknown = _unknown(rows)
        counts = {"recommended": 0, "declined": 0}
        for n, row in enumerate(rows):
            if stage.spec.ranks and n == 0:
                self._try_overtaking(ctx, rows, officers)
            counts[_settle(stage, row, officers[row.pk], common.of(known, row), unknown.get(row.pk, []))] += 1
        ctx.say(f"{stage.name}: {counts['recommended']} recommended, {counts['declined']} declined", stage.article)

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        row = (
            StageEntry.objects.filter(stage=stage)
            .exclude(status="pending")
            .select_related("entry__organisation")
            .first()
        )
        if row is not None:
            actor = next(iter(ctx.cast.bodies.values()), ctx.cast.office)
            ctx.refused("recommend what is settled", lambda: recommending.recommend(actor=actor, stage_entry=row))

    def _try_overtaking(self, ctx: Rehearsal, rows: list[StageEntry], officers: dict[int, User]) -> None:
        """One without priority before one with it, in the same body's list, without a reason."""
        stage = rows[0].stage
        first = priorities(stage)
        ahead = {officers[row.pk].pk for row in rows if first & set(row.entry.flags)}
        later = next((row for row in rows if not first & set(row.entry.flags) and officers[row.pk].pk in ahead), None)
        if later is None:
            return
        points = _unknown([later]).get(later.pk, [])

        def overtake() -> None:
            _prepare(stage, later, officers[later.pk], None, points)
            recommending.recommend(actor=officers[later.pk], stage_entry=later)

        ctx.refused("recommend before one that has priority", overtake)


def _settle(stage: RoundStage, row: StageEntry, officer: User, candidate: Candidate | None, unknown: list[str]) -> str:
    failed = _prepare(stage, row, officer, candidate, unknown)
    if failed or (candidate is not None and candidate.trait == "not_recommended"):
        reason = f"初审不符合条件：{'、'.join(failed)}" if failed else "综合平衡，本届不予推荐"
        recommending.decline(actor=officer, stage_entry=row, reason=reason)
        return "declined"
    recommending.recommend(actor=officer, stage_entry=row, reason="符合申报条件，同意推荐")
    return "recommended"


def _prepare(
    stage: RoundStage, row: StageEntry, officer: User, candidate: Candidate | None, unknown: list[str]
) -> list[str]:
    """First review and consultation where told; the conditions found not met."""
    failed: list[str] = []
    if stage.spec.first_review:
        found = {key: common.finding(candidate, key, "查阅申报材料和证照原件") for key in unknown}
        work = recommending.review(actor=officer, stage_entry=row, findings=found)
        failed = [key for key, one in work.findings.items() if one["finding"] == "not_met"]
    if stage.spec.consults:
        recommending.consulted(actor=officer, stage_entry=row, outcomes=CONSULTED)
    return failed


def _unknown(rows: list[StageEntry]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row, key in Assessment.objects.filter(stage_entry__in=rows).undecided().values_list("stage_entry", "key"):
        found.setdefault(row, []).append(key)
    return found
