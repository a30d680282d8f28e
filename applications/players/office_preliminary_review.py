"""How a rehearsal plays a preliminary review."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any, ClassVar

from django.db.models import Max

from accounts.models import User
from applications.domain import assessing, audit_objections, auditing
from applications.models.assessment import Assessment
from applications.models.opinions import PreliminaryReview
from applications.players import office_common as common
from applications.players.office_recommendation import CONSULTED
from rounds import clock, engine
from rounds.models import RoundStage, StageEntry
from rounds.rehearsal import Rehearsal, plays

MINUTE = dt.timedelta(minutes=1)
NOTE = "查阅申报材料和证照原件"
OPINION = "材料完整、真实、准确、合法，符合申报条件，同意上报"
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
        lists = common.by_officer(ctx, stage)
        known = common.candidates(ctx)
        good = {officer: _examine(ctx, stage, officer, rows, known) for officer, rows in lists.items()}
        good = {officer: rows for officer, rows in good.items() if rows}
        if stage.spec.window and good:
            self._publish(ctx, stage, good)
        for officer, rows in good.items():
            auditing.pass_many(actor=officer, stage_entries=rows, opinion=OPINION, reason="登记情况已核实")
        ctx.say(f"{stage.name}: {sum(map(len, good.values()))} sent on", stage.article)

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        row = StageEntry.objects.filter(stage=stage, status="advanced").select_related("entry__organisation").first()
        if row is not None:
            actor = next(iter(ctx.cast.bodies.values()), ctx.cast.office)
            ctx.refused(
                "send the same file on twice", lambda: auditing.pass_on(actor=actor, stage_entry=row, opinion="同意")
            )

    def _publish(self, ctx: Rehearsal, stage: RoundStage, lists: dict[User, list[StageEntry]]) -> None:
        """Each body publishes its list; the window must be over, and the objection received settled, before anything goes on."""
        for officer, rows in lists.items():
            auditing.publish_many(actor=officer, stage_entries=rows, where=WHERE)
        own, row = next((officer, rows[0]) for officer, rows in lists.items())
        article = stage.spec.window_article or stage.article
        send = partial(auditing.pass_on, actor=own, stage_entry=row, opinion="同意", reason="已核实")
        ctx.refused("send on before the window is over", send)
        if stage.spec.departure == "refuse":
            ctx.refused("depart from the window", lambda: send(departure="时间紧"))
        objection = audit_objections.object_(
            actor=own, stage_entry=row, text="反映其一项荣誉已过期（演练）", raised_by="群众（演练）"
        )
        ends = PreliminaryReview.objects.filter(stage_entry__stage=stage).aggregate(last=Max("window_ends_at"))["last"]
        ctx.move_to(ends + MINUTE)
        stage.round = ctx.round
        ctx.refused("send on with an objection open", send)
        found = "经核实该荣誉仍在有效期内"
        audit_objections.settle_objection(actor=own, objection=objection, stands=False, finding=found)
        ctx.say(f"{stage.name}: window over on {clock.now(ctx.round):%Y-%m-%d}", article)


def _examine(ctx: Rehearsal, stage: RoundStage, officer: User, rows: list[StageEntry], known: Any) -> list[StageEntry]:
    """Registers, consultation, points of a body's list. Returns those that may go on; the others were declined."""
    rules = stage.round.rules
    if stage.spec.checks:
        values = {
            row: {key: common.register_says(rules.check(key), common.of(known, row)) for key in stage.spec.checks}
            for row in rows
        }
        auditing.check_many(actor=officer, values=values, evidence="国家企业信用信息公示系统（演练）")
    if stage.spec.consults:
        auditing.consulted_many(actor=officer, stage_entries=rows, outcomes=CONSULTED)
    unknown = common.undecided(rows)
    findings = {
        row: {key: common.finding(common.of(known, row), key, NOTE) for key in unknown[row.pk]}
        for row in rows
        if row.pk in unknown
    }
    if findings:
        auditing.find_many(actor=officer, findings=findings)
    failing = _failing(rows)
    good = []
    for row in rows:
        candidate = common.of(known, row)
        if row.pk in failing:
            reason = "；".join(f"第{article}条：{key}" for key, article in failing[row.pk])
            auditing.decline(actor=officer, stage_entry=row, reason=f"经审核不符合：{reason}")
        elif candidate is not None and candidate.trait == "not_recommended":
            auditing.decline(actor=officer, stage_entry=row, reason="经审核，材料不足以说明其成绩突出")
        else:
            good.append(row)
    return good


def _failing(rows: list[StageEntry]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    points = Assessment.objects.filter(stage_entry__in=rows).failing().order_by("position")
    for row, key, article in points.values_list("stage_entry", "key", "article"):
        found.setdefault(row, []).append((key, article))
    return found
