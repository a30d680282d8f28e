"""How a rehearsal plays eligibility and acceptance."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any, ClassVar

from applications.domain import assessing, checking, consultation, eligibility
from applications.domain.assessing import Found
from applications.models import Application
from applications.models.assessment import Assessment
from applications.models.opinions import Consultation, ConsultationRequest
from applications.players import office_common as common
from applications.queries.office import missing_checks
from jurisdictions.models import Body
from rounds import engine
from rounds.models import RoundStage, StageEntry
from rounds.rehearsal import Candidate, Rehearsal, plays

MINUTE = dt.timedelta(minutes=1)
NOTE = "查阅申报材料和证明原件，情况属实"


@plays
class EligibilityPlayer:
    """Bodies are asked and answer (one may keep silent), registers are looked up, staff settle what is unknown."""

    kind: ClassVar[str] = "eligibility"

    def forbidden(self, ctx: Rehearsal, stage: RoundStage) -> None:
        row = common.first(assessing.pending(stage))
        if row is None:
            return
        point = Assessment.objects.filter(stage_entry=row).order_by("position").first()
        if point is not None:
            found = {point.key: Found("met", "随手一填")}
            find = partial(eligibility.find, stage_entry=row)
            ctx.refused("settle a point as a reviewer", lambda: find(actor=ctx.cast.reviewers[0], findings=found))
            ctx.refused(
                "settle a point that is not asked",
                lambda: find(actor=ctx.cast.office, findings={"no-such-point": Found("met")}),
            )
        unknown = Assessment.objects.filter(stage_entry=row).undecided().first()
        if unknown is not None:
            given = {unknown.key: Found("met")}
            ctx.refused(
                "pass what is unknown without a note",
                lambda: eligibility.find(actor=ctx.cast.office, stage_entry=row, findings=given),
            )
        if self._is_held_up(stage):
            ctx.refused("decide while something is open", lambda: engine.prepare(actor=ctx.cast.office, stage=stage))

    def play(self, ctx: Rehearsal, stage: RoundStage) -> None:
        if stage.spec.consult and assessing.pending(stage):
            _consult(ctx, stage)
            stage.round = ctx.round
        known = common.candidates(ctx)
        _look_up(ctx, stage, known)
        _settle_unknown(ctx, stage, known)

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        met = Assessment.objects.of_pending(stage).filter(computed=True, finding="").order_by("pk").first()
        if met is not None:
            row = met.stage_entry
            ctx.refused(
                "find against what was computed without a reason",
                lambda: eligibility.find(actor=ctx.cast.office, stage_entry=row, findings={met.key: Found("not_met")}),
            )
        asked = ConsultationRequest.objects.of_pending(stage).exclude(lapsed_at=None).select_related("body").first()
        if asked is not None:
            late = partial(consultation.answer, actor=ctx.cast.bodies[asked.body_id], request=asked, answer="agree")
            ctx.refused("answer after the time is over", late)

    def _is_held_up(self, stage: RoundStage) -> bool:
        from rounds.kinds import kind_of

        return bool(kind_of(stage).blockers(stage))


@plays
class AcceptancePlayer(EligibilityPlayer):
    """As eligibility."""

    kind: ClassVar[str] = "acceptance"


def _consult(ctx: Rehearsal, stage: RoundStage) -> None:
    bodies = common.asked_bodies(ctx, stage)
    consultation.ask(actor=ctx.cast.office, stage=stage, bodies=bodies)
    ctx.refused("decide before the bodies have answered", lambda: engine.prepare(actor=ctx.cast.office, stage=stage))
    asked = Consultation.objects.filter(stage=stage).order_by("-pk")[0]
    _try_as_others(ctx, asked, bodies)
    known = common.candidates(ctx)
    silent = bodies[-1] if len(bodies) > 1 and stage.spec.consult.silence.value != "blocks" else None
    for body in bodies:
        if body != silent:
            _answer(ctx, stage, body, known, speaks=body == bodies[0])
    ctx.say(
        f"{stage.name}: {len(bodies)} bodies asked, {len(bodies) - (silent is not None)} answered",
        stage.spec.consult.article,
    )
    if silent is not None:
        ctx.move_to(asked.due_at + MINUTE)
        consultation.lapse(actor=ctx.cast.office, stage=stage)
        ctx.say(f"{silent.name}: {stage.spec.consult.silence.value}", stage.spec.consult.article)


def _try_as_others(ctx: Rehearsal, asked: Consultation, bodies: list[Body]) -> None:
    request = (
        ConsultationRequest.objects.filter(consultation=asked)
        .select_related("body", "stage_entry__entry")
        .order_by("pk")
        .first()
    )
    if request is None:
        return
    own = ctx.cast.bodies[request.body_id]
    other = next(
        (ctx.cast.bodies[body.pk] for body in bodies if ctx.cast.bodies[body.pk].pk != own.pk), ctx.cast.office
    )
    reply = partial(consultation.answer, request=request)
    ctx.refused("answer what another body is asked", lambda: reply(actor=other, answer="agree", recommends=True))
    ctx.refused("disagree without a reason", lambda: reply(actor=own, answer="disagree"))
    ctx.refused("ask as a department", lambda: consultation.ask(actor=own, stage=asked.stage))


def _answer(ctx: Rehearsal, stage: RoundStage, body: Body, known: Any, *, speaks: bool) -> None:
    """One body's answers: what its registers say against somebody one by one, the rest in one go."""
    officer, spec = ctx.cast.bodies[body.pk], stage.spec.consult
    rows = ConsultationRequest.objects.of_pending(stage).open().filter(body=body).select_related("stage_entry__entry")
    harmless = []
    for request in rows.order_by("pk"):
        candidate = common.of(known, request.stage_entry)
        against = _against(stage, candidate) if speaks else {}
        if against or (speaks and _is_disliked(ctx, stage, candidate)):
            reason = "有关登记记录不符合要求" if against else "本部门不予推荐"
            consultation.answer(
                actor=officer, request=request, answer="agree" if against and not spec.recommends else "disagree", reason=reason,
                values=against, recommends=False if spec.recommends else None,
            )  # fmt: skip
        else:
            harmless.append(request.pk)
    if harmless:
        consultation.answer_many(
            actor=officer, requests=harmless, answer="no_record", recommends=True if spec.recommends else None
        )


