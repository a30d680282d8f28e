"""Playing the approval."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from accounts.models import User
from awards.domain.approving import approve, fix_list
from awards.queries.lineup import lineup
from awards.rules import speaks_for
from rounds import clock
from rounds.models import RoundStage
from rounds.rehearsal import Rehearsal, plays


@plays
class Approval:
    """The organ fixes the list, the government approves it a few days later."""

    kind: ClassVar[str] = "approval"

    def forbidden(self, ctx: Rehearsal, stage: RoundStage) -> None:
        """A list that nobody fixed, an office that approves its own list, a document without number or from tomorrow."""
        if not lineup(stage):
            return
        today, government = clock.today(ctx.round), approver(ctx, stage)
        say = f"{stage.key}: "
        if stage.spec.reviewed_by:
            ctx.refused(
                say + "approved before the list is fixed",
                lambda: approve(actor=government, stage=stage, number=_number(ctx), date=today),
            )
            ctx.refused(
                say + "the list fixed by a reviewer",
                lambda: fix_list(actor=ctx.cast.reviewers[0], stage=stage, on=today, document=_minutes(ctx)),
            )
            self._fix(ctx, stage)
        ctx.refused(
            say + "approved by the office",
            lambda: approve(actor=ctx.cast.office, stage=stage, number=_number(ctx), date=today),
        )
        ctx.refused(
            say + "approved without a document number",
            lambda: approve(actor=government, stage=stage, number="", date=today),
        )
        ahead = today + dt.timedelta(days=1)
        ctx.refused(
            say + "approved by a document of tomorrow",
            lambda: approve(actor=government, stage=stage, number=_number(ctx), date=ahead),
        )

    def play(self, ctx: Rehearsal, stage: RoundStage) -> None:
        """The government approves, three days after the list was fixed."""
        lines = lineup(stage)
        if not lines:
            return
        ctx.pass_days(3)
        number, day = _number(ctx), clock.today(ctx.round)
        record = approve(actor=approver(ctx, stage), stage=stage, number=number, date=day)
        ctx.say(f"{len(lines)} · {number}", stage.article)
        for vacancy in record.vacancies:
            ctx.say(f"{vacancy['places']} places stay vacant ({vacancy['quota']})", vacancy["article"])

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        """A name struck without a reason."""
        lines = lineup(stage)
        if lines:
            first = lines[0].entry_id
            ctx.refused(
                f"{stage.key}: a name struck without a reason",
                lambda: approve(
                    actor=approver(ctx, stage),
                    stage=stage,
                    number=_number(ctx),
                    date=clock.today(ctx.round),
                    struck={first: " "},
                ),
            )

    def _fix(self, ctx: Rehearsal, stage: RoundStage) -> None:
        organ = stage.spec.reviewed_by
        rule = speaks_for(ctx.round.rules, organ)
        crew = [*ctx.cast.electors, ctx.cast.office_head, ctx.cast.office]
        actor = next((person for person in crew if rule(person, ctx.round)), ctx.cast.office)
        fix_list(actor=actor, stage=stage, on=clock.today(ctx.round), document=_minutes(ctx))
        ctx.say(_minutes(ctx), stage.spec.review_article or stage.article)


def approver(ctx: Rehearsal, stage: RoundStage) -> User:
    """Who speaks for the approving organ."""
    rule = speaks_for(ctx.round.rules, stage.spec.by)
    crew = [ctx.cast.approver, ctx.cast.office_head, ctx.cast.supervisor, *ctx.cast.electors]
    return next((person for person in crew if rule(person, ctx.round)), ctx.cast.approver)


def _number(ctx: Rehearsal) -> str:
    return f"演练政发〔{clock.today(ctx.round).year}〕1号"


def _minutes(ctx: Rehearsal) -> str:
    return f"演练会议纪要〔{ctx.round.year}〕1号"
