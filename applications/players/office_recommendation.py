"""How a rehearsal plays a recommendation."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from accounts.models import User
from applications.domain import assessing, recommending
from applications.domain.owning import priorities
from applications.players import office_common as common
from rounds import engine
from rounds.models import RoundStage, StageEntry
from rounds.rehearsal import Candidate, Rehearsal, plays

NOTE = "查阅申报材料和证照原件"
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
        known, first = common.candidates(ctx), priorities(stage)
        counts = {"recommended": 0, "declined": 0}
        while lists := common.by_officer(ctx, stage):  # what one body declines may still wait for another
            for officer, rows in lists.items():
                ordered = sorted(rows, key=lambda row: (not first & set(row.entry.flags), row.pk))
                failed = _prepare(stage, officer, ordered, known)
                if stage.spec.ranks:
                    self._try_overtaking(ctx, officer, ordered, failed)
                for row in ordered:
                    counts[_settle(row, officer, common.of(known, row), failed.get(row.pk, []))] += 1
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

    def _try_overtaking(
        self, ctx: Rehearsal, officer: User, rows: list[StageEntry], failed: dict[int, list[str]]
    ) -> None:
        """One without priority before one with it, in the same list, without a reason."""
        first = priorities(rows[0].stage)
        if not first & set(rows[0].entry.flags):
            return
        later = next((row for row in rows if not first & set(row.entry.flags) and row.pk not in failed), None)
        if later is not None:
            act = partial(recommending.recommend, actor=officer, stage_entry=later)
            ctx.refused("recommend before one that has priority", act)


def _prepare(stage: RoundStage, officer: User, rows: list[StageEntry], known: Any) -> dict[int, list[str]]:
    """First review and consultation where told; the conditions found not met, by row."""
    failed: dict[int, list[str]] = {}
    if stage.spec.first_review:
        unknown = common.undecided(rows)
        findings = {
            row: {key: common.finding(common.of(known, row), key, NOTE) for key in unknown.get(row.pk, [])}
            for row in rows
        }
        for work in recommending.review_many(actor=officer, findings=findings):
            wrong = [key for key, one in work.findings.items() if one["finding"] == "not_met"]
            failed |= {work.stage_entry_id: wrong} if wrong else {}
    if stage.spec.consults:
        recommending.consulted_many(actor=officer, stage_entries=rows, outcomes=CONSULTED)
    return failed


def _settle(row: StageEntry, officer: User, candidate: Candidate | None, failed: list[str]) -> str:
    if failed or (candidate is not None and candidate.trait == "not_recommended"):
        reason = f"初审不符合条件：{'、'.join(failed)}" if failed else "综合平衡，本届不予推荐"
        recommending.decline(actor=officer, stage_entry=row, reason=reason)
        return "declined"
    recommending.recommend(actor=officer, stage_entry=row, reason="符合申报条件，同意推荐")
    return "recommended"
