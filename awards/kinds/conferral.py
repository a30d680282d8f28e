"""``conferral``: honours are entered in the register, with their rewards, papers and letters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from awards.domain import conferring
from awards.queries.approvals import approval_before
from awards.queries.rewards import Granted, granted
from rounds.kinds import Blocker, Proposal, StageKind, Todo, register
from rounds.models import Decision, RoundStage
from rounds.readers import EVERYBODY, Reader


@register
class Conferral(StageKind):
    """Each entry that was approved becomes an honour when the decision is released."""

    key: ClassVar[str] = "conferral"

    def url(self, stage: RoundStage) -> str:
        return reverse("awards:conferral", args=[stage.round.jurisdiction.code, stage.pk])

    def todos(self, stage: RoundStage, reader: Reader = EVERYBODY) -> Iterable[Todo]:
        if not reader.office:
            return
        waiting = [grant for grant in granted(stage) if grant.line.row.status == "pending"]
        if waiting:
            text = _("Inspect the rewards and prepare the decision to confer")
            yield Todo("confer", stage.article, text, self.url(stage), len(waiting), role="office")

    def blockers(self, stage: RoundStage) -> list[Blocker]:
        grants = [grant for grant in granted(stage) if grant.line.row.status == "pending"]
        if not grants:
            return []
        found = [self._undecided(stage, grant) for grant in grants if grant.unknown]
        approval = approval_before(stage)
        if approval is not None and approval.decided_at is None:
            found.append(
                Blocker(
                    "not_approved",
                    stage.article,
                    _("There is no approval with document number and date"),
                    self.url(stage),
                )
            )
        return found

    def proposals(self, stage: RoundStage) -> list[Proposal]:
        return [
            Proposal(
                grant.line.row,
                "advanced",
                grant.article or stage.article,
                facts=grant.facts(),
                prize=grant.line.prize,
                tier=grant.line.tier,
            )
            for grant in granted(stage)
            if grant.line.row.status == "pending"
        ]

    def on_release(self, decision: Decision, actor: User) -> None:
        conferring.confer(actor=actor, stage=decision.stage)

    def _undecided(self, stage: RoundStage, grant: Granted) -> Blocker:
        name = grant.line.row.entry.organisation.name
        text = _("Which reward {organisation} gets depends on facts that nobody has established ({facts})")
        return Blocker(
            "reward_undecided",
            stage.article,
            text.format(organisation=name, facts=", ".join(grant.unknown)),
            self.url(stage),
        )
