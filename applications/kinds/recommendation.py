"""Stage kind: bodies recommend or decline their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from applications import office_registering
from applications.kinds.bodies import BodyStage
from rounds.kinds import register

if TYPE_CHECKING:
    from rounds.models import RoundStage

office_registering.register()


@register
class Recommendation(BodyStage):
    """One by one: bodies recommend or decline."""

    key = "recommendation"
    asked = _("Recommend or decline: {stage}")

    def renews(self, stage: RoundStage) -> bool:
        return bool(stage.spec.first_review)
