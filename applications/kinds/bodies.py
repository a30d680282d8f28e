"""What the stages have in common in which bodies settle their own entries one by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from django.utils.functional import Promise

from applications.domain import owning, renewal
from applications.kinds.afterwards import supplement_blockers, supplement_todos
from applications.kinds.office_shared import body_blockers, body_todos, link, no_body
from rounds.kinds import Blocker, StageKind, Todo
from rounds.readers import EVERYBODY, Reader

if TYPE_CHECKING:
    from accounts.models import User
    from rounds.models import RoundStage, StageEntry


class BodyStage(StageKind):
    """Each body settles its own. What is undecided holds the stage up; after the deadline the office sees who is late."""

    one_by_one = True
    acts = frozenset({"applicant", "recommender"})
    #: What a body is asked to do, with a hole for the stage's name.
    asked: ClassVar[str | Promise]

    def renews(self, stage: RoundStage) -> bool:
        """Whether their points are weighed as soon as they come in."""
        return True

    def may_start(self, stage: RoundStage) -> list[Blocker]:
        return no_body(stage, stage.spec.by)

    def on_enter(self, stage_entries: list[StageEntry]) -> None:
        owning.take_charge(stage_entries)
        if stage_entries and self.renews(stage_entries[0].stage):
            renewal.renew(stage_entries[0].stage, stage_entries)

    def todos(self, stage: RoundStage, reader: Reader = EVERYBODY) -> Iterable[Todo]:
        yield from body_todos(stage, str(self.asked).format(stage=stage.name), reader)
        yield from supplement_todos(stage, reader)

    def blockers(self, stage: RoundStage) -> list[Blocker]:
        return [*body_blockers(stage), *supplement_blockers(stage)]

    def on_close(self, stage: RoundStage, actor: User) -> None:
        owning.let_out(stage, "recommend_entry")

    def url(self, stage: RoundStage) -> str:
        return link("own_overview", stage)
