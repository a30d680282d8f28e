"""The approval on which honours rest."""

from __future__ import annotations

from awards.models import Approval
from rounds.models import RoundStage


def approval_before(stage: RoundStage) -> Approval | None:
    """The approval of the nearest approval stage before ``stage``; None where the round has none."""
    found: Approval | None = (
        Approval.objects.filter(stage__round=stage.round, stage__position__lt=stage.position)
        .order_by("-stage__position")
        .first()
    )
    return found
