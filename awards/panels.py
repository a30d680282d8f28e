"""Honours and cases of the organisation on the screen of an entry."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.models import Bar, Honour, SanctionCase
from awards.rules import sees_awards
from rounds.panels import Look, provide


@provide("honours", _("Honours, cases and bars"), template="awards/panels/honours.html", order=70)
def honours(look: Look) -> dict[str, Any] | None:
    """What this organisation holds here, in the same world (binding, or this rehearsal). Three queries."""
    if not sees_awards(look.user, look.entry):
        return None
    round_ = look.entry.round
    same = {
        "jurisdiction": round_.jurisdiction,
        "organisation": look.entry.organisation_id,
        "world": round_.pk if round_.is_rehearsal else None,
    }
    context = {
        "honours": list(Honour.objects.filter(**same).order_by("-year", "-id")[:20]),
        "cases": list(SanctionCase.objects.filter(**same).select_related("organisation").order_by("-id")[:20]),
        "bars": list(Bar.objects.filter(**same).order_by("-id")[:20]),
    }
    return context if any(context.values()) else None
