"""The call for applications goes out."""

from __future__ import annotations

from accounts.models import User
from applications import hooks
from rounds.kinds import Blocker, StageKind, register
from rounds.models import RoundStage


@register
class Call(StageKind):
    """No entries pass through it. Whoever publishes is told through ``applications.hooks``."""

    key = "call"
    without_entries = True

    def on_open(self, stage: RoundStage, actor: User) -> None:
        for hook in hooks.call:
            hook(stage, actor)

    def blockers(self, stage: RoundStage) -> list[Blocker]:
        return [blocker for hook in hooks.call_checks for blocker in hook(stage)]
