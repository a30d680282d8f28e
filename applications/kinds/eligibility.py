"""Stage kind: the office examines every entry point by point and fixes the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from applications.domain import acceptance, letters, owning, renewal
from applications.kinds.afterwards import supplement_blockers, supplement_todos
from applications.kinds.office_shared import (
    consultation_blockers,
    consultation_todos,
    link,
    no_body,
    point_blockers,
    point_todos,
)
from rounds.kinds import Blocker, Proposal, StageKind, Todo, register
from rounds.readers import EVERYBODY, Reader

if TYPE_CHECKING:
    from accounts.models import User
    from rounds.models import Decision, RoundStage, StageEntry


@register
class Eligibility(StageKind):
    """A batch: what is computed or found of every point decides; what is unknown holds it up."""

    key = "eligibility"
    page = "eligibility"

    def may_start(self, stage: RoundStage) -> list[Blocker]:
        return no_body(stage, stage.spec.consult.bodies) if stage.spec.consult else []

    def on_enter(self, stage_entries: list[StageEntry]) -> None:
        if stage_entries:
            renewal.renew(stage_entries[0].stage, stage_entries)

    def acting(self, stage: RoundStage) -> frozenset[str]:
        return frozenset({"office", "applicant", *(["department"] if stage.spec.consult else [])})

    def todos(self, stage: RoundStage, reader: Reader = EVERYBODY) -> Iterable[Todo]:
        if reader.office:
            yield from point_todos(stage, self.page)
        yield from consultation_todos(stage, reader)
        yield from supplement_todos(stage, reader)

    def blockers(self, stage: RoundStage) -> list[Blocker]:
        return [*point_blockers(stage, self.page), *consultation_blockers(stage), *supplement_blockers(stage)]

    def proposals(self, stage: RoundStage) -> list[Proposal]:
        return acceptance.proposals(stage)

    def on_release(self, decision: Decision, actor: User) -> None:
        letters.tell_failed(decision)

    def on_close(self, stage: RoundStage, actor: User) -> None:
        if stage.spec.consult:
            owning.let_out(stage, "consult_entry")

    def url(self, stage: RoundStage) -> str:
        return link(self.page, stage)
