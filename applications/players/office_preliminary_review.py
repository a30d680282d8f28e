"""How a rehearsal plays a preliminary review."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import ClassVar

from accounts.models import User
from applications.domain import assessing, auditing
from applications.models.assessment import Assessment
from applications.models.opinions import PreliminaryReview
from applications.players import office_common as common
from applications.players.office_recommendation import CONSULTED
from rounds import clock, engine
from rounds.models import RoundStage, StageEntry
from rounds.rehearsal import Candidate, Rehearsal, plays

MINUTE = dt.timedelta(minutes=1)
WHERE = "部门门户网站（演练）"


@plays
class PreliminaryReviewPlayer:
    """Bodies look up registers, find every point, publish, wait for the window, settle an objection, issue the opinion."""

    kind: ClassVar[str] = "preliminary_review"

    def forbidden(self, ctx: Rehearsal, stage: RoundStage) -> None:
        common.assign_the_lost(ctx, stage)
        row = common.first(assessing.pending(stage))
        if row is None:
            return
        own, other = common.officers(ctx, stage)[row.pk], common.stranger(ctx, row)
        send = partial(auditing.pass_on, stage_entry=row)
        ctx.refused("audit another body's application", lambda: send(actor=other, opinion="同意"))
        ctx.refused("send on without an opinion", lambda: send(actor=own, opinion=" "))
        ctx.refused(
            "decline an audit without a reason", lambda: auditing.decline(actor=own, stage_entry=row, reason="")
        )
        if (
            Assessment.objects.filter(stage_entry=row).undecided().exists()
            or stage.spec.checks
            or stage.spec.consults
            or stage.spec.window
        ):
            ctx.refused("send on what was not examined", lambda: send(actor=own, opinion="同意"))
        ctx.refused("close while audits are open", lambda: engine.close_stage(actor=ctx.cast.office_head, stage=stage))

    def play(self, ctx: Rehearsal, stage: RoundStage) -> None:
        common.assign_the_lost(ctx, stage)
        officers, known = common.officers(ctx, stage), common.candidates(ctx)
        good = [
            row for row in assessing.pending(stage) if _examine(stage, row, officers[row.pk], common.of(known, row))
        ]
        if stage.spec.window:
            self._publish(ctx, stage, good, officers)
        for row in good:
            auditing.pass_on(
                actor=officers[row.pk],
                stage_entry=row,
                opinion="材料完整、真实、准确、合法，符合申报条件，同意上报",
                reason="登记情况已核实",
            )
        ctx.say(f"{stage.name}: {len(good)} sent on", stage.article)

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        row = StageEntry.objects.filter(stage=stage, status="advanced").select_related("entry__organisation").first()
        if row is not None:
            actor = next(iter(ctx.cast.bodies.values()), ctx.cast.office)
            ctx.refused(
                "send the same file on twice", lambda: auditing.pass_on(actor=actor, stage_entry=row, opinion="同意")
            )

    def _publish(self, ctx: Rehearsal, stage: RoundStage, rows: list[StageEntry], officers: dict[int, User]) -> None:
        """Publish all on one day; the window must be over, and the objection received settled, before anything goes on."""
        for row in rows:
            auditing.publish(actor=officers[row.pk], stage_entry=row, where=WHERE)
        if not rows:
            return
        row, article = rows[0], stage.spec.window_article or stage.article
        own = officers[row.pk]
        send = partial(auditing.pass_on, actor=own, stage_entry=row, opinion="同意", reason="已核实")
        ctx.refused("send on before the window is over", send)
        if stage.spec.departure == "refuse":
            ctx.refused("depart from the window", lambda: send(departure="时间紧"))
        objection = auditing.object_(
            actor=own, stage_entry=row, text="反映其一项荣誉已过期（演练）", raised_by="群众（演练）"
        )
        ends = PreliminaryReview.objects.get(pk=row.pk).window_ends_at
        assert ends is not None
        ctx.move_to(ends + MINUTE)
        stage.round = ctx.round
        ctx.refused("send on with an objection open", send)
        auditing.settle_objection(actor=own, objection=objection, stands=False, finding="经核实该荣誉仍在有效期内")
        ctx.say(f"{stage.name}: window over on {clock.now(ctx.round):%Y-%m-%d}", article)


def _examine(stage: RoundStage, row: StageEntry, officer: User, candidate: Candidate | None) -> bool:
    """Registers, consultation, points. False when it was declined."""
    rules = stage.round.rules
    if stage.spec.checks:
        values = {key: common.register_says(rules.check(key), candidate) for key in stage.spec.checks}
        auditing.check(actor=officer, stage_entry=row, values=values, evidence="国家企业信用信息公示系统（演练）")
    if stage.spec.consults:
        auditing.consulted(actor=officer, stage_entry=row, outcomes=CONSULTED)
    unknown = Assessment.objects.filter(stage_entry=row).undecided().values_list("key", flat=True)
    found = {key: common.finding(candidate, key, "查阅申报材料和证照原件") for key in unknown}
    if found:
        auditing.find(actor=officer, stage_entry=row, findings=found)
    failing = list(
        Assessment.objects.filter(stage_entry=row).failing().order_by("position").values_list("key", "article")
    )
    if failing:
        reason = "；".join(f"第{article}条：{key}" for key, article in failing)
        auditing.decline(actor=officer, stage_entry=row, reason=f"经审核不符合：{reason}")
    elif candidate is not None and candidate.trait == "not_recommended":
        auditing.decline(actor=officer, stage_entry=row, reason="经审核，材料不足以说明其成绩突出")
    else:
        return True
    return False
