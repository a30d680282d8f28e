"""How a rehearsal plays a publicity stage: the list is published, people object, the office looks into it, the window passes."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any, ClassVar

from django.core.files.base import ContentFile, File
from PIL import Image

from publicity import queries
from publicity.domain import examining, notices, receiving
from publicity.models import Notice, Objection
from rounds import engine
from rounds.models import RoundStage
from rounds.rehearsal import Rehearsal, plays

S, By = Objection.Status, Objection.By
DETAILS = {
    "name": "演练异议人", "phone": "0000-00000000", "address": "演练地址1号", "domicile": "演练地址2号", "unit": "演练单位",
}  # fmt: skip


@plays
class PublicityPlayer:
    """Objections come from the candidates' traits; each forbidden short cut is tried."""

    kind: ClassVar[str] = "publicity"

    def forbidden(self, ctx: Rehearsal, stage: RoundStage) -> None:
        ctx.refused(
            "publish the list without being the office",
            lambda: notices.publish(actor=ctx.cast.supervisor, stage=stage, media="报"),
        )
        if stage.spec.media:
            ctx.refused("publish without the other media", lambda: notices.publish(actor=ctx.cast.office, stage=stage))

    def play(self, ctx: Rehearsal, stage: RoundStage) -> None:
        if not queries.unpublished(stage):
            return
        notice = notices.publish(
            actor=ctx.cast.office, stage=stage, media=str(stage.spec.media.zh) if stage.spec.media else ""
        )
        ctx.say(f"published until {notice.last_day}", stage.article)
        self._too_early(ctx, stage)
        if stage.spec.objections:
            self._objections(ctx, stage, notice)
        assert notice.ends_at is not None
        ctx.move_to(notice.ends_at - dt.timedelta(hours=1))
        self._too_early(ctx, stage)
        ctx.move_to(notice.ends_at + dt.timedelta(hours=9))
        if stage.spec.objections:
            line = notice.entries[0]["entry"]
            ctx.refused("object after the window", lambda: _object(ctx, notice, line, By.PERSON))
            self._report(ctx, stage)

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        ctx.refused("publish the list twice", lambda: notices.publish(actor=ctx.cast.office, stage=stage, media="报"))

    @staticmethod
    def _too_early(ctx: Rehearsal, stage: RoundStage) -> None:
        ctx.refused("decide before the window's end", lambda: engine.prepare(actor=ctx.cast.office, stage=stage))

    def _objections(self, ctx: Rehearsal, stage: RoundStage, notice: Notice) -> None:
        """Those the traits ask for, one without a name, one that lacks a particular."""
        rules = stage.round.rules.objections
        ctx.pass_days(1)
        listed = [line["entry"] for line in notice.entries]
        self._incomplete(ctx, stage, notice, listed[0])
        if rules.anonymous == "refused":
            ctx.refused("object without a name", lambda: _object(ctx, notice, listed[-1], By.ANONYMOUS))
        else:
            _object(ctx, notice, listed[-1], By.ANONYMOUS)
        traits = {row.entry_id: ctx.candidate(row.entry).trait for row in stage.entries.select_related("entry").all()}
        for entry in listed:
            trait = traits.get(entry, "")
            if trait not in ("objection_founded", "objection_unfounded") or _tried(ctx, entry):
                continue
            by = By.UNIT if ctx.random.random() < 0.5 else By.PERSON
            self._look_into(ctx, stage, _object(ctx, notice, entry, by), stands=trait == "objection_founded")

    @staticmethod
    def _incomplete(ctx: Rehearsal, stage: RoundStage, notice: Notice, entry: int) -> None:
        """A particular left out is refused; on paper it is written down and keeps the objection from being accepted."""
        rules = stage.round.rules.objections
        if not rules.person_gives:
            return
        lacking = rules.person_gives[-1]
        ctx.refused(f"object without {lacking}", lambda: _object(ctx, notice, entry, By.PERSON, without=lacking))
        seen = [key for key in (*receiving.ON_PAPER, receiving.PROOF) if key != lacking]
        details = {key: value for key, value in DETAILS.items() if key != lacking}
        objection = receiving.record_paper(
            actor=ctx.cast.office,
            notice=notice,
            entry_id=entry,
            by=By.PERSON,
            text="演练：材料不全的异议",
            details=details,
            seen=seen,
        )
        ctx.refused("decide with an objection open", lambda: engine.prepare(actor=ctx.cast.office, stage=stage))
        ctx.refused(
            f"accept an objection without {lacking}",
            lambda: examining.examine(actor=ctx.cast.office, objection=objection, accept=True),
        )
        examining.examine(actor=ctx.cast.office, objection=objection, accept=False, reason="演练：未补正材料")

    @staticmethod
    def _look_into(ctx: Rehearsal, stage: RoundStage, objection: Objection, *, stands: bool) -> None:
        rules = stage.round.rules.objections
        ctx.refused(
            "conclude an objection before it was accepted",
            lambda: examining.conclude(actor=ctx.cast.office, objection=objection, stands=stands, findings="演练"),
        )
        examining.examine(actor=ctx.cast.office, objection=objection, accept=True)
        ctx.pass_days(1)
        findings = "演练：经调查核实，反映问题属实" if stands else "演练：经调查核实，反映问题不属实"
        examining.conclude(actor=ctx.cast.office, objection=objection, stands=stands, findings=findings)
        if rules.outcome_in_writing:
            examining.tell(actor=ctx.cast.office, objection=objection, how="演练：邮寄")
        ctx.say(f"objection {objection.number}: {'founded' if stands else 'unfounded'}", rules.article)

    @staticmethod
    def _report(ctx: Rehearsal, stage: RoundStage) -> None:
        organ, _article = queries.report_organ(stage)
        if organ and queries.unreported(stage).exists():
            ctx.refused(
                "go on without the investigation report", lambda: engine.prepare(actor=ctx.cast.office, stage=stage)
            )
            examining.report(actor=ctx.cast.office, stage=stage, text="演练：异议调查报告")


def _tried(ctx: Rehearsal, entry: int) -> bool:
    """An objection of a trait is raised once in a round, in the first publicity stage that shows its entry."""
    tried: set[int] = ctx.notes.setdefault("objected", set())
    if entry in tried:
        return True
    tried.add(entry)
    return False


def _object(ctx: Rehearsal, notice: Notice, entry: int, by: str, without: str = "") -> Objection:
    rules: Any = ctx.round.rules.objections
    wanted = {By.PERSON: rules.person_gives, By.UNIT: rules.unit_gives}.get(by, [])  # type: ignore[call-overload]
    details = {key: value for key, value in DETAILS.items() if key != without} if by != By.ANONYMOUS else {}
    files = {key: [_scan(key)] for key in wanted if key in receiving.ON_PAPER and key != without}
    if rules.needs_proof and by != By.ANONYMOUS:
        files[receiving.PROOF] = [_scan(receiving.PROOF)]
    return receiving.receive(
        actor=None, notice=notice, entry_id=entry, by=by, text="演练：反映的问题", details=details, files=files
    )


def _scan(name: str) -> File:
    """An invented scan."""
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(picture, "PNG")
    return ContentFile(picture.getvalue(), name=f"{name}.png")
