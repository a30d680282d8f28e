"""Stage kind: a department or county office audits its own and sends them on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from applications.kinds.bodies import BodyStage
from rounds.kinds import register


@register
class PreliminaryReview(BodyStage):
    """One by one: points, registers, consultation, its own window, then the opinion."""

    key = "preliminary_review"
    asked = _("Examine applications: {stage}")
