"""Internal publicity in a rehearsal: long enough, and too short."""

from __future__ import annotations

import datetime as dt

from applications.domain import filing
from applications.domain.publicity import ParentOpinion, needs_parent, record_internal_publicity
from applications.facts import rules_of
from applications.kinds.internal_publicity import last_moment
from applications.models import Application
from applications.players import applicants
from core.clock import start_of_day
from jurisdictions.calendar import Window, calendar_of, window
from jurisdictions.policy.stages import InternalPublicity as Spec
from rounds import clock
from rounds.models import RoundStage, StageEntry
from rounds.rehearsal import Candidate, Rehearsal, plays


@plays
class InternalPublicityPlayer:
    """Where filing opens together with it, the applications are filed as well: its time ends with the filing."""

    kind = "internal_publicity"

    def forbidden(self, ctx: Rehearsal, stage: RoundStage) -> None:
        if not ctx.candidates or ctx.notes.get(applicants.NOTE):
            return
        applicants.try_starting(ctx)
        today = clock.today(ctx.round)
        ctx.refused("internal publicity too short", lambda: self._briefly(ctx, ctx.candidates[0], today))
        if _intake_beside(stage):
            ctx.refused("filed before internal publicity", lambda: self._file_at_once(ctx, ctx.candidates[0]))
        if branch := next((c for c in ctx.candidates if c.organisation.legal_status in stage.spec.parent_for), None):
            ctx.refused("a branch without its parent's opinion", lambda: self._briefly(ctx, branch, today))

    def play(self, ctx: Rehearsal, stage: RoundStage) -> None:
        applicants.write_all(ctx)
        spec: Spec = stage.spec
        published = clock.today(ctx.round)
        shown = window(
            calendar_of(ctx.round.jurisdiction),
            after=published,
            length=spec.window.length.value,
            unit=spec.window.unit,
            article=spec.article,
        )
        ctx.move_to(start_of_day(shown.last_day + dt.timedelta(days=1)) + dt.timedelta(hours=9))
        waiting = set(StageEntry.objects.filter(stage=stage).pending().values_list("entry_id", flat=True))
        for candidate in ctx.candidates:
            if candidate.entry is not None and candidate.entry.pk in waiting:
                publish(candidate, spec, shown)
        ctx.say(
            f"{len(waiting)} applications published internally for {spec.window.length.value} {spec.window.unit} days",
            spec.article,
        )
        if _intake_beside(stage):
            waits = next(applicants.filed_in_time(ctx), None)
            if waits is not None:
                applicants.try_filing(ctx, waits)
            applicants.file_all(ctx)
        if until := last_moment(stage):
            ctx.move_to(until + dt.timedelta(hours=9))

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        if _intake_beside(stage):
            applicants.try_late(ctx)

    def _briefly(self, ctx: Rehearsal, candidate: Candidate, day: dt.date) -> None:
        application = applicants.write(ctx, candidate)
        spec = _spec(ctx)
        opinion = _opinion(application, spec) if candidate is ctx.candidates[0] else None
        record_internal_publicity(
            actor=candidate.owner,
            application=application,
            first_day=day,
            last_day=day,
            place="公告栏",
            proof=applicants.pdf("公示照片.pdf"),
            opinion=opinion,
        )

    def _file_at_once(self, ctx: Rehearsal, candidate: Candidate) -> None:
        filing.file(actor=candidate.owner, application=applicants.write(ctx, candidate), papers=False)


def publish(candidate: Candidate, spec: Spec, shown: Window) -> None:
    """One applicant records what it published."""
    application = applicants.application_of(candidate)
    record_internal_publicity(
        actor=candidate.owner, application=application, first_day=shown.after, last_day=shown.last_day, place="本组织公告栏和内部网站（演练）",
        proof=applicants.pdf("内部公示照片.pdf"), opinion=_opinion(application, spec),
    )  # fmt: skip


def _opinion(application: Application, spec: Spec) -> ParentOpinion | None:
    if not needs_parent(application, spec):
        return None
    return ParentOpinion(
        text="经审查符合条件，公示无异议，同意推荐申报。（演练）", signed_by="演练人员（上级单位）", checked=True
    )


def _spec(ctx: Rehearsal) -> Spec:
    return next(stage for stage in rules_of(ctx.round).stages if isinstance(stage, Spec))


def _intake_beside(stage: RoundStage) -> bool:
    """Whether filing is open together with this stage."""
    return RoundStage.objects.filter(
        round=stage.round_id, kind="intake", position__gt=stage.position, status=RoundStage.Status.OPEN
    ).exists()
