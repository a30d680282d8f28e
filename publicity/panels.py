"""Objections on the screen of an entry."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from publicity.models import Objection
from publicity.queries import for_reader
from rounds.panels import Look, provide
from rounds.rules import is_office, is_supervisor


@provide("objections", _("Objections"), template="publicity/panels/objections.html", order=60)
def objections(look: Look) -> dict[str, Any] | None:
    """What was objected to, and what came of it; never by whom. One query."""
    if not (is_office(look.user, look.entry) or is_supervisor(look.user, look.entry)):
        return None
    rows = for_reader(Objection.objects.filter(entry=look.entry), look.user).order_by("-id")
    found = list(rows[:50])
    return {"objections": found} if found else None
