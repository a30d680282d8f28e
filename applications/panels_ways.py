"""What the screen of an entry shows of its way in: internal publicity, audits with their opinion, what was supplemented, more time granted."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from applications.models import InternalPublicity, Supplement
from applications.models.opinions import PreliminaryReview
from applications.rules import may_see
from rounds.panels import Look, provide


@provide("ways", _("Way in"), template="applications/panels/ways.html", order=45)
def ways(look: Look) -> dict[str, Any] | None:
    """Internal publicity, audit opinions, the supplement. Three queries."""
    if not may_see(look.user, look.entry):
        return None
    published = (
        InternalPublicity.objects.filter(application=look.entry.pk)
        .select_related("proof__jurisdiction", "by_parent")
        .first()
    )
    audits = PreliminaryReview.objects.filter(stage_entry__in=[row.pk for row in look.rows]).exclude(outcome="")
    supplement = (
        Supplement.objects.filter(application=look.entry.pk).select_related("asked_by", "filed_by", "after").first()
    )
    context = {
        "published": published,
        "audits": list(audits.select_related("body", "officer", "paper__jurisdiction")),
        "supplement": supplement,
    }
    return context if any(context.values()) else None
