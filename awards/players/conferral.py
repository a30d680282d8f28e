"""Playing the conferral: the decision is prepared and released by the driver; here the doors are tried."""

from __future__ import annotations

from typing import ClassVar

from awards.domain.approving import approve
from awards.domain.punishing import open_case
from awards.models import Honour
from awards.players.approval import approver
from awards.queries.rewards import granted
from rounds import clock
from rounds.models import RoundStage
from rounds.rehearsal import Rehearsal, plays


@plays
class Conferral:
    """Nothing is asked of people but the decision itself."""

    kind: ClassVar[str] = "conferral"

    def forbidden(self, ctx: Rehearsal, stage: RoundStage) -> None:
        """Approving again once it was carried out; a case against an earlier award on a ground that the regulation does not know."""
        before = (
            RoundStage.objects.filter(round=ctx.round, kind="approval")
            .select_related("round__jurisdiction", "round__policy")
            .last()
        )
        if before is not None:
            ctx.refused(
                f"{before.key}: approved again after it closed",
                lambda: approve(actor=approver(ctx, before), stage=before, number="1", date=clock.today(ctx.round)),
            )
        earlier = Honour.objects.filter(world=ctx.round).select_related("jurisdiction", "organisation").first()
        if earlier is not None:
            ctx.refused(
                f"{stage.key}: a case on a ground that is none",
                lambda: open_case(actor=ctx.cast.office, honour=earlier, sanction="no_such_measure", findings="—"),
            )

    def play(self, ctx: Rehearsal, stage: RoundStage) -> None:
        """Say what each gets."""
        for grant in granted(stage):
            bonus = f" · {grant.amount:,.0f}" if grant.amount else ""
            ctx.say(
                f"{grant.line.row.entry.organisation.name}: {ctx.round.rules.prize(grant.line.prize).name}{bonus}",
                grant.article,
            )

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        """Nothing more."""
