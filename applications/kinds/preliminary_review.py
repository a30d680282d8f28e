"""Stage kind: a department or county office audits its own and sends them on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from applications.domain import owning, renewal
from applications.kinds.afterwards import supplement_blockers, supplement_todos
from applications.kinds.office_shared import body_blockers, body_todos, link, no_body
from rounds.kinds import Blocker, StageKind, Todo, register
from rounds.readers import EVERYBODY, Reader

if TYPE_CHECKING:
    from accounts.models import User
    from rounds.models import RoundStage, StageEntry


@register
class PreliminaryReview(StageKind):
    """One by one: points, registers, consultation, its own window, then the opinion."""

    key = "preliminary_review"
    one_by_one = True
    acts = frozenset({"applicant", "recommender"})

    def may_start(self, stage: RoundStage) -> list[Blocker]:
        return no_body(stage, stage.spec.by)

    def on_enter(self, stage_entries: list[StageEntry]) -> None:
        owning.take_charge(stage_entries)
        if stage_entries:
            renewal.renew(stage_entries[0].stage, stage_entries)

    def todos(self, stage: RoundStage, reader: Reader = EVERYBODY) -> Iterable[Todo]:
        yield from body_todos(stage, _("Examine applications: {stage}").format(stage=stage.name), reader)
        yield from supplement_todos(stage, reader)

    def blockers(self, stage: RoundStage) -> list[Blocker]:
        return [*body_blockers(stage), *supplement_blockers(stage)]

    def on_close(self, stage: RoundStage, actor: User) -> None:
        owning.let_out(stage, "recommend_entry")

    def url(self, stage: RoundStage) -> str:
        return link("own_overview", stage)
