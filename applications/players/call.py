"""The call in a rehearsal: it goes out when the round opens; nothing is left to do."""

from __future__ import annotations

from rounds.models import RoundStage
from rounds.rehearsal import Rehearsal, plays


@plays
class CallPlayer:
    """Publicity hangs on ``applications.hooks``; its own player acts there."""

    kind = "call"

    def forbidden(self, ctx: Rehearsal, stage: RoundStage) -> None:
        return None

    def play(self, ctx: Rehearsal, stage: RoundStage) -> None:
        ctx.say("the call went out", stage.article)

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        return None