def _against(stage: RoundStage, candidate: Candidate | None) -> dict[str, Any]:
    """All of the candidate's register entries that are asked for, when one of them is not harmless."""
    rules = stage.round.rules
    says = {key: common.register_says(rules.check(key), candidate) for key in stage.spec.consult.asks}
    adverse = any(
        checking.is_adverse(rules.check(key), common.readable(rules.check(key), value)) for key, value in says.items()
    )
    return says if adverse else {}


def _is_disliked(ctx: Rehearsal, stage: RoundStage, candidate: Candidate | None) -> bool:
    """Not recommended by anybody: where no body recommends before, the consulted one says so."""
    earlier = any(spec.kind in ("recommendation", "preliminary_review") for spec in stage.round.rules.stages)
    return candidate is not None and candidate.trait == "not_recommended" and not earlier


def _look_up(ctx: Rehearsal, stage: RoundStage, known: Any) -> None:
    """The office looks up what nobody has answered."""
    missing = missing_checks(stage, getattr(stage.spec, "checks", []))
    if not missing:
        return
    rules, rows = stage.round.rules, assessing.pending(stage)
    have = dict(Application.objects.filter(entry__in=[row.entry_id for row in rows]).values_list("entry_id", "checks"))
    values = {
        row.entry_id: {
            key: common.register_says(rules.check(key), common.of(known, row))
            for key in missing
            if have[row.entry_id].get(key) is None
        }
        for row in rows
    }
    eligibility.check_many(
        actor=ctx.cast.office,
        stage=stage,
        values={e: v for e, v in values.items() if v},
        evidence="信用、市场监管、应急管理等系统查询（演练）",
    )
    ctx.say(f"{stage.name}: {len(missing)} registers looked up", stage.article)


def _settle_unknown(ctx: Rehearsal, stage: RoundStage, known: Any) -> None:
    """Staff settle what is left, point by point, each with a note."""
    open_points: dict[tuple[str, str], list[int]] = {}
    rows: dict[int, StageEntry] = {row.pk: row for row in assessing.pending(stage)}
    for row, key in (
        Assessment.objects.of_pending(stage).undecided().order_by("position", "pk").values_list("stage_entry", "key")
    ):
        found = common.finding(common.of(known, rows[row]), key, NOTE).finding
        open_points.setdefault((key, found), []).append(rows[row].entry_id)
    for (key, found), entries in open_points.items():
        note = NOTE if found == "met" else "现有材料不能证明符合该项要求"
        eligibility.find_many(
            actor=ctx.cast.office, stage=stage, key=key, entries=entries, finding=found, note=note, evidence="申报材料"
        )
    if open_points:
        ctx.say(f"{stage.name}: {sum(map(len, open_points.values()))} points settled by staff", stage.article)
